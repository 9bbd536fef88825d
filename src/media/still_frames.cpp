// SPDX-License-Identifier: Apache-2.0
// One copy a second, and one for whoever asks.
#include "media/still_frames.h"

#include <span>
#include <string_view>
#include <utility>

#include "base/log.h"
#include "gst/mapped_buffer.h"
#include "media/jpeg.h"

namespace fanlight::media {
namespace {

// The device's buffers are few, and it waits for those that somebody holds.
StillFrames::Picture copyOf(GstBuffer* picture, GstCaps* caps) {
  const auto copy = gst::Ref<GstBuffer>::adopt(gst_buffer_copy_deep(picture));
  return StillFrames::Picture::adopt(gst_sample_new(copy.get(), caps, nullptr, nullptr));
}

std::size_t digestOf(const StillFrames::Picture& picture) {
  const gst::MappedBuffer mapped(gst_sample_get_buffer(picture.get()));
  const auto bytes = std::as_bytes(mapped.bytes());
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

void StillFrames::begin(base::Duration settling) {
  const std::lock_guard lock(mutex_);
  settling_ = settling;
  firstPicture_.reset();
}

void StillFrames::push(GstBuffer* picture, GstCaps* caps) {
  const base::TimePoint now = clock_.now();
  if (!isDue(now))
    return;
  // Outside the lock: who only looks does not wait for a copy.
  Kept kept{copyOf(picture, caps), nullptr, now};
  const std::size_t digest = digestOf(kept.picture);
  std::vector<std::weak_ptr<const Taker>> takers;
  {
    const std::lock_guard lock(mutex_);
    kept_ = {kept.picture.clone(), nullptr, now};
    if (std::exchange(digest_, digest) != digest)
      lastChanged_ = now;
    if (isSettled(now))
      takers = std::exchange(takers_, {});
  }
  for (const auto& waiting : takers)
    if (const Request taker = waiting.lock())
      (*taker)(kept.picture);
}

bool StillFrames::isDue(base::TimePoint now) {
  const std::lock_guard lock(mutex_);
  firstPicture_ = firstPicture_.value_or(now);
  lastCame_ = now;
  if (!isSettled(now))
    return !kept_.picture && !kept_.jpeg;
  forgetWhoLeft();
  return !takers_.empty() || !kept_.picture || now - kept_.taken >= kKeepEvery;
}

bool StillFrames::isSettled(base::TimePoint now) const {
  return now - *firstPicture_ >= settling_;
}

void StillFrames::end() {
  const auto kept = last();
  if (!kept || !kept->picture)
    return;
  const auto jpeg = toJpeg(kept->picture.get());
  const std::lock_guard lock(mutex_);
  kept_.picture = nullptr;
  if (jpeg)
    kept_.jpeg = std::make_shared<const std::string>(*jpeg);
  else
    base::logDebug("camera", "no last picture is kept: {}", jpeg.error().message);
}

void StillFrames::forgetWhoLeft() {
  std::erase_if(takers_, [](const auto& taker) { return taker.expired(); });
}

StillFrames::Request StillFrames::takeNext(Taker taker) {
  auto request = std::make_shared<const Taker>(std::move(taker));
  const std::lock_guard lock(mutex_);
  // A camera that is away has no picture at which to do so.
  forgetWhoLeft();
  takers_.push_back(request);
  return request;
}

std::optional<StillFrames::Kept> StillFrames::last() const {
  const std::lock_guard lock(mutex_);
  if (!kept_.picture && !kept_.jpeg)
    return std::nullopt;
  return Kept{kept_.picture.clone(), kept_.jpeg, kept_.taken};
}

std::optional<base::TimePoint> StillFrames::lastCame() const {
  const std::lock_guard lock(mutex_);
  return lastCame_;
}

std::optional<base::TimePoint> StillFrames::lastChanged() const {
  const std::lock_guard lock(mutex_);
  return lastChanged_;
}

}  // namespace fanlight::media
