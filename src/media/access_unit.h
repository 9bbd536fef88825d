// SPDX-License-Identifier: Apache-2.0
// One encoded picture, or packet of sound, shared by reference. Any thread.
#pragma once

#include "gst/ref_traits.h"

namespace fanlight::media {

/// The buffer holds plain heap memory (copied once out of the encoder's pool), its PTS is running time on the process's
/// one base, its DTS is none. Opus is in packets, each of them a key frame. H.264 is in avc format, one access unit a
/// buffer, the parameter sets in `caps`.
struct AccessUnit {
  gst::Ref<GstBuffer> buffer;
  gst::Ref<GstCaps> caps;
  bool isKeyFrame = false;  ///< an IDR: decoding may start here

  AccessUnit clone() const { return {buffer.clone(), caps.clone(), isKeyFrame}; }
};

/// What an encoder gave, copied once into plain memory, so that slow viewers hold no buffer of its pool; `isKeyFrame`
/// is the caller's to say.
AccessUnit copyOf(GstSample* sample);

/// Whether a picture in avc format, with lengths of four bytes, is an IDR (NAL unit type 5; ITU-T H.264, table 7-1).
/// What GStreamer calls a key frame may be any picture of intra slices, behind which others still lean on older ones.
bool isIdr(GstBuffer* picture);

}  // namespace fanlight::media
