// SPDX-License-Identifier: Apache-2.0
// One encoded picture, shared by reference. Any thread.
#pragma once

#include "gst/ref_traits.h"

namespace fanlight::media {

/// The buffer holds plain heap memory (copied once out of the encoder's pool), its PTS is running time on the process's
/// one base, its DTS is none. H.264 is in avc format, one access unit a buffer, the parameter sets in `caps`.
struct AccessUnit {
  gst::Ref<GstBuffer> buffer;
  gst::Ref<GstCaps> caps;
  bool isKeyFrame = false;  ///< an IDR: decoding may start here

  AccessUnit clone() const { return {buffer.clone(), caps.clone(), isKeyFrame}; }
};

}  // namespace fanlight::media
