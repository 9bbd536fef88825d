// SPDX-License-Identifier: Apache-2.0
// One viewer's share of an encode: starts at an IDR, loses only whole stretches up to the next IDR, and can change over
// to another encode without its receiver noticing more than a picture of another size.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "media/access_unit.h"
#include "media/key_frame_requests.h"

namespace fanlight::media {

class Fanout;

/// Where a feed's pictures go: a viewer's payloader. Called on streaming threads, under the feed's lock; must not block
/// and must not call back into the feed.
class FeedSink {
 public:
  virtual ~FeedSink() = default;
  virtual void deliver(GstBuffer* buffer, GstCaps* caps) = 0;
  /// What was delivered and has not been sent yet, in time.
  virtual base::Duration backlog() const = 0;
};

/// A viewer that lags more than this is not fed until the next IDR. What a joiner is given at once does not count,
/// until it has been sent.
inline constexpr base::Duration kMaxBacklog = std::chrono::seconds(1);

struct FeedFigures {
  std::uint64_t delivered = 0;
  std::uint64_t bytes = 0;  ///< of what was delivered
  std::uint64_t dropped = 0;
};

class Feed {
 public:
  /// `sink` outlives the feed, or the feed has left by then.
  Feed(FeedSink& sink, const base::Clock& clock);
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// Begins with `fanout`, or moves over to it at its next IDR; until then the former one goes on. `onShown` is called
  /// once it has: on a streaming thread, under locks, or before this returns; never where another follow() or a rest()
  /// comes first. Owner thread.
  void follow(const std::shared_ptr<Fanout>& fanout, std::function<void()> onShown = {});
  /// Follows nothing until the next follow(), behind which time goes on from where it was. After this returns the sink
  /// is not called. Owner thread.
  void rest();
  /// For good: a feed that has left follows nothing any more. After this returns the sink is not called. Owner thread;
  /// idempotent.
  void leave();
  /// The viewer asked (PLI, FIR). Any thread.
  void requestKeyFrame();
  FeedFigures figures() const;

  /// The part that fanouts share: it lives until the last of them has noticed that the viewer left.
  class Link;

 private:
  std::shared_ptr<Fanout> swapFanout(std::shared_ptr<Fanout> fanout);

  const std::shared_ptr<Link> link_;
  std::mutex mutex_;  ///< guards fanout_, which the owner thread alone writes
  std::shared_ptr<Fanout> fanout_;
  std::shared_ptr<Fanout> former_;  ///< is shown until the change-over
};

/// Called by fanouts only, under their lock.
class Feed::Link {
 public:
  enum class Came { Live, Kept };  ///< now, or since the last IDR and before the viewer
  enum class Offered { Taken, NeedsKeyFrame, FellBehind, MayAskNow, Gone };

  Link(FeedSink& sink, const base::Clock& clock) : sink_(&sink), clock_(clock) {}

  /// To move over to `fanout`, or to stay with it and forget about another. Returns the one that is shown meanwhile.
  const Fanout* setNext(const Fanout* fanout, std::function<void()> onShown = {});
  void rest();
  void close();
  /// Taken: served. NeedsKeyFrame: waits for one, like everybody who has just joined. FellBehind: wants one since it
  /// lagged, and its allowance lets it ask. MayAskNow: the same of a viewer that asked too early. Gone: `from` need not
  /// offer to it any more.
  Offered offer(const Fanout* from, const AccessUnit& unit, Came came = Came::Live);
  /// Whether the viewer, which asks for a key frame, may have it asked for now; else it is when it may.
  bool mayAsk();
  bool isClosed() const;
  FeedFigures figures() const;

 private:
  bool lags();
  void tellShown();
  void deliver(const AccessUnit& unit);

  mutable std::mutex mutex_;
  FeedSink* sink_;
  const base::Clock& clock_;
  const Fanout* current_ = nullptr;
  const Fanout* next_ = nullptr;  ///< taken over at its next IDR
  std::function<void()> onShown_;
  bool catchesUp_ = false;  ///< with what it was given at once
  bool fellBehind_ = false;
  GstClockTime last_ = GST_CLOCK_TIME_NONE;
  KeyFrameAllowance allowance_;
  FeedFigures figures_;
};

}  // namespace fanlight::media
