// SPDX-License-Identifier: Apache-2.0
// Which access units a viewer gets. Locks: a fanout's before a link's, never the other way round.
#include "media/feed.h"

#include <utility>

#include "media/fanout.h"

namespace fanlight::media {
namespace {

// The least step that is a new RTP timestamp at 90 kHz, with room for rounding.
constexpr GstClockTime kTimestampStep = GST_MSECOND;

}  // namespace

Feed::Feed(FeedSink& sink, const base::Clock& clock) : link_(std::make_shared<Link>(sink, clock)) {}

Feed::~Feed() {
  leave();
}

void Feed::follow(const std::shared_ptr<Fanout>& fanout, std::function<void()> onShown) {
  if (fanout == fanout_)
    return;
  auto last = swapFanout(fanout);
  const Fanout* shown = link_->setNext(fanout.get(), std::move(onShown));
  // Where the last one never took over, the one before it is still shown, and kept.
  if (shown == last.get())
    former_ = std::move(last);
  if (shown != fanout.get())
    fanout->attach(link_);
}

void Feed::rest() {
  link_->rest();
  swapFanout(nullptr);
  former_.reset();
}

void Feed::leave() {
  link_->close();
  swapFanout(nullptr);
  former_.reset();
}

std::shared_ptr<Fanout> Feed::swapFanout(std::shared_ptr<Fanout> fanout) {
  const std::lock_guard lock(mutex_);
  return std::exchange(fanout_, std::move(fanout));
}

void Feed::requestKeyFrame() {
  std::shared_ptr<Fanout> fanout;
  {
    const std::lock_guard lock(mutex_);
    fanout = fanout_;
  }
  if (fanout && link_->mayAsk())
    fanout->requestKeyFrame();
}

FeedFigures Feed::figures() const {
  return link_->figures();
}

const Fanout* Feed::Link::setNext(const Fanout* fanout, std::function<void()> onShown) {
  const std::lock_guard lock(mutex_);
  next_ = fanout == current_ ? nullptr : fanout;
  onShown_ = std::move(onShown);
  if (!next_)
    tellShown();
  return current_;
}

void Feed::Link::rest() {
  const std::lock_guard lock(mutex_);
  current_ = next_ = nullptr;
  onShown_ = nullptr;
  fellBehind_ = false;
}

void Feed::Link::tellShown() {
  if (const auto tell = std::exchange(onShown_, nullptr))
    tell();
}

void Feed::Link::close() {
  const std::lock_guard lock(mutex_);
  sink_ = nullptr;
}

bool Feed::Link::isClosed() const {
  const std::lock_guard lock(mutex_);
  return !sink_;
}

bool Feed::Link::mayAsk() {
  const std::lock_guard lock(mutex_);
  return allowance_.request(clock_.now());
}

FeedFigures Feed::Link::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

bool Feed::Link::lags() {
  const base::Duration backlog = sink_->backlog();
  catchesUp_ = catchesUp_ && backlog > kMaxBacklog;
  return backlog > (catchesUp_ ? kMaxBacklog + kLongestOwnInterval : kMaxBacklog);
}

Feed::Link::Offered Feed::Link::offer(const Fanout* from, const AccessUnit& unit, Came came) {
  const std::lock_guard lock(mutex_);
  if (!sink_ || (from != current_ && from != next_))
    return Offered::Gone;
  if (from == next_) {
    if (!unit.isKeyFrame)
      return Offered::NeedsKeyFrame;
    current_ = std::exchange(next_, nullptr);
    fellBehind_ = false;
    tellShown();
  }
  if (came == Came::Kept)
    catchesUp_ = true;
  else if (fellBehind_ && !unit.isKeyFrame) {
    ++figures_.dropped;
    // While it still lags a key frame would be dropped as well, and the others would pay for it.
    return !lags() && allowance_.request(clock_.now()) ? Offered::FellBehind : Offered::Taken;
  }
  if (came == Came::Live && lags()) {
    // A picture that leans on a dropped one would be torn until the next IDR, so nothing up to it is worth sending.
    fellBehind_ = true;
    ++figures_.dropped;
    return Offered::Taken;
  }
  fellBehind_ = false;
  deliver(unit);
  if (unit.isKeyFrame)
    allowance_.onKeyFrame();
  return allowance_.isDue(clock_.now()) ? Offered::MayAskNow : Offered::Taken;
}

void Feed::Link::deliver(const AccessUnit& unit) {
  ++figures_.delivered;
  figures_.bytes += gst_buffer_get_size(unit.buffer.get());
  const GstClockTime time = GST_BUFFER_PTS(unit.buffer.get());
  if (GST_CLOCK_TIME_IS_VALID(last_) && time <= last_) {
    // Another camera's picture may have been taken earlier than the last one shown; time must not go back.
    last_ += kTimestampStep;
    const auto moved = gst::Ref<GstBuffer>::adopt(gst_buffer_copy(unit.buffer.get()));
    GST_BUFFER_PTS(moved.get()) = last_;
    sink_->deliver(moved.get(), unit.caps.get());
    return;
  }
  last_ = time;
  sink_->deliver(unit.buffer.get(), unit.caps.get());
}

}  // namespace fanlight::media
