// SPDX-License-Identifier: Apache-2.0
// The table of encoders, and the ways of driving one that several of them share.
#include "board/encoders.h"

#include <algorithm>
#include <array>
#include <mutex>

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

constexpr const char* kForceKeyFrame = "force_key_frame";

// A V4L2 encoder's controls are one property, which since 1.22 takes effect at once where the device is open, and again
// where it is opened anew (gstv4l2object.c): so it is always the whole list. The driver is not told what it knows. The
// element has no lock for it, and viewers ask for key frames while the worker sets bitrates.
void setControl(GstElement* encoder, const char* name, std::int64_t value) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  GstStructure* list = nullptr;
  g_object_get(encoder, "extra-controls", &list, nullptr);
  const glib::Owned<GstStructure> controls(list);
  if (!controls)
    return;
  // Pressed before, it would be pressed again.
  gst_structure_remove_field(controls.get(), kForceKeyFrame);
  gst_structure_set(controls.get(), name, G_TYPE_INT, static_cast<int>(value), nullptr);
  g_object_set(encoder, "extra-controls", controls.get(), nullptr);
}

void setBitrateControl(GstElement* encoder, base::Bitrate bitrate) {
  setControl(encoder, "video_bitrate", bitrate.bitsPerSecond);
}

// Not by an event: 1.22's element does not heed it.
void pressForceKeyFrame(GstElement* encoder) {
  setControl(encoder, kForceKeyFrame, 1);
}

// `goesByTime` was measured of x264 and OpenH264; of the others it is what their interfaces ask for, a frame rate to
// begin with (VIDIOC_S_PARM, VAEncMiscParameterFrameRate).
constexpr std::array kEncoders = {
    EncoderKind{.name = "v4l2h264enc",
                .factory = "v4l2h264enc",
                .input = "video/x-raw,format=(string){NV12,I420}",
                .setBitrate = setBitrateControl,
                .askForKeyFrame = pressForceKeyFrame,
                .isSoftware = false,
                .goesByTime = false},
    // 1.22 takes a new bitrate only where it is started anew; 1.26 at once.
    EncoderKind{.name = "vah264enc",
                .factory = "vah264enc",
                .input = "video/x-raw,format=NV12",
                .setBitrate = setBitrateProperty<1000>,
                .askForKeyFrame = sendForceKeyUnit,
                .isSoftware = false,
                .goesByTime = false},
    // x264 before OpenH264: the better picture for its bits, at half the CPU.
    EncoderKind{.name = "x264enc",
                .factory = "x264enc",
                .input = "video/x-raw,format=I420",
                .setBitrate = setBitrateProperty<1000>,
                .askForKeyFrame = sendForceKeyUnit,
                .isSoftware = true,
                .goesByTime = false},
    EncoderKind{.name = "openh264enc",
                .factory = "openh264enc",
                .input = "video/x-raw,format=I420",
                .setBitrate = setBitrateProperty<1>,
                .askForKeyFrame = sendForceKeyUnit,
                .isSoftware = true,
                .goesByTime = true},
};

}  // namespace

std::span<const EncoderKind> knownEncoders() {
  return kEncoders;
}

const EncoderKind* findEncoder(std::string_view name) {
  const auto* kind = std::ranges::find(kEncoders, name, &EncoderKind::name);
  return kind == kEncoders.end() ? nullptr : kind;
}

base::Bitrate EncoderLimits::within(base::Bitrate bitrate) const {
  const std::int64_t bits = std::min(bitrate.bitsPerSecond, highestBitrate.bitsPerSecond);
  return {std::max(bitrateStep.bitsPerSecond, bits - bits % bitrateStep.bitsPerSecond)};
}

std::vector<Encoder> allEncoders() {
  std::vector<Encoder> encoders;
  encoders.reserve(kEncoders.size());
  for (const EncoderKind& kind : kEncoders)
    encoders.push_back({.kind = &kind});
  return encoders;
}

}  // namespace fanlight::board
