// SPDX-License-Identifier: Apache-2.0
// What a microphone and a speaker have in common: each runs while somebody needs it, is started anew when it fails, and
// tells of its state. Main thread; the pipeline lives on a worker of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "audio/echo_reference.h"
#include "audio/sound_services.h"
#include "audio/state_log.h"
#include "config/settings.h"
#include "media/pipeline_keeper.h"

namespace fanlight::audio {

/// `Pipeline`: as media::PipelineKeeper has it. Whoever derives from this makes and observes it.
template <class Pipeline>
class KeptDevice : private media::PipelineKeeper<Pipeline>::Owner {
 public:
  using State = media::Supervisor::State;
  /// The state or the reason has changed.
  using StateHandler = std::function<void()>;

  KeptDevice(const KeptDevice&) = delete;
  KeptDevice& operator=(const KeptDevice&) = delete;

  /// See PipelineKeeper::close().
  void close(std::function<void()> closed) { keeper_.close(std::move(closed)); }

  const config::Audio& settings() const { return settings_; }
  State state() const { return keeper_.supervisor().state(); }
  /// Why it is Away, for a person; else empty.
  std::string reason() const {
    const auto& trouble = keeper_.supervisor().trouble();
    // The supervisor speaks of pictures.
    return trouble && trouble->code == base::ErrorCode::Timeout ? words_.silent : keeper_.supervisor().reason();
  }
  /// How often it was started.
  telemetry::Count starts() const { return keeper_.starts(); }
  bool isNeglected() const { return keeper_.isNeglected(); }
  const gst::Worker& worker() const { return keeper_.worker(); }

 protected:
  using Keeper = media::PipelineKeeper<Pipeline>;

  struct Words {
    std::string device;  ///< "microphone", in the log
    std::string thread;  ///< "mic", where a name must be short
    std::string silent;  ///< why it is Away where it does not say so itself
  };

  /// `reference`: which the two of one [[audio]] share; null where one of them is missing.
  KeptDevice(Words words, config::Audio settings, const SoundServices& services,
             std::shared_ptr<EchoReference> reference, StateHandler onState)
      : words_(std::move(words)),
        settings_(std::move(settings)),
        services_(services),
        reference_(std::move(reference)),
        onState_(std::move(onState)),
        log_(words_.device, settings_.id),
        keeper_(*this, words_.thread + ":" + settings_.id.value(), times(), services.context, services.clock) {}
  ~KeptDevice() override = default;

  media::Demand demand() { return keeper_.demand(); }
  const SoundServices& services() const { return services_; }
  const std::shared_ptr<EchoReference>& reference() const { return reference_; }

 private:
  /// A sound server may take seconds to start; something comes or goes every few milliseconds from then on.
  static media::SupervisorTimes times() {
    media::SupervisorTimes times;
    times.firstFrame = std::chrono::seconds(5);
    times.frame = std::chrono::seconds(2);
    return times;
  }

  void afterReview() final {
    if (log_.take(state(), reason()))
      onState_();
  }

  const Words words_;
  const config::Audio settings_;
  const SoundServices services_;
  const std::shared_ptr<EchoReference> reference_;
  const StateHandler onState_;
  StateLog log_;
  Keeper keeper_;
};

}  // namespace fanlight::audio
