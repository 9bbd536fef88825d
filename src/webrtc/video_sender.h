// SPDX-License-Identifier: Apache-2.0
// From a Feed into one webrtcbin: appsrc and payloader. Made on the viewers' worker; fed on streaming threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "webrtc/congestion_control.h"
#include "webrtc/feed_source.h"
#include "webrtc/offer.h"

namespace fanlight::webrtc {

/// Pictures that come further apart than this do not flow. No camera is slower than one a second.
inline constexpr base::Duration kDeliveryPause = std::chrono::seconds(2);

struct VideoTraffic {
  std::optional<base::TimePoint> sendingSince;  ///< pictures have flowed since then without a pause; none: they do not
  std::optional<base::TimePoint> lastFeedback;  ///< none: there has been none
};

class VideoSender final : public media::FeedSink {
 public:
  /// Adds `appsrc ! rtph264pay` to `pipeline` and links it to webrtcbin's `pad`. Fails where an element is missing.
  static base::Result<std::shared_ptr<VideoSender>> create(gst::Pipeline& pipeline, GstPad* pad, const MediaLine& line,
                                                           std::uint32_t ssrc, const base::Clock& clock);
  VideoSender(FeedSource source, const base::Clock& clock);

  void deliver(GstBuffer* buffer, GstCaps* caps) override;
  base::Duration backlog() const override { return source_.backlog(); }
  /// Any thread.
  VideoTraffic traffic() const;

  /// Handler and object are called on streaming threads, from here on.
  void onKeyFrameRequest(std::function<void()> handler);
  void reportTo(std::shared_ptr<CongestionControl> control);

 private:
  struct Upstream;

  bool flowsAt(base::TimePoint now) const;

  const base::Clock& clock_;
  FeedSource source_;
  // The epoch stands for never. Written by deliver() alone, in this order.
  std::atomic<base::TimePoint> sendingSince_ = base::TimePoint{};
  std::atomic<base::TimePoint> lastDelivered_ = base::TimePoint{};
  const std::shared_ptr<Upstream> upstream_;
  gst::PadProbe probe_;
};

}  // namespace fanlight::webrtc
