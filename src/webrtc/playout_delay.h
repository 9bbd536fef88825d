// SPDX-License-Identifier: Apache-2.0
// The playout-delay RTP header extension with 0/0: the browser shows each picture as soon as it is decoded, which saves
// it about 16 ms of waiting. Source: http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
#pragma once

#include <gst/rtp/gstrtphdrext.h>

#include "gst/ref_traits.h"

namespace fanlight::glib {
template <>
struct RefTraits<GstRTPHeaderExtension> : GstObjectRefTraits<GstRTPHeaderExtension> {};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

/// For a payloader's add-extension signal, with the id that the offer gave it.
gst::Ref<GstRTPHeaderExtension> createPlayoutDelay(unsigned id);

}  // namespace fanlight::webrtc
