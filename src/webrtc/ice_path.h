// SPDX-License-Identifier: Apache-2.0
// The pair of candidates that ICE has chosen, as its agent tells each time that it chooses another. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "glib/signal_connection.h"
#include "gst/ref_traits.h"
#include "telemetry/figures.h"

namespace fanlight::webrtc {

class IcePath {
 public:
  /// From before `webrtcbin` looks for candidates.
  explicit IcePath(GstElement* webrtcbin);

  /// None: there is none yet.
  std::optional<telemetry::Path> chosen() const;

 private:
  /// What the handler owns: it may run on while this is destroyed.
  struct Chosen {
    std::mutex mutex;
    std::optional<telemetry::Path> path;
  };

  const std::shared_ptr<Chosen> chosen_ = std::make_shared<Chosen>();
  glib::SignalConnection connection_;
};

}  // namespace fanlight::webrtc
