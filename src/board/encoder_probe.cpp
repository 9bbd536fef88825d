// SPDX-License-Identifier: Apache-2.0
// A probe is a whole pipeline that must bring two frames out of the encoder: an element that exists may still lack its
// hardware, its memory or the right to open its device.
#include "board/encoder_probe.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/log.h"
#include "board/h264_level.h"
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

base::Result<std::string> statedLevel(const EncoderKind& kind, const EncodeTask& task) {
  const base::Bitrate most = kind.isSoftware ? std::max(task.bitrate, kRoomToRise) : task.bitrate;
  if (auto level = h264Level(task.resolution, task.frameRate, most))
    return *level;
  return base::fail(base::ErrorCode::Unsupported,
                    fmt::format("{}x{} at {:.0f} frames/s is beyond H.264's levels", task.resolution.width,
                                task.resolution.height, task.frameRate.perSecond()));
}

// Waits for the end of the stream on the pipeline's own bus; nobody else reads it.
base::Result<> awaitEnd(GstElement* pipeline, GstStateChangeReturn started) {
  // One that failed has said why, if it says so at all.
  const bool hasFailed = started == GST_STATE_CHANGE_FAILURE;
  const auto bus = gst::Ref<GstBus>::adopt(gst_element_get_bus(pipeline));
  const auto message = gst::Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(
      bus.get(), hasFailed ? 0 : kProbeTimeout, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  if (!message && hasFailed)
    return base::fail(base::ErrorCode::Unsupported, "it cannot be started");
  if (!message)
    return base::fail(base::ErrorCode::Timeout, "no frame came out within 5 s");
  if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS)
    return {};
  glib::ErrorOut error;
  gst_message_parse_error(message.get(), error.out(), nullptr);
  return base::fail(base::ErrorCode::Unsupported, error.message());
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
  const auto ended = awaitEnd(pipeline, started);
  // Joins the streaming threads, so that `frames` is ours to read.
  gst_element_set_state(pipeline, GST_STATE_NULL);
  if (ended && frames < kProbeFrames)
    return base::fail(base::ErrorCode::Unsupported, fmt::format("{} of {} frames came out", frames, kProbeFrames));
  return ended;
}

}  // namespace

base::Result<std::string> renderEncoder(const EncoderKind& kind, const EncodeTask& task) {
  const auto level = statedLevel(kind, task);
  if (!level)
    return tl::unexpected(level.error());
  const auto fragment = gst::renderFragment("encode", kind.name,
                                            {{"bits", task.bitrate.bitsPerSecond},
                                             {"kilobits", task.bitrate.bitsPerSecond / 1000},
                                             {"keyframes", std::int64_t{task.keyFrameInterval}},
                                             {"level", *level},
                                             {"threads", encoderThreads()}});
  return fragment.map([&kind](const std::string& text) {
    // Passes pictures through that the encoder takes as they are.
    return fmt::format("videoconvert n-threads=2 ! {} ! {}", kind.input, text);
  });
}

base::Result<const EncoderKind*> EncoderProbe::choose(std::string_view name, const EncodeTask& task) {
  std::string reasons;
  std::vector<Key> failed;
  for (const EncoderKind& kind : kinds_) {
    if (name != "auto" && name != kind.name)
      continue;
    const auto works = statedLevel(kind, task).and_then([this, &kind, &task, &failed](const std::string& level) {
      failed.push_back({kind.name, task.resolution, task.frameRate, level});
      return outcome(kind, task, failed.back());
    });
    if (works)
      return &kind;
    reasons += fmt::format("; '{}': {}", kind.name, works.error().message);
  }
  // Who asked will ask again, and should not be told the same for good: a device may have been busy.
  forgetFailures(failed);
  return base::fail(base::ErrorCode::Unsupported, fmt::format("no encoder for '{}' works here{}", name, reasons));
}

base::Result<> EncoderProbe::outcome(const EncoderKind& kind, const EncodeTask& task, const Key& key) {
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
    ours.set_value(probe(kind, task));
  return outcome.get();
}

void EncoderProbe::forgetFailures(std::span<const Key> keys) {
  const std::lock_guard lock(mutex_);
  for (const Key& key : keys) {
    const auto known = outcomes_.find(key);
    // Another thread may have forgotten it first, and be probing anew.
    const bool isOver =
        known != outcomes_.end() && known->second.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    if (isOver && !known->second.get())
      outcomes_.erase(known);
  }
}

base::Result<> EncoderProbe::probe(const EncoderKind& kind, const EncodeTask& task) {
  if (!gst::hasElement(kind.factory))
    return base::fail(base::ErrorCode::Unsupported, "its plugin is not installed");
  const auto encoder = renderEncoder(kind, task);
  if (!encoder)
    return tl::unexpected(encoder.error());
  const auto result = encodeFrames(fmt::format(
      "videotestsrc num-buffers={} ! video/x-raw,width={},height={},framerate={}/{} ! {} ! fakesink name=out",
      kProbeFrames, task.resolution.width, task.resolution.height, task.frameRate.numerator, task.frameRate.denominator,
      *encoder));
  base::logDebug("board", "encoder '{}': {}", kind.name, result ? "works" : result.error().message);
  return result;
}

}  // namespace fanlight::board
