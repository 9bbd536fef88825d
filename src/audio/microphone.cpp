// SPDX-License-Identifier: Apache-2.0
#include "audio/microphone.h"

#include <utility>

#include "base/log.h"

namespace fanlight::audio {

Microphone::Microphone(config::Audio settings, const SoundServices& services, std::shared_ptr<EchoReference> reference,
                       StateHandler onState)
    : KeptDevice({"microphone", "mic", "the microphone gives nothing"}, std::move(settings), services,
                 std::move(reference), std::move(onState)),
      fanout_(std::make_shared<media::Fanout>(services.clock)) {}

Microphone::Keeper::Maker Microphone::maker(gst::Pipeline::ErrorHandler onError) {
  MicrophonePipeline::Needs needs{settings(),         fanout_,           reference(), services().timeBase,
                                  services().context, std::move(onError)};
  return [needs = std::move(needs)] { return MicrophonePipeline::start(needs); };
}

void Microphone::onStarted(const MicrophonePipeline::Summary& what) {
  base::logInfo("audio", "'{}' hears: {}", settings().id.value(), what);
}

void Microphone::observe(media::Supervisor& supervisor, base::TimePoint began) {
  if (const auto packet = fanout_->lastFrame(); packet && *packet >= began)
    supervisor.onFrame(*packet);
}

}  // namespace fanlight::audio
