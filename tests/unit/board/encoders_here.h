// SPDX-License-Identifier: Apache-2.0
// The encoders that tests can run: all in software, and the hardware's that this machine has. What it lacks is counted
// once, as skipped, in encoders_test.cpp.
#pragma once

#include <algorithm>
#include <vector>

#include "board/encoders.h"
#include "gst/element.h"

namespace fanlight::test {

inline std::vector<board::EncoderKind> encodersHere() {
  std::vector<board::EncoderKind> here;
  std::ranges::copy_if(board::knownEncoders(), std::back_inserter(here),
                       [](const board::EncoderKind& kind) { return kind.isSoftware || gst::hasElement(kind.factory); });
  return here;
}

}  // namespace fanlight::test
