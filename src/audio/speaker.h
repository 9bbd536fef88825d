// SPDX-License-Identifier: Apache-2.0
// One speaker: runs while somebody talks, and is started anew when it takes nothing. Main thread; the pipeline lives on
// a worker of its own.
#pragma once

#include <memory>

#include "audio/kept_device.h"
#include "audio/speaker_pipeline.h"
#include "media/voice.h"

namespace fanlight::audio {

class Speaker final : public KeptDevice<SpeakerPipeline> {
 public:
  /// `reference`: of the microphone beside it; null where there is none.
  Speaker(config::Audio settings, const SoundServices& services, std::shared_ptr<EchoReference> reference,
          StateHandler onState);

  /// For one who talks; without a sink where kVoicePlaces talk already.
  [[nodiscard]] media::Voice voice() { return {demand(), places_->take()}; }

 private:
  Keeper::Maker maker(gst::Pipeline::ErrorHandler onError) override;
  void onStarted(const SpeakerPipeline::Summary& what) override;
  void observe(media::Supervisor& supervisor, base::TimePoint began) override;

  const std::shared_ptr<VoicePlaces> places_ = std::make_shared<VoicePlaces>();
  const std::shared_ptr<PlayedAt> playedAt_ = std::make_shared<PlayedAt>();
};

}  // namespace fanlight::audio
