// SPDX-License-Identifier: Apache-2.0
// A microphone's running pipeline: one Opus encode for everybody who listens. Made and destroyed on the microphone's
// worker; its packets go to the Fanout on a streaming thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audio/device_fragment.h"
#include "audio/voice_processing.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "media/fanout.h"

namespace fanlight::audio {

class MicrophonePipeline {
  struct Key {};

 public:
  struct Needs {
    config::Audio settings;
    std::shared_ptr<media::Fanout> fanout;
    std::shared_ptr<EchoReference> reference;  ///< null: there is no speaker beside it
    gst::TimeBase timeBase;
    glib::MainContext context;  ///< where `onError` is called
    gst::Pipeline::ErrorHandler onError;
  };
  /// What a start came to, for the log.
  using Summary = std::string;

  /// Fails with the first reason why it cannot start.
  static base::Result<std::unique_ptr<MicrophonePipeline>> start(const Needs& needs);
  /// For start() alone.
  MicrophonePipeline(Key, DeviceFragment source, const Needs& needs);
  ~MicrophonePipeline();
  MicrophonePipeline(const MicrophonePipeline&) = delete;
  MicrophonePipeline& operator=(const MicrophonePipeline&) = delete;

  Summary summary() const { return source_.what + processing_->what(); }

 private:
  base::Result<> build(const Needs& needs);

  const DeviceFragment source_;
  const std::shared_ptr<media::Fanout> fanout_;
  gst::Pipeline pipeline_;
  gst::PadProbe tone_;
  std::optional<VoiceProcessing> processing_;
};

}  // namespace fanlight::audio
