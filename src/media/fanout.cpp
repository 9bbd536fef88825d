// SPDX-License-Identifier: Apache-2.0
// Fan-out under one short lock; the encoder is asked outside of it, since that walks up a pipeline.
#include "media/fanout.h"

#include <algorithm>

namespace fanlight::media {

void Fanout::push(AccessUnit unit) {
  const base::TimePoint now = clock_.now();
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    lastFrame_ = now;
    count(unit);
    keep(unit, now);
    ask = offerToAll(unit, now);
  }
  if (ask)
    askEncoder();
}

void Fanout::count(const AccessUnit& unit) {
  ++figures_.frames;
  figures_.bytes += gst_buffer_get_size(unit.buffer.get());
  figures_.keyFrames += unit.isKeyFrame ? 1 : 0;
}

void Fanout::keep(const AccessUnit& unit, base::TimePoint now) {
  if (unit.isKeyFrame) {
    coalescer_.onKeyFrame();
    kept_.clear();
    keptBytes_ = 0;
    keptSince_ = now;
  } else if (kept_.empty() || now - keptSince_ > replayWithin_ || keptBytes_ > kMaxKeptBytes) {
    kept_.clear();
    return;
  }
  keptBytes_ += gst_buffer_get_size(unit.buffer.get());
  kept_.push_back(unit.clone());
}

bool Fanout::offerToAll(const AccessUnit& unit, base::TimePoint now) {
  bool isWanted = false;
  std::erase_if(links_, [this, &unit, &isWanted](const std::shared_ptr<Feed::Link>& link) {
    const auto offered = link->offer(this, unit);
    figures_.asks += offered == Feed::Link::Offered::MayAskNow ? 1 : 0;
    figures_.overflows += offered == Feed::Link::Offered::FellBehind ? 1 : 0;
    isWanted |= offered != Feed::Link::Offered::Taken && offered != Feed::Link::Offered::Gone;
    return offered == Feed::Link::Offered::Gone;
  });
  return isWanted ? coalescer_.request(now) : coalescer_.isDue(now);
}

void Fanout::attach(const std::shared_ptr<Feed::Link>& link) {
  const base::TimePoint now = clock_.now();
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    // push() lets go of viewers that left, but a camera that is away has no pictures.
    std::erase_if(links_, [](const std::shared_ptr<Feed::Link>& other) { return other->isClosed(); });
    // It may be here from before: this encode need not have had a picture since the viewer moved to another.
    const bool isNew = std::ranges::find(links_, link) == links_.end();
    if (isNew)
      links_.push_back(link);
    if (isNew && !kept_.empty() && now - keptSince_ <= replayWithin_) {
      std::ranges::for_each(kept_,
                            [this, &link](const AccessUnit& unit) { link->offer(this, unit, Feed::Link::Came::Kept); });
    } else {
      ++figures_.joins;
      ask = coalescer_.request(now);
    }
  }
  if (ask)
    askEncoder();
}

void Fanout::requestKeyFrame() {
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    ++figures_.asks;
    ask = coalescer_.request(clock_.now());
  }
  if (ask)
    askEncoder();
}

void Fanout::begin(std::function<void()> keyFrameRequest) {
  const std::lock_guard lock(mutex_);
  keyFrameRequest_ = std::move(keyFrameRequest);
  replayWithin_ = keyFrameRequest_ ? kReplayWithin : kLongestOwnInterval;
  // Another encoder begins with an IDR of its own; what the former one made is of no use to a joiner.
  kept_.clear();
}

void Fanout::end() {
  const std::lock_guard lock(mutex_);
  keyFrameRequest_ = nullptr;
  kept_.clear();
}

std::optional<base::TimePoint> Fanout::lastFrame() const {
  const std::lock_guard lock(mutex_);
  return lastFrame_;
}

telemetry::EncodeFigures Fanout::figures() const {
  const std::lock_guard lock(mutex_);
  telemetry::EncodeFigures figures = figures_;
  figures.lateFrames = late_;
  return figures;
}

void Fanout::askEncoder() {
  std::function<void()> request;
  {
    const std::lock_guard lock(mutex_);
    request = keyFrameRequest_;
    figures_.encoderAsks += request ? 1 : 0;
  }
  if (request)
    request();
}

}  // namespace fanlight::media
