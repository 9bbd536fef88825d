// SPDX-License-Identifier: Apache-2.0
// A probe is a whole pipeline that must bring two frames out of the encoder: an element that exists may still lack its
// hardware, its memory or the right to open its device.
#include "board/encoder_probe.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/log.h"
#include "board/h264_level.h"
#include "gst/await_end.h"
#include "gst/element.h"
#include "gst/fragment.h"

namespace fanlight::board {
namespace {

constexpr int kProbeFrames = 2;
constexpr GstClockTime kProbeTimeout = 5 * GST_SECOND;

std::int64_t encoderThreads() {
  return std::clamp(static_cast<std::int64_t>(std::thread::hardware_concurrency()), std::int64_t{1}, std::int64_t{4});
}

// A software encoder is held to its level's bitrate by OpenH264, though a small picture's may be set higher later; none
// of them is short of memory for the higher level.
constexpr base::Bitrate kRoomToRise{10'000'000};

base::Result<> checkSize(const EncoderLimits& limits, base::Resolution size) {
  if (!limits.largest || (size.width <= limits.largest->width && size.height <= limits.largest->height))
    return {};
  return base::fail(base::ErrorCode::Unsupported,
                    fmt::format("{}x{} is more than the {}x{} that it takes on this board", size.width, size.height,
                                limits.largest->width, limits.largest->height));
}

base::Result<std::string> statedLevel(const Encoder& encoder, const EncodeTask& task) {
  if (const auto fits = checkSize(encoder.limits, task.resolution); !fits)
    return tl::unexpected(fits.error());
  const base::Bitrate bitrate = encoder.limits.within(task.bitrate);
  const base::Bitrate most = encoder.kind->isSoftware ? std::max(bitrate, kRoomToRise) : bitrate;
  if (auto level = h264Level(task.resolution, task.frameRate, most))
    return encoder.limits.lowestLevel.empty() ? *level : higherLevel(*level, encoder.limits.lowestLevel);
  return base::fail(base::ErrorCode::Unsupported,
                    fmt::format("{}x{} at {:.0f} frames/s is beyond H.264's levels", task.resolution.width,
                                task.resolution.height, task.frameRate.perSecond()));
}

base::Result<> encodeFrames(const std::string& description) {
  const auto parsed = gst::parsePipeline(description);
  if (!parsed)
    return tl::unexpected(parsed.error());
  GstElement* pipeline = parsed->get();
  int frames = 0;
  const auto sink = gst::findElement(pipeline, "out");
  const gst::PadProbe counter(gst::staticPad(sink.get(), "sink"), GST_PAD_PROBE_TYPE_BUFFER,
                              [&frames](GstPad*, GstPadProbeInfo*) {
                                ++frames;
                                return GST_PAD_PROBE_OK;
                              });
  const auto started = gst_element_set_state(pipeline, GST_STATE_PLAYING);
  const auto ended = gst::awaitEnd(pipeline, started, kProbeTimeout);
  // Joins the streaming threads, so that `frames` is ours to read.
  gst_element_set_state(pipeline, GST_STATE_NULL);
  if (ended && frames < kProbeFrames)
    return base::fail(base::ErrorCode::Unsupported, fmt::format("{} of {} frames came out", frames, kProbeFrames));
  return ended;
}

}  // namespace

base::Result<std::string> renderEncoder(const Encoder& encoder, const EncodeTask& task) {
  const auto level = statedLevel(encoder, task);
  if (!level)
    return tl::unexpected(level.error());
  const base::Bitrate bitrate = encoder.limits.within(task.bitrate);
  const auto fragment = gst::renderFragment("encode", encoder.kind->name,
                                            {{"bits", bitrate.bitsPerSecond},
                                             {"kilobits", bitrate.bitsPerSecond / 1000},
                                             {"keyframes", std::int64_t{task.keyFrameInterval}},
                                             {"level", *level},
                                             {"threads", encoderThreads()}});
  return fragment.map([&encoder](const std::string& text) {
    // Passes pictures through that the encoder takes as they are.
    return fmt::format("videoconvert n-threads=2 ! {} ! {}", encoder.kind->input, text);
  });
}

base::Result<const Encoder*> EncoderProbe::choose(std::string_view name, const EncodeTask& task) {
  std::string reasons;
  for (const Encoder& encoder : encoders_) {
    if (name == "auto" ? !encoder.isForAuto : name != encoder.kind->name)
      continue;
    const auto works = judge(encoder, task);
    if (works)
      return &encoder;
    reasons += fmt::format("; '{}': {}", encoder.kind->name, works.error().message);
  }
  // Who asked will ask again, and should not be told the same for good: a device may have been busy.
  forgetFailures(name, task);
  return base::fail(base::ErrorCode::Unsupported, fmt::format("no encoder for '{}' works here{}", name, reasons));
}

base::Result<> EncoderProbe::judge(const Encoder& encoder, const EncodeTask& task) {
  return keyOf(encoder, task).and_then([this, &encoder, &task](const Key& key) { return outcome(encoder, task, key); });
}

base::Result<EncoderProbe::Key> EncoderProbe::keyOf(const Encoder& encoder, const EncodeTask& task) {
  return statedLevel(encoder, task).map([&encoder, &task](const std::string& level) {
    return Key{encoder.kind->name, task.resolution, task.frameRate, level};
  });
}

base::Result<> EncoderProbe::outcome(const Encoder& encoder, const EncodeTask& task, const Key& key) {
  std::promise<base::Result<>> ours;
  Outcome outcome;
  bool isFirst = false;
  {
    const std::lock_guard lock(mutex_);
    const auto [known, isNew] = outcomes_.try_emplace(key);
    if (isNew)
      known->second = ours.get_future().share();
    outcome = known->second;
    isFirst = isNew;
  }
  if (isFirst)
    ours.set_value(probe(encoder, task));
  return outcome.get();
}

void EncoderProbe::forgetFailures(std::string_view name, const EncodeTask& task) {
  const std::lock_guard lock(mutex_);
  std::erase_if(outcomes_, [name, &task](const auto& entry) {
    const auto& [key, outcome] = entry;
    const bool isOfTask = key.resolution == task.resolution && key.frameRate == task.frameRate;
    if (!isOfTask || (name != "auto" && name != key.encoder))
      return false;
    // Another thread may be probing anew.
    const bool isOver = outcome.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    return isOver && !outcome.get();
  });
}

base::Result<> EncoderProbe::probe(const Encoder& encoder, const EncodeTask& task) {
  if (!gst::hasElement(encoder.kind->factory))
    // GStreamer makes hardware's elements where it can open the device, and else knows none of that name.
    return base::fail(base::ErrorCode::Unsupported, encoder.kind->isSoftware
                                                        ? "its plugin is not installed"
                                                        : "there is no such device here, or no right to open it");
  const auto text = renderEncoder(encoder, task);
  if (!text)
    return tl::unexpected(text.error());
  const auto result = encodeFrames(fmt::format(
      "videotestsrc num-buffers={} ! video/x-raw,width={},height={},framerate={}/{} ! {} ! fakesink name=out",
      kProbeFrames, task.resolution.width, task.resolution.height, task.frameRate.numerator, task.frameRate.denominator,
      *text));
  base::logDebug("board", "encoder '{}': {}", encoder.kind->name, result ? "works" : result.error().message);
  return result;
}

}  // namespace fanlight::board
