// SPDX-License-Identifier: Apache-2.0
// The point where one encode becomes many viewers': access units go by reference into each feed's bounded queue.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "media/access_unit.h"
#include "media/feed.h"
#include "media/key_frame_requests.h"
#include "telemetry/figures.h"

namespace fanlight::media {

/// A joiner starts with the pictures since the last IDR where that is younger than this; else it waits for a new IDR.
inline constexpr base::Duration kReplayWithin = std::chrono::milliseconds(500);
/// Where no IDR can be asked for it is what there is, however old: as long as one may take, and a little.
inline constexpr base::Duration kLongestOwnInterval = std::chrono::milliseconds(2500);
/// Of what is kept for joiners.
inline constexpr std::size_t kMaxKeptBytes = std::size_t{8} * 1024 * 1024;

/// Held by shared_ptr: the rendition, its pipeline's streaming thread and the feeds use it. Survives pipeline restarts.
class Fanout {
 public:
  explicit Fanout(const base::Clock& clock) : clock_(clock) {}

  /// One picture from the encoder. Streaming thread. Blocks for no viewer.
  void push(AccessUnit unit);
  /// An encode begins: how to ask it for an IDR; called on any thread, outside the lock. Empty: nobody can, it gives
  /// them in its own time.
  void begin(std::function<void()> keyFrameRequest);
  /// It has ended.
  void end();
  /// Any thread. Coalesced with everybody else's.
  void requestKeyFrame();
  /// The viewer starts at the next IDR, which is asked for, or at once from what is kept. Any thread.
  void attach(const std::shared_ptr<Feed::Link>& link);

  /// The encoder was still busy when a raw picture came: one was dropped. Streaming thread.
  void noteLate() { ++late_; }

  /// Since it was made, whatever was restarted. Any thread.
  telemetry::EncodeFigures figures() const;
  /// When the last picture came; none: none has yet.
  std::optional<base::TimePoint> lastFrame() const;

 private:
  void count(const AccessUnit& unit);
  void keep(const AccessUnit& unit, base::TimePoint now);
  bool offerToAll(const AccessUnit& unit, base::TimePoint now);
  void askEncoder();

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Feed::Link>> links_;
  std::vector<AccessUnit> kept_;  ///< since the last IDR, while that is young
  base::TimePoint keptSince_;
  std::size_t keptBytes_ = 0;
  base::Duration replayWithin_ = kReplayWithin;
  KeyFrameCoalescer coalescer_;
  std::function<void()> keyFrameRequest_;
  std::optional<base::TimePoint> lastFrame_;
  telemetry::EncodeFigures figures_;
  std::atomic<telemetry::Count> late_ = 0;  ///< counted where a raw picture waits for nobody's lock
};

}  // namespace fanlight::media
