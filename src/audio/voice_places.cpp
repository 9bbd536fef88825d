// SPDX-License-Identifier: Apache-2.0
#include "audio/voice_places.h"

#include <algorithm>
#include <utility>

namespace fanlight::audio {

class VoicePlaces::Place final : public media::SoundSink {
 public:
  Place(std::shared_ptr<VoicePlaces> places, std::size_t number) : places_(std::move(places)), number_(number) {}
  ~Place() override { places_->free(number_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  void push(GstBuffer* sound) override { places_->push(number_, sound); }

 private:
  const std::shared_ptr<VoicePlaces> places_;
  const std::size_t number_;
};

std::shared_ptr<media::SoundSink> VoicePlaces::take() {
  const std::scoped_lock lock(mutex_);
  const auto vacant = std::ranges::find(isTaken_, false);
  if (vacant == isTaken_.end())
    return nullptr;
  *vacant = true;
  return std::make_shared<Place>(shared_from_this(), static_cast<std::size_t>(vacant - isTaken_.begin()));
}

void VoicePlaces::open(Sources sources, GstClockTime began) {
  const std::scoped_lock lock(mutex_);
  sources_ = std::move(sources);
  began_ = began;
}

void VoicePlaces::close() {
  const std::scoped_lock lock(mutex_);
  sources_ = {};
}

void VoicePlaces::push(std::size_t place, GstBuffer* sound) {
  const std::scoped_lock lock(mutex_);
  // What is said while the speaker is started is not heard: late, it would be an echo of the past.
  if (!sources_[place] || GST_BUFFER_PTS(sound) < began_)
    return;
  GstBuffer* said = gst_buffer_copy(sound);
  GST_BUFFER_PTS(said) -= began_;
  gst_app_src_push_buffer(GST_APP_SRC(sources_[place].get()), said);
}

void VoicePlaces::free(std::size_t place) {
  const std::scoped_lock lock(mutex_);
  isTaken_[place] = false;
}

}  // namespace fanlight::audio
