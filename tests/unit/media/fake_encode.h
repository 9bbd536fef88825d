// SPDX-License-Identifier: Apache-2.0
// Both ends of a Fanout without GStreamer's elements: an encode that gives a picture when told, and a viewer that
// writes down what it is given.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "media/fanout.h"
#include "media/feed.h"
#include "steered_clocks.h"

namespace fanlight::test {

inline constexpr base::Duration kFrameTime = std::chrono::milliseconds(20);

/// A Fanout and the encoder in front of it. Pictures are taken at the clock's time.
class FakeEncode {
 public:
  explicit FakeEncode(SteeredClock& clock) : clock_(clock), fanout_(std::make_shared<media::Fanout>(clock)) {
    plugIn();
  }

  const std::shared_ptr<media::Fanout>& fanout() const { return fanout_; }
  /// The Fanout stays with whoever else holds it.
  void letGo() { fanout_.reset(); }

  /// A new encoder takes over, as after a restart of the camera.
  void plugIn() {
    fanout_->begin([asked = asked_] { ++*asked; });
  }
  int asked() const { return *asked_; }

  void keyFrame() { push(true); }
  void picture() { push(false); }
  void keyFrameTakenAt(GstClockTime time) { push(true, time); }
  void pictureTakenAt(GstClockTime time) { push(false, time); }
  /// Of the last picture; borrowed for as long as somebody keeps the picture.
  const GstBuffer* last() const { return last_.get(); }
  GstCaps* caps() const { return caps_.get(); }

  /// Running time, as the pictures of all encodes have it.
  GstClockTime time() const { return static_cast<GstClockTime>(clock_.now().time_since_epoch().count()); }

 private:
  void push(bool isKeyFrame) { push(isKeyFrame, time()); }
  void push(bool isKeyFrame, GstClockTime time) {
    last_ = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 16, nullptr));
    GST_BUFFER_PTS(last_.get()) = time;
    fanout_->push({last_.clone(), caps_.clone(), isKeyFrame});
  }

  SteeredClock& clock_;
  std::shared_ptr<media::Fanout> fanout_;
  std::shared_ptr<std::atomic<int>> asked_ = std::make_shared<std::atomic<int>>(0);
  gst::Ref<GstCaps> caps_ = gst::Ref<GstCaps>::adopt(gst_caps_new_empty_simple("video/x-h264"));
  gst::Ref<GstBuffer> last_;
};

/// A viewer's end. What it was given may be read when nobody pushes.
class RecordingSink final : public media::FeedSink {
 public:
  void deliver(GstBuffer* buffer, GstCaps* caps) override {
    buffers.push_back(gst::Ref<GstBuffer>::retain(buffer));
    lastCaps = caps;
  }
  base::Duration backlog() const override {
    return isSendingNothing ? std::chrono::nanoseconds(times().back() - times().front()) : lag;
  }

  std::vector<const GstBuffer*> pictures() const {
    std::vector<const GstBuffer*> given;
    for (const auto& buffer : buffers)
      given.push_back(buffer.get());
    return given;
  }
  std::vector<GstClockTime> times() const {
    std::vector<GstClockTime> times;
    for (const auto& buffer : buffers)
      times.push_back(GST_BUFFER_PTS(buffer.get()));
    return times;
  }

  std::vector<gst::Ref<GstBuffer>> buffers;
  const GstCaps* lastCaps = nullptr;
  base::Duration lag{};
  bool isSendingNothing = false;  ///< of what it was given
};

}  // namespace fanlight::test
