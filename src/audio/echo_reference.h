// SPDX-License-Identifier: Apache-2.0
// What a speaker plays, on its way to the echo canceller of the microphone beside it, and whether the microphone can
// hear it now, and whether the canceller has shown that it finds the echo. It outlives the pipelines of both. Any
// thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>

#include <gst/app/gstappsrc.h>

#include "audio/echo_watch.h"
#include "audio/slewing_delay.h"
#include "audio/sound_record.h"
#include "gst/ref_traits.h"

namespace fanlight::audio {

class EchoReference {
 public:
  /// `record`: keeps all that passes here, for a check; null outside of one.
  explicit EchoReference(std::shared_ptr<SoundRecord> record = nullptr);

  /// From now on what is played goes there too: an appsrc of media::kVoiceCaps in the microphone's pipeline.
  void open(gst::Ref<GstElement> source);
  void close();
  /// How long that pipeline delays what it captures, which the canceller takes to be the speaker's delay as well.
  void setCaptureLatency(GstClockTime latency) { captureLatency_ = latency; }

  /// `sound` leaves the speaker at `playedAt`, in running time.
  void push(GstBuffer* sound, GstClockTime playedAt);
  /// Whether what was captured at `time` may hold what was played: from there on until the room is quiet again.
  bool isAudibleAt(GstClockTime time) const { return time < audibleUntil_.load(std::memory_order_relaxed); }
  /// What comes to the canceller, and what leaves it. By the microphone's streaming thread.
  void captured(std::span<const std::int16_t> sound, GstClockTime at);
  void cleaned(std::span<const std::int16_t> sound, GstClockTime at);
  bool isRecorded() const { return record_ != nullptr; }
  EchoWatch& watch() { return watch_; }

 private:
  void slew(std::span<std::int16_t> samples, const DelayFollower::Course& course, GstClockTime end);

  const std::shared_ptr<SoundRecord> record_;
  EchoWatch watch_;
  // By whoever pushes.
  GstClockTime playedUntil_ = 0;
  SlewingDelay slewing_;
  double ahead_ = 0;  ///< ms by which the times of the reference are earlier, so that an early echo is late, too
  int jumps_ = -1;
  std::mutex mutex_;  ///< guards source_
  gst::Ref<GstElement> source_;
  std::atomic<GstClockTime> captureLatency_ = 0;
  std::atomic<GstClockTime> audibleUntil_ = 0;
};

}  // namespace fanlight::audio
