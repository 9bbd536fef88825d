// SPDX-License-Identifier: Apache-2.0
#include "audio/speaker.h"

#include <utility>

#include "base/log.h"

namespace fanlight::audio {

Speaker::Speaker(config::Audio settings, const SoundServices& services, std::shared_ptr<EchoReference> reference,
                 StateHandler onState)
    : KeptDevice({"speaker", "spk", "the speaker takes nothing"}, std::move(settings), services, std::move(reference),
                 std::move(onState)) {}

Speaker::Keeper::Maker Speaker::maker(gst::Pipeline::ErrorHandler onError) {
  SpeakerPipeline::Needs needs{
      settings(),         places_,          playedAt_,         reference(), services().timeBase,
      services().context, services().clock, std::move(onError)};
  return [needs = std::move(needs)] { return SpeakerPipeline::start(needs); };
}

void Speaker::onStarted(const SpeakerPipeline::Summary& what) {
  base::logInfo("audio", "'{}' is heard by: {}", settings().id.value(), what);
}

void Speaker::observe(media::Supervisor& supervisor, base::TimePoint began) {
  if (const base::TimePoint played = playedAt_->load(std::memory_order_relaxed); played >= began)
    supervisor.onFrame(played);
}

}  // namespace fanlight::audio
