// SPDX-License-Identifier: Apache-2.0
// What the first viewer would have to wait for, done before there is one. Blocks up to half a second: a worker only.
#pragma once

namespace fanlight::webrtc {

/// Loads the plugins that a peer connection needs, and lets GStreamer 1.22 make the RSA key that it makes with its
/// first DTLS element although ours is used instead. What fails here fails again, with its reason, for the first
/// viewer.
void warmUp();

}  // namespace fanlight::webrtc
