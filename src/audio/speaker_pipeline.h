// SPDX-License-Identifier: Apache-2.0
// A speaker's running pipeline: all voices mixed, and silence where nobody talks. Made and destroyed on the speaker's
// worker; voices come on streaming threads of those who talk.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "audio/device_fragment.h"
#include "audio/echo_reference.h"
#include "audio/voice_places.h"
#include "gst/element.h"
#include "gst/pipeline.h"

namespace fanlight::audio {

/// When the device last took sound. Any thread.
using PlayedAt = std::atomic<base::TimePoint>;

class SpeakerPipeline {
  struct Key {};

 public:
  struct Needs {
    config::Audio settings;
    std::shared_ptr<VoicePlaces> places;
    std::shared_ptr<PlayedAt> playedAt;
    std::shared_ptr<EchoReference> reference;  ///< null: there is no microphone beside it
    gst::TimeBase timeBase;
    glib::MainContext context;  ///< where `onError` is called
    const base::Clock& clock;
    gst::Pipeline::ErrorHandler onError;
  };
  /// What a start came to, for the log.
  using Summary = std::string;

  /// Fails with the first reason why it cannot start.
  static base::Result<std::unique_ptr<SpeakerPipeline>> start(const Needs& needs);
  /// For start() alone.
  SpeakerPipeline(Key, DeviceFragment device, const Needs& needs);
  ~SpeakerPipeline();
  SpeakerPipeline(const SpeakerPipeline&) = delete;
  SpeakerPipeline& operator=(const SpeakerPipeline&) = delete;

  Summary summary() const { return device_.what; }
  /// The element that the mixed sound passes just before the device. For tests.
  GstElement* last() const { return last_.get(); }

 private:
  base::Result<> build(const Needs& needs);
  void watch(const Needs& needs);

  const DeviceFragment device_;
  const std::shared_ptr<VoicePlaces> places_;
  // A mixer begins at a running time of zero: in the process's it would go through all that has passed, first.
  const gst::TimeBase timeBase_;
  const GstClockTime began_;  ///< when that was, of the process's
  gst::Pipeline pipeline_;
  gst::Ref<GstElement> last_;
  gst::PadProbe played_;
  gst::PadProbe latency_;
};

}  // namespace fanlight::audio
