// SPDX-License-Identifier: Apache-2.0
// Real cameras of the test picture, small, on a clock that a test can make jump.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "loop_fixture.h"
#include "media/camera.h"
#include "steered_clocks.h"

namespace fanlight::test {

/// One picture as a viewer is given it.
struct Picture {
  gst::Ref<GstBuffer> buffer;
  gst::Ref<GstCaps> caps;
  int memoryHolders;  ///< how many buffers shared its memory when it came
  bool isKeyFrame() const { return !GST_BUFFER_FLAG_IS_SET(buffer.get(), GST_BUFFER_FLAG_DELTA_UNIT); }
  std::size_t size() const { return gst_buffer_get_size(buffer.get()); }
};

/// A viewer of one encode. Streaming threads write, the test reads.
class PictureLog final : public media::FeedSink {
 public:
  PictureLog(const std::shared_ptr<media::Fanout>& fanout, const base::Clock& clock) : feed_(*this, clock) {
    feed_.follow(fanout);
  }
  void deliver(GstBuffer* buffer, GstCaps* caps) override {
    const std::lock_guard lock(mutex_);
    const int holders = GST_MINI_OBJECT_REFCOUNT_VALUE(gst_buffer_peek_memory(buffer, 0));
    pictures_.push_back({gst::Ref<GstBuffer>::retain(buffer), gst::Ref<GstCaps>::retain(caps), holders});
  }
  base::Duration backlog() const override { return {}; }

  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return pictures_.size();
  }
  std::size_t keyFrames() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(pictures_, &Picture::isKeyFrame));
  }
  /// Bytes of the newest `number` pictures.
  std::size_t sizeOfLast(std::size_t number) const {
    const std::lock_guard lock(mutex_);
    std::size_t size = 0;
    for (std::size_t i = pictures_.size() - std::min(number, pictures_.size()); i < pictures_.size(); ++i)
      size += pictures_[i].size();
    return size;
  }
  /// All of them; no more come.
  const std::vector<Picture>& end() {
    feed_.leave();
    return pictures_;
  }
  void leave() { feed_.leave(); }

 private:
  mutable std::mutex mutex_;
  std::vector<Picture> pictures_;
  media::Feed feed_;
};

class CameraFixture : public LoopFixture {
 protected:
  static config::Camera settings() {
    config::Camera settings;
    settings.id = base::CameraId("porch");
    settings.source = config::SourceKind::Test;
    settings.width = 320;
    settings.height = 240;
    settings.bitrate = {500'000};
    return settings;
  }
  static media::RenditionSettings rendition(const std::string& encoder = "auto", std::int64_t bits = 500'000) {
    return {{bits}, std::chrono::seconds(10), encoder};
  }

  void make(const config::Camera& settings, std::vector<media::RenditionSettings> renditions = {rendition()}) {
    camera_ = std::make_unique<media::Camera>(settings, std::move(renditions), services_,
                                              [this](const media::Camera& camera) { onState(camera); });
  }
  void onState(const media::Camera& camera) {
    ++told_;
    // It is told of what the encoder takes, too, whenever that has been measured.
    if (states_.empty() || states_.back() != camera.state())
      states_.push_back(camera.state());
  }

  void awaitState(media::Camera::State state) {
    runUntil("the state", [this, state] { return camera_->state() == state; });
  }
  void awaitPictures(const PictureLog& log, std::size_t number) {
    runUntil("pictures", [&log, number] { return log.count() >= number; });
  }
  /// No pipeline fills the Fanout any more: the camera and those who follow it alone hold it.
  void awaitEndOfPipeline(long followers = 0) {
    runUntil("the end of the pipeline", [this, followers] { return camera_->fanout().use_count() == 1 + followers; });
  }

  ShiftedClock clock_;
  media::CameraServices services_{context_, gst::TimeBase::create(), clock_, std::make_shared<media::DeviceClaims>(),
                                  std::make_shared<board::EncoderProbe>()};
  std::vector<media::Camera::State> states_;  ///< each time that it was another one
  int told_ = 0;
  std::unique_ptr<media::Camera> camera_;
};

}  // namespace fanlight::test
