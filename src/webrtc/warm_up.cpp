// SPDX-License-Identifier: Apache-2.0
// One of each element is made and dropped.
#include "webrtc/warm_up.h"

#include <array>

#include "gst/element.h"

namespace fanlight::webrtc {

void warmUp() {
  constexpr std::array kElements{"dtlsdec", "webrtcbin", "rtph264pay", "rtprtxsend", "srtpenc", "nicesink", "appsrc"};
  for (const char* factory : kElements)
    if (const auto element = gst::makeElement(factory)) {
      gst_element_set_state(element->get(), GST_STATE_READY);
      gst_element_set_state(element->get(), GST_STATE_NULL);
    }
}

}  // namespace fanlight::webrtc
