// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_reference.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "audio/loudness.h"
#include "gst/mapped_buffer.h"

namespace fanlight::audio {
namespace {

/// The canceller finds an echo that is up to 50 ms late, and none that is early. So it is held this much late, and may
/// come and go by as much before the reference follows it.
constexpr GstClockTime kMargin = 10 * GST_MSECOND;
/// Of a room, and of devices that play or capture later than they say.
constexpr GstClockTime kReverberation = 300 * GST_MSECOND;
/// A speaker that runs plays without a break.
constexpr GstClockTime kBreak = 500 * GST_MSECOND;

/// Of the delay that is looked for, and kRoom; ms.
constexpr double kMostDelay = 420;
constexpr double kSamplesInMs = 48;
/// What drifts may become earlier by so much, in ms, before it is a jump.
constexpr double kRoom = 10;

/// Without going below zero.
GstClockTime moved(GstClockTime time, GstClockTimeDiff by) {
  return by < 0 && time < static_cast<GstClockTime>(-by) ? 0 : time + static_cast<GstClockTime>(by);
}

}  // namespace

EchoReference::EchoReference(std::shared_ptr<SoundRecord> record)
    : record_(std::move(record)), slewing_(static_cast<std::size_t>(kMostDelay * kSamplesInMs)) {}

void EchoReference::open(gst::Ref<GstElement> source) {
  const std::scoped_lock lock(mutex_);
  source_ = std::move(source);
  watch_.restart();
}

void EchoReference::close() {
  const std::scoped_lock lock(mutex_);
  source_ = nullptr;
}

void EchoReference::captured(std::span<const std::int16_t> sound, GstClockTime at) {
  if (record_)
    record_->add(SoundRecord::Place::Captured, sound, at);
  watch_.captured(sound, at);
}

void EchoReference::cleaned(std::span<const std::int16_t> sound, GstClockTime at) {
  if (record_)
    record_->add(SoundRecord::Place::Cleaned, sound, at);
  watch_.cleaned(sound, at);
}

void EchoReference::push(GstBuffer* sound, GstClockTime playedAt) {
  const gst::MappedBuffer bytes(sound);
  const auto* first = reinterpret_cast<const std::int16_t*>(bytes.bytes().data());
  std::vector<std::int16_t> samples(first, first + bytes.bytes().size() / sizeof(std::int16_t));
  if (playedAt > playedUntil_ + kBreak)
    watch_.restart();
  playedUntil_ = playedAt + GST_BUFFER_DURATION(sound);
  if (record_)
    record_->add(SoundRecord::Place::Played, samples, playedAt);
  watch_.played(samples, playedAt);
  const DelayFollower::Course course = watch_.course();
  const double late = std::max(course.delayAt(playedAt), 0.0);
  if (loudnessOf(std::span<const std::int16_t>(samples)) > kAudible)
    audibleUntil_ = playedUntil_ + kReverberation + static_cast<GstClockTime>(late * GST_MSECOND);
  slew(samples, course, playedUntil_);
  const std::scoped_lock lock(mutex_);
  if (!source_)
    return;
  auto played = gst::Ref<GstBuffer>::adopt(gst_buffer_new_memdup(samples.data(), bytes.bytes().size()));
  const auto early = static_cast<GstClockTimeDiff>(captureLatency_.load(std::memory_order_relaxed) + kMargin);
  GST_BUFFER_PTS(played.get()) = moved(playedAt, static_cast<GstClockTimeDiff>(-ahead_ * GST_MSECOND) - early);
  GST_BUFFER_DURATION(played.get()) = GST_BUFFER_DURATION(sound);
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), played.release());
}

void EchoReference::slew(std::span<std::int16_t> samples, const DelayFollower::Course& course, GstClockTime end) {
  const double delay = course.delayAt(end);
  if (course.jumps != jumps_ || delay + ahead_ < 0) {
    jumps_ = course.jumps;
    ahead_ = std::max(0.0, kRoom - delay);
    slewing_.jumpTo((delay + ahead_) * kSamplesInMs);
  }
  slewing_.pass(samples, (delay + ahead_) * kSamplesInMs);
}

}  // namespace fanlight::audio
