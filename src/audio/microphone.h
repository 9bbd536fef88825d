// SPDX-License-Identifier: Apache-2.0
// One microphone: runs while somebody listens, and is started anew when it gives nothing. Main thread; the pipeline
// lives on a worker of its own.
#pragma once

#include <memory>

#include "audio/kept_device.h"
#include "audio/microphone_pipeline.h"
#include "media/view.h"

namespace fanlight::audio {

class Microphone final : public KeptDevice<MicrophonePipeline> {
 public:
  /// `reference`: of the speaker beside it; null where there is none.
  Microphone(config::Audio settings, const SoundServices& services, std::shared_ptr<EchoReference> reference,
             StateHandler onState);

  /// What it hears, as long as this is held.
  [[nodiscard]] media::View view() { return {demand(), fanout_}; }

 private:
  Keeper::Maker maker(gst::Pipeline::ErrorHandler onError) override;
  void onStarted(const MicrophonePipeline::Summary& what) override;
  void observe(media::Supervisor& supervisor, base::TimePoint began) override;

  const std::shared_ptr<media::Fanout> fanout_;
};

}  // namespace fanlight::audio
