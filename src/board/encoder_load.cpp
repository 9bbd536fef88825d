// SPDX-License-Identifier: Apache-2.0
// The same pictures twice, with and without the encoder: the difference is what it takes.
#include "board/encoder_load.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <sys/resource.h>

#include "gst/await_end.h"
#include "gst/element.h"

namespace fanlight::board {
namespace {

constexpr double kSeconds = 1;
constexpr GstClockTime kLimit = 30 * GST_SECOND;

double cpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

base::Result<double> secondsFor(const EncodeTask& task, const std::string& behind) {
  const auto frames = static_cast<int>(kSeconds * task.frameRate.perSecond());
  const auto pipeline =
      gst::parsePipeline(fmt::format("videotestsrc pattern=zone-plate kx2=20 ky2=20 kt=5 num-buffers={} ! "
                                     "video/x-raw,format=I420,width={},height={},framerate={}/{} ! {} ! fakesink",
                                     frames, task.resolution.width, task.resolution.height, task.frameRate.numerator,
                                     task.frameRate.denominator, behind));
  if (!pipeline)
    return tl::unexpected(pipeline.error());
  const double before = cpuSeconds();
  const auto started = gst_element_set_state(pipeline->get(), GST_STATE_PLAYING);
  const auto ended = gst::awaitEnd(pipeline->get(), started, kLimit);
  gst_element_set_state(pipeline->get(), GST_STATE_NULL);
  return ended.map([before] { return cpuSeconds() - before; });
}

}  // namespace

base::Result<double> measureEncoderLoad(const Encoder& encoder, const EncodeTask& task) {
  const auto text = renderEncoder(encoder, task);
  if (!text)
    return tl::unexpected(text.error());
  const auto without = secondsFor(task, "identity");
  const auto with = secondsFor(task, *text);
  if (!without || !with)
    return tl::unexpected((without ? with : without).error());
  return std::max(0.0, *with - *without) / kSeconds;
}

}  // namespace fanlight::board
