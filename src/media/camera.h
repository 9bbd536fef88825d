// SPDX-License-Identifier: Apache-2.0
// One camera: runs its pipeline while somebody wants pictures, and starts it anew when they stop coming. Main thread;
// the pipeline lives on the camera's own worker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/capture_pipeline.h"
#include "media/encoder_use.h"
#include "media/pipeline_keeper.h"

namespace fanlight::media {

/// What all cameras of the process share.
struct CameraServices {
  glib::MainContext context;
  gst::TimeBase timeBase;
  const base::Clock& clock;
  std::shared_ptr<DeviceClaims> claims;
  std::shared_ptr<board::EncoderProbe> encoders;
};

class Camera final : private PipelineKeeper<CapturePipeline>::Owner {
 public:
  using State = Supervisor::State;
  using Demand = media::Demand;
  using View = media::View;
  /// The state, the reason, the mode or the encoder of this camera has changed, or whether it is frozen.
  using StateHandler = std::function<void(const Camera&)>;

  Camera(config::Camera settings, std::vector<RenditionSettings> renditions, const CameraServices& services,
         StateHandler onState);
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  [[nodiscard]] Demand demand() { return keeper_.demand(); }
  [[nodiscard]] View view(std::size_t rendition = 0) { return {demand(), fanout(rendition)}; }
  const std::shared_ptr<StillFrames>& stillFrames() const { return stillFrames_; }
  const std::shared_ptr<Fanout>& fanout(std::size_t rendition = 0) const { return renditions_[rendition].fanout; }
  /// From now on it is this one, of the same id. Where more than its name has changed a new pipeline takes the place of
  /// the one that runs; viewers stay. `renditions`: as many as before.
  void apply(config::Camera settings, const std::vector<RenditionSettings>& renditions);
  void setName(std::string name);
  void setBitrate(base::Bitrate bitrate, std::size_t rendition = 0);
  /// Takes effect at once, and for every later start; nobody who watches is disturbed.
  void setPace(const Pace& pace);
  /// Whether it gives less than it is set up for. Never of a source whose own H.264 is passed through.
  double paceRatio() const { return isSlowed() ? static_cast<double>(pace_.numerator) / pace_.denominator : 1; }
  bool isSlowed() const { return !pace_.isFull() && mode_.format != CaptureMode::Format::H264; }
  /// Something was plugged into the machine, which may be what this one waits for.
  void onPlugged() { keeper_.onPlugged(); }
  /// Ends its pipeline for good, whoever demands pictures, and calls `closed` once that is done: never where the
  /// device's driver hangs, which would keep the destructor waiting as well. The last call but for those that only
  /// look.
  void close(std::function<void()> closed) { keeper_.close(std::move(closed)); }

  const config::Camera& settings() const { return settings_; }
  State state() const { return supervisor().state(); }
  const std::optional<base::Error>& trouble() const { return supervisor().trouble(); }
  /// How long it has been Away, through all tries.
  std::optional<base::Duration> awayFor() const { return keeper_.awayFor(); }
  std::string reason() const { return supervisor().reason(); }
  /// It gives pictures, all of them the same.
  bool isFrozen() const { return supervisor().isFrozen(); }
  /// What it gives, or was asked for where it has not started yet.
  const CaptureMode& mode() const { return mode_; }
  /// Of its first encode; none where it has never run.
  const std::optional<EncoderUse>& encoder() const { return encoder_; }
  /// Of its first encode.
  telemetry::EncodeFigures encodeFigures() const { return renditions_.front().fanout->figures(); }
  /// When the encode that is furthest behind gave its last picture, in any run; none where one has not given any.
  std::optional<base::TimePoint> lastFrameOfAll() const;
  /// How often its pipeline was started, and how many of those were because of a fault.
  telemetry::Count starts() const { return keeper_.starts(); }
  telemetry::Count restarts() const { return keeper_.restarts(); }
  telemetry::Count encoderRestarts() const { return encoderRestarts_; }
  const gst::Worker& worker() const { return keeper_.worker(); }
  /// Whether what runs, or is to be tried again, has not been looked at for seconds: nothing would heal it any more.
  bool isNeglected() const { return keeper_.isNeglected(); }

 private:
  using Keeper = PipelineKeeper<CapturePipeline>;

  Keeper::Maker maker(gst::Pipeline::ErrorHandler onError) override;
  void onStarted(const CapturePipeline::Summary& started) override;
  void observe(Supervisor& supervisor, base::TimePoint began) override;
  void restartEncoder() override;
  void afterReview() override;

  const Supervisor& supervisor() const { return keeper_.supervisor(); }
  /// The encode that is furthest behind.
  std::size_t slowest() const;
  /// Where it is time for that.
  void measure();
  void afterMeasured(int corePercent);
  /// What is logged of one, behind the camera's name: of its end only where pictures show it.
  struct Fault {
    std::string_view began;  ///< the event's name, for the journal
    std::string begins;
    std::string_view ended;
    std::string_view ends;
  };
  /// What was told last, in the log and to the StateHandler.
  struct Told {
    State state = State::Idle;
    std::string reason;
    bool isFrozen = false;
    bool isEncoderStalled = false;
  };
  void tell();
  void logFault(bool hasBegun, const Fault& fault) const;

  config::Camera settings_;
  std::vector<Rendition> renditions_;
  const std::shared_ptr<StillFrames> stillFrames_;
  const OwnH264Unfit isOwnH264Unfit_ = std::make_shared<std::atomic<bool>>(false);
  const CameraServices services_;
  const StateHandler onState_;
  CaptureMode mode_;
  Pace pace_;
  std::optional<EncoderUse> encoder_;
  std::optional<base::TimePoint> measuredAt_;  ///< in this run
  telemetry::Count encoderRestarts_ = 0;
  Told told_;
  Keeper keeper_;
};

}  // namespace fanlight::media
