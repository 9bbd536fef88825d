// SPDX-License-Identifier: Apache-2.0
// One camera: runs its pipeline while somebody wants pictures, and starts it anew when they stop coming. Main thread;
// the pipeline lives on the camera's own worker.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "gst/worker.h"
#include "media/capture_pipeline.h"
#include "media/encoder_use.h"
#include "media/supervisor.h"

namespace fanlight::media {

/// What all cameras of the process share.
struct CameraServices {
  glib::MainContext context;
  gst::TimeBase timeBase;
  const base::Clock& clock;
  std::shared_ptr<DeviceClaims> claims;
  std::shared_ptr<board::EncoderProbe> encoders;
};

class Camera {
 public:
  using State = Supervisor::State;
  /// Keeps the camera running while it is held. May outlive the camera. Main thread.
  using Demand = std::shared_ptr<void>;
  /// One encode, and what keeps it coming: whoever watches it holds both.
  struct View {
    Demand demand;
    std::shared_ptr<Fanout> fanout;
  };
  /// The state, the reason, the mode or the encoder of this camera has changed, or whether it is frozen.
  using StateHandler = std::function<void(const Camera&)>;

  Camera(config::Camera settings, std::vector<RenditionSettings> renditions, const CameraServices& services,
         StateHandler onState);
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  [[nodiscard]] Demand demand();
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
  void onPlugged() { supervisor_.onPlugged(services_.clock.now()); }
  /// Ends its pipeline for good, whoever demands pictures, and calls `closed` once that is done: never where the
  /// device's driver hangs, which would keep the destructor waiting as well. The last call but for those that only
  /// look.
  void close(std::function<void()> closed);

  const config::Camera& settings() const { return settings_; }
  State state() const { return supervisor_.state(); }
  const std::optional<base::Error>& trouble() const { return supervisor_.trouble(); }
  /// How long it has been Away, through all tries.
  std::optional<base::Duration> awayFor() const;
  std::string reason() const { return supervisor_.reason(); }
  /// It gives pictures, all of them the same.
  bool isFrozen() const { return supervisor_.isFrozen(); }
  /// What it gives, or was asked for where it has not started yet.
  const CaptureMode& mode() const { return mode_; }
  /// Of its first encode; none where it has never run.
  const std::optional<EncoderUse>& encoder() const { return encoder_; }
  /// Of its first encode.
  telemetry::EncodeFigures encodeFigures() const { return renditions_.front().fanout->figures(); }
  /// When the encode that is furthest behind gave its last picture, in any run; none where one has not given any.
  std::optional<base::TimePoint> lastFrameOfAll() const;
  /// How often its pipeline was started, and how many of those were because of a fault.
  telemetry::Count starts() const { return starts_; }
  telemetry::Count restarts() const { return restarts_; }
  telemetry::Count encoderRestarts() const { return encoderRestarts_; }
  const gst::Worker& worker() const { return *worker_; }
  /// Whether what runs, or is to be tried again, has not been looked at for seconds: nothing would heal it any more.
  bool isNeglected() const;

 private:
  /// What the worker holds; one is made for each start, so that a late one is never taken for the present.
  struct Run {
    std::unique_ptr<CapturePipeline> pipeline;
    std::atomic<bool> isOver = false;  ///< stopped, perhaps before the worker came to start it
    /// When the worker came to start it: what came before is the former pipeline's, which goes on until then.
    std::atomic<base::TimePoint> began = base::TimePoint::max();
    EncoderMeter meter;
  };

  void release();
  void review();
  /// What has come of this run since the last review.
  void observe();
  /// The encode that is furthest behind.
  std::size_t slowest() const;
  void act(Supervisor::Action action);
  void start();
  void restartEncoder();
  void stop();
  struct Started {
    CaptureMode mode;
    const board::EncoderKind* encoder;
    std::string what;  ///< for the log
  };
  void afterStart(const std::shared_ptr<Run>& run, const base::Result<Started>& started);
  void afterError(const std::shared_ptr<Run>& run, const base::Error& error);
  /// Where it is time for that.
  void measure();
  void afterMeasured(const std::shared_ptr<Run>& run, int corePercent);
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
  Supervisor supervisor_;
  CaptureMode mode_;
  Pace pace_;
  std::optional<EncoderUse> encoder_;
  std::optional<base::TimePoint> measuredAt_;  ///< in this run
  base::TimePoint reviewedAt_;
  int demands_ = 0;
  telemetry::Count starts_ = 0;
  telemetry::Count restarts_ = 0;
  telemetry::Count encoderRestarts_ = 0;
  std::shared_ptr<Run> run_;
  Told told_;
  glib::EventSource timer_;
  std::unique_ptr<gst::Worker> worker_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::media
