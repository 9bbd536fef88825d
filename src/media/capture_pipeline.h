// SPDX-License-Identifier: Apache-2.0
// The running pipeline of a camera: capture, and one encode a rendition. Made, changed and destroyed on the camera's
// worker; its pictures go to the renditions' Fanouts on streaming threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "board/encoder_probe.h"
#include "glib/signal_connection.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "media/capture_source.h"
#include "media/encoder_use.h"
#include "media/file_loop.h"
#include "media/own_h264.h"
#include "media/pace.h"
#include "media/rate_limit.h"
#include "media/rendition.h"
#include "media/still_frames.h"

namespace fanlight::media {

class CapturePipeline {
  struct Key {};
  struct Branch {
    Rendition rendition;
    const board::Encoder* encoder;     ///< null: the source's own H.264 is passed through
    GstElement* bin;                   ///< borrowed from the pipeline
    std::string thread;                ///< that encodes, and those that it makes: their name, which no other has
    glib::SignalConnection overrun{};  ///< of the queue in front of it
  };

 public:
  struct Needs {
    config::Camera settings;
    std::vector<Rendition> renditions;
    std::shared_ptr<StillFrames> stillFrames;
    OwnH264Unfit isOwnH264Unfit;
    Pace pace;
    std::shared_ptr<DeviceClaims> claims;
    std::shared_ptr<board::EncoderProbe> encoders;
    gst::TimeBase timeBase;
    glib::MainContext context;  ///< where `onError` is called
    gst::Pipeline::ErrorHandler onError;
  };

  /// What a start came to.
  struct Summary {
    CaptureMode mode;
    const board::EncoderKind* encoder;  ///< null where the source's own H.264 is passed through
    std::string what;                   ///< for the log: the source and the encoders
  };

  /// Opens the source, chooses the encoders and starts. Fails with the first reason why it cannot.
  static base::Result<std::unique_ptr<CapturePipeline>> start(const Needs& needs);
  /// For start() alone.
  CapturePipeline(Key, CaptureSource source, std::vector<Branch> branches, const Needs& needs);
  ~CapturePipeline();
  CapturePipeline(const CapturePipeline&) = delete;
  CapturePipeline& operator=(const CapturePipeline&) = delete;

  /// Makes the encoder of one rendition anew while the source goes on. Blocks for as long as the old one takes to end.
  base::Result<> restartEncoder(std::size_t rendition);
  /// Takes effect at once, without a key frame; of what is passed through nobody can set it. `rendition` is an index
  /// into the Needs' renditions.
  void setBitrate(std::size_t rendition, base::Bitrate bitrate);
  /// The same for how many of the pictures are encoded. What is passed through stays as it is: each picture leans on
  /// the one before.
  void setPace(const Pace& pace);
  const CaptureMode& mode() const { return source_.mode; }
  Summary summary() const;
  /// What software encoders take, in per cent of a core, since it was last asked; none the first time, and where
  /// hardware encodes, or nothing.
  std::optional<int> measureEncoders(base::TimePoint now);

 private:
  const board::EncoderKind* encoder() const;
  /// CPU time of the encoding threads since they began; none where hardware encodes, or nothing.
  std::optional<base::Duration> encodeTime() const;
  std::string describe() const;
  base::Result<> build(const gst::TimeBase& timeBase);
  std::unique_lock<std::mutex> takeTurn() const;
  void limitRate(GstElement* capture);
  base::Result<> linkCapture(GstElement* capture, const gst::TimeBase& timeBase);
  base::Result<std::string> describeBranch(const Branch& branch) const;
  base::Result<> addBranch(Branch& branch);
  base::Result<> linkBranch(const Branch& branch);
  void removeBranch(Branch& branch);
  static void connectOutput(const Branch& branch);
  static void countLate(Branch& branch);
  void applyBitrate(const Branch& branch) const;
  void connectStills();

  const CaptureSource source_;
  std::vector<Branch> branches_;
  const std::shared_ptr<StillFrames> stillFrames_;
  const OwnH264Unfit isOwnH264Unfit_;
  Pace pace_;
  EncoderMeter meter_;
  const std::shared_ptr<RateLimit> rateLimit_ = std::make_shared<RateLimit>(std::nullopt);
  gst::Pipeline pipeline_;
  GstElement* captured_ = nullptr;  ///< the tee behind the source, borrowed from the pipeline
  gst::PadProbe clockProbe_;
  gst::PadProbe rateProbe_;
  gst::PadProbe stillProbe_;
  gst::PadProbe ownH264Probe_;
  std::unique_ptr<FileLoop> fileLoop_;
};

}  // namespace fanlight::media
