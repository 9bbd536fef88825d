// SPDX-License-Identifier: Apache-2.0
// The table of encoders, and the ways of driving one that several of them share.
#include "board/encoders.h"

#include <array>

#include <gst/video/video.h>

#include "gst/element.h"

namespace fanlight::board {
namespace {

template <std::int64_t bitsPerUnit>
void setBitrateProperty(GstElement* encoder, base::Bitrate bitrate) {
  gst::setInteger(encoder, "bitrate", bitrate.bitsPerSecond / bitsPerUnit);
}

// To the pad, not to the element: that would wait for the state lock. Without "all headers": h264parse puts them in
// front of each IDR anyway, and would take what is asked here from another thread than the one that it works on.
void sendForceKeyUnit(GstElement* encoder) {
  gst_pad_send_event(gst::staticPad(encoder, "src").get(),
                     gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, FALSE, 0));
}

constexpr std::array kEncoders = {
    // x264 before OpenH264: the better picture for its bits, at half the CPU.
    EncoderKind{.name = "x264enc",
                .factory = "x264enc",
                .input = "video/x-raw,format=I420",
                .setBitrate = setBitrateProperty<1000>,
                .askForKeyFrame = sendForceKeyUnit,
                .isSoftware = true},
    EncoderKind{.name = "openh264enc",
                .factory = "openh264enc",
                .input = "video/x-raw,format=I420",
                .setBitrate = setBitrateProperty<1>,
                .askForKeyFrame = sendForceKeyUnit,
                .isSoftware = true},
};

}  // namespace

std::span<const EncoderKind> knownEncoders() {
  return kEncoders;
}

}  // namespace fanlight::board
