// SPDX-License-Identifier: Apache-2.0
// The places of a speaker's mixer, one for each who talks at the same time. They outlive its pipelines: who talks keeps
// the place while the speaker is started anew. Any thread.
#pragma once

#include <array>
#include <memory>
#include <mutex>

#include <gst/app/gstappsrc.h>

#include "gst/ref_traits.h"
#include "media/voice.h"

namespace fanlight::audio {

/// More than may talk at once (session::kMaxTalkers): a thread that is just leaving has its place still.
inline constexpr std::size_t kVoicePlaces = 6;

class VoicePlaces : public std::enable_shared_from_this<VoicePlaces> {
 public:
  using Sources = std::array<gst::Ref<GstElement>, kVoicePlaces>;

  /// A place until it is let go of; null where all are taken.
  std::shared_ptr<media::SoundSink> take();
  /// From now on what is said goes there: to appsrcs of media::kVoiceCaps, whose running time began at `began` of the
  /// process's.
  void open(Sources sources, GstClockTime began);
  /// After this nothing goes anywhere, until it is opened again.
  void close();

 private:
  class Place;

  void push(std::size_t place, GstBuffer* sound);
  void free(std::size_t place);

  std::mutex mutex_;
  std::array<bool, kVoicePlaces> isTaken_{};
  Sources sources_;
  GstClockTime began_ = 0;
};

}  // namespace fanlight::audio
