// SPDX-License-Identifier: Apache-2.0
// What a viewer is told of where we can be reached. Any thread.
#pragma once

#include <string>
#include <vector>

namespace fanlight::webrtc {

struct CandidateTelling {
  /// Addresses that somebody forwards to ours, port by port: a router that its owner has set up.
  std::vector<std::string> advertised;
  /// Addresses of the network that we are in are nobody's business who is not in it, whatever tells of them.
  bool hidesLocal = false;

  /// What goes to the viewer in place of one of our own candidates: it, nothing, or more. The end of candidates, which
  /// is empty, stays.
  std::vector<std::string> tell(const std::string& candidate) const;
};

}  // namespace fanlight::webrtc
