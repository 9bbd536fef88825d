// SPDX-License-Identifier: Apache-2.0
// Between a microphone and its encoder: the echo of the speaker is taken out, noise and level are seen to, and where
// the speaker and the microphone take turns, what holds an echo is silence. Made and destroyed on the microphone's
// worker.
#pragma once

#include <memory>
#include <string>

#include "audio/echo_reference.h"
#include "base/result.h"
#include "config/settings.h"
#include "gst/element.h"
#include "gst/pipeline.h"

namespace fanlight::audio {

class VoiceProcessing {
 public:
  /// Adds its elements to `pipeline`. `reference`: of the speaker beside the microphone; null where there is none.
  /// Fails with Unsupported where an element is missing that GStreamer itself comes with.
  static base::Result<VoiceProcessing> create(gst::Pipeline& pipeline, const config::Audio& settings,
                                              std::shared_ptr<EchoReference> reference);
  VoiceProcessing(VoiceProcessing&&) noexcept = default;
  ~VoiceProcessing();

  /// Takes raw sound of any format, gives media::kVoiceCaps. Borrowed from the pipeline.
  GstElement* bin() const { return bin_; }
  /// Once the pipeline plays: what is played is taken out from now on.
  void begin(const gst::Pipeline& pipeline);
  /// What is done, for the log: ", without its echo, half-duplex".
  const std::string& what() const { return what_; }

 private:
  VoiceProcessing() = default;

  GstElement* bin_ = nullptr;
  gst::Ref<GstElement> source_;  ///< of the reference; null where no echo is cancelled
  std::shared_ptr<EchoReference> reference_;
  gst::PadProbe captured_;
  gst::PadProbe cleaned_;
  gst::PadProbe gate_;
  std::string what_;
};

}  // namespace fanlight::audio
