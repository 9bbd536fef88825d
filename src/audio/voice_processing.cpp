// SPDX-License-Identifier: Apache-2.0
// webrtcdsp of GStreamer's bad plugins, which is libwebrtc's own processing; and the gate of half-duplex.
#include "audio/voice_processing.h"

#include <cstdint>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "gst/mapped_buffer.h"
#include "media/voice.h"

namespace fanlight::audio {
namespace {

constexpr std::string_view kConvert =
    "audioconvert ! audioresample ! {} ! identity name=captured silent=true{} ! identity name=clean silent=true";

// By the times of what is played and captured, not by guessing: as Debian 12 builds it, neither `delay-agnostic` nor
// `extended-filter` makes a difference here, and without times the reference would be off by the speaker's buffer.
constexpr std::string_view kProcess =
    " ! webrtcdsp name=processor echo-cancel={} probe={} delay-agnostic=false noise-suppression=true gain-control=true "
    "high-pass-filter=true voice-detection=false";

// In the pipeline of the microphone, where the processor finds it before anything plays.
constexpr std::string_view kReference =
    "appsrc name=reference caps={} format=time is-live=true block=false max-time=1000000000 max-bytes=0 max-buffers=0 "
    "leaky-type=downstream ! webrtcechoprobe";

/// Fades over one buffer, of ten milliseconds mostly: a gate that snaps is heard as a click.
class Gate {
 public:
  /// `opensWhenProven`: as soon as what the canceller takes out has been shown to be enough.
  Gate(std::shared_ptr<EchoReference> reference, bool opensWhenProven, base::AudioId id)
      : reference_(std::move(reference)), opensWhenProven_(opensWhenProven), id_(std::move(id)) {}

  GstPadProbeReturn pass(GstPadProbeInfo* info) {
    const bool isOpen = opensWhenProven_ && reference_->watch().isProven();
    if (isOpen != std::exchange(wasOpen_, isOpen))
      tell(isOpen);
    const bool isClosed = !isOpen && reference_->isAudibleAt(GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(info)));
    const double target = isClosed ? 0 : 1;
    if (gain_ == 1 && target == 1)
      return GST_PAD_PROBE_OK;
    GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
    GST_PAD_PROBE_INFO_DATA(info) = buffer;
    GstMapInfo map = GST_MAP_INFO_INIT;
    if (!gst_buffer_map(buffer, &map, GST_MAP_READWRITE))
      return GST_PAD_PROBE_DROP;
    auto* samples = reinterpret_cast<std::int16_t*>(map.data);
    const double count = static_cast<double>(map.size) / sizeof(std::int16_t);
    for (double i = 0; i < count; ++i, ++samples)
      *samples = static_cast<std::int16_t>(*samples * (gain_ + (target - gain_) * i / count));
    gst_buffer_unmap(buffer, &map);
    gain_ = target;
    return GST_PAD_PROBE_OK;
  }

 private:
  void tell(bool isOpen) const {
    if (isOpen)
      base::logEvent(
          base::LogLevel::Info, "audio", {{"EVENT", "full-duplex"}, {"AUDIO", id_.value()}},
          "the echo of the speaker of '{}' is taken out, by {:.0f} dB, {:.0f} ms behind the times of its devices: "
          "its microphone stays open from now on",
          id_.value(), reference_->watch().figures().all, reference_->watch().course().delay);
    else
      base::logEvent(
          base::LogLevel::Info, "audio", {{"EVENT", "half-duplex"}, {"AUDIO", id_.value()}},
          "the echo of the speaker of '{}' is not known to be taken out any more: speaker and microphone take turns",
          id_.value());
  }

  const std::shared_ptr<EchoReference> reference_;
  const bool opensWhenProven_;
  const base::AudioId id_;
  bool wasOpen_ = false;
  double gain_ = 1;
};

/// What passes the element of this name is shown to the reference.
gst::PadProbe watch(GstElement* bin, const char* name, std::shared_ptr<EchoReference> reference,
                    void (EchoReference::*seen)(std::span<const std::int16_t>, GstClockTime)) {
  const auto element = gst::findElement(bin, name);
  return {gst::staticPad(element.get(), "sink"), GST_PAD_PROBE_TYPE_BUFFER,
          [reference = std::move(reference), seen](GstPad*, GstPadProbeInfo* info) {
            GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
            const gst::MappedBuffer bytes(buffer);
            ((*reference).*seen)({reinterpret_cast<const std::int16_t*>(bytes.bytes().data()),
                                  bytes.bytes().size() / sizeof(std::int16_t)},
                                 GST_BUFFER_PTS(buffer));
            return GST_PAD_PROBE_OK;
          }};
}

}  // namespace

base::Result<VoiceProcessing> VoiceProcessing::create(gst::Pipeline& pipeline, const config::Audio& settings,
                                                      std::shared_ptr<EchoReference> reference) {
  VoiceProcessing made;
  // The test tone is what is measured with, and no voice.
  const bool isVoice = settings.voiceProcessing && settings.microphone != config::SoundKind::Test;
  const bool isProcessed = isVoice && gst::hasElement("webrtcdsp");
  std::string probe = "none";
  if (isProcessed && reference) {
    const auto branch = pipeline.addSource(fmt::format(kReference, media::kVoiceCaps));
    if (!branch)
      return tl::unexpected(branch.error());
    auto end = gst::makeElement("fakesink");
    if (!end)
      return tl::unexpected(end.error());
    gst::setBoolean(end->get(), "sync", false);
    gst::setBoolean(end->get(), "async", false);
    if (!gst_element_link(*branch, pipeline.add(std::move(*end))))
      return base::fail(base::ErrorCode::Internal, "the echo's reference cannot be linked");
    made.source_ = gst::findElement(*branch, "reference");
    // Found in the whole process by the name that GStreamer gave it, which no other has.
    const auto element = gst::findElementOf(*branch, "webrtcechoprobe");
    probe = GST_OBJECT_NAME(element.get());
  }
  const std::string process = isProcessed ? fmt::format(kProcess, made.source_ ? "true" : "false", probe) : "";
  const auto bin = pipeline.addBin(fmt::format(kConvert, media::kVoiceCaps, process));
  if (!bin)
    return tl::unexpected(bin.error());
  made.bin_ = *bin;
  made.what_ = isProcessed ? made.source_ ? ", without its echo and noise" : ", without its noise" : "";
  if (made.source_ || (reference && reference->isRecorded())) {
    made.captured_ = watch(*bin, "captured", reference, &EchoReference::captured);
    made.cleaned_ = watch(*bin, "clean", reference, &EchoReference::cleaned);
  }
  if (reference && settings.duplex != config::Duplex::Full) {
    const bool canBeProven = made.source_ && settings.duplex == config::Duplex::Auto;
    made.what_ += canBeProven ? ", half-duplex until that is proven" : ", half-duplex";
    const auto clean = gst::findElement(*bin, "clean");
    made.gate_ = gst::PadProbe(gst::staticPad(clean.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                               [gate = std::make_shared<Gate>(reference, canBeProven, settings.id)](
                                   GstPad*, GstPadProbeInfo* info) { return gate->pass(info); });
  }
  made.reference_ = std::move(reference);
  return made;
}

void VoiceProcessing::begin(const gst::Pipeline& pipeline) {
  if (!source_)
    return;
  reference_->setCaptureLatency(pipeline.latency());
  reference_->open(source_.clone());
}

VoiceProcessing::~VoiceProcessing() {
  if (source_)
    reference_->close();
}

}  // namespace fanlight::audio
