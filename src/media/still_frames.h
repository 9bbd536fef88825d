// SPDX-License-Identifier: Apache-2.0
// A camera's pictures one by one, for stills: the next one for who asks, and the last one for later. And what is seen
// on that occasion: when they came, and whether they still change.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

/// A picture that is kept is renewed so often. The copy of one is a millisecond of a small board.
inline constexpr base::Duration kKeepEvery = std::chrono::seconds(1);

/// Held by shared_ptr: the camera and its pipeline's streaming thread use it. Survives pipeline restarts.
class StillFrames {
 public:
  /// Raw, or an IDR in H.264; in memory of its own.
  using Picture = gst::Ref<GstSample>;
  /// Called once, on a streaming thread, and destroyed on any; must not block.
  using Taker = std::function<void(const Picture&)>;
  /// Waits for a picture while it is held. One that is just coming may still be given when it is let go.
  using Request = std::shared_ptr<const Taker>;
  /// `jpeg` where the camera has been stopped since, else `picture`.
  struct Kept {
    Picture picture;
    std::shared_ptr<const std::string> jpeg;
    base::TimePoint taken;
  };

  explicit StillFrames(const base::Clock& clock) : clock_(clock) {}

  /// A pipeline begins; its first pictures, as long as `settling`, are for nobody: the exposure is still being found.
  void begin(base::Duration settling);
  /// Streaming thread. `picture` is copied where it is needed.
  void push(GstBuffer* picture, GstCaps* caps);
  /// The pipeline has ended: what is kept is kept as a file. Blocks: workers only.
  void end();

  /// Any thread. Waits as long as it takes.
  [[nodiscard]] Request takeNext(Taker taker);
  /// Any thread; none: there has been no picture yet.
  std::optional<Kept> last() const;
  /// When the newest picture came, copied or not. Any thread.
  std::optional<base::TimePoint> lastCame() const;
  /// When one was copied that differed from the copy before. Any thread.
  std::optional<base::TimePoint> lastChanged() const;

 private:
  /// Whether a copy of the picture that comes now is wanted.
  bool isDue(base::TimePoint now);
  bool isSettled(base::TimePoint now) const;
  void forgetWhoLeft();

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<const Taker>> takers_;
  base::Duration settling_{};
  std::optional<base::TimePoint> firstPicture_;
  Kept kept_;
  std::optional<base::TimePoint> lastCame_;
  std::optional<base::TimePoint> lastChanged_;
  std::size_t digest_ = 0;  ///< of the last copy
};

}  // namespace fanlight::media
