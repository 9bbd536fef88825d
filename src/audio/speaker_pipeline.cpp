// SPDX-License-Identifier: Apache-2.0
// The pipeline's text, and the way into it: VoicePlaces, appsrcs.
#include "audio/speaker_pipeline.h"

#include <utility>

#include <fmt/format.h>

namespace fanlight::audio {
namespace {

/// From when a packet came until its sound is here: the viewer's jitter buffer (50 ms), decoding, and some for threads
/// that get their turn late.
constexpr GstClockTime kVoiceLatency = 65 * GST_MSECOND;

// Plays silence from the beginning, before anybody has said a word.
constexpr std::string_view kMix =
    "audiomixer name=mix force-live=true ignore-inactive-pads=true min-upstream-latency={} ! {} "
    "! identity name=last silent=true";

// What a mixer that stands still lets pile up is heard by nobody any more.
constexpr std::string_view kVoice =
    " appsrc name=voice{} caps={} format=time is-live=true min-latency={} block=false max-time=500000000 max-bytes=0 "
    "max-buffers=0 leaky-type=downstream ! mix.";

constexpr std::string_view kToDevice = "audioconvert ! audioresample ! {}";

std::string mixText() {
  std::string text = fmt::format(kMix, kVoiceLatency, media::kVoiceCaps);
  for (std::size_t place = 0; place < kVoicePlaces; ++place)
    text += fmt::format(kVoice, place, media::kVoiceCaps, kVoiceLatency);
  return text;
}

}  // namespace

base::Result<std::unique_ptr<SpeakerPipeline>> SpeakerPipeline::start(const Needs& needs) {
  auto device = findSpeaker(needs.settings);
  if (!device)
    return tl::unexpected(device.error());
  auto pipeline = std::make_unique<SpeakerPipeline>(Key{}, std::move(*device), needs);
  if (auto built = pipeline->build(needs); !built)
    return tl::unexpected(built.error());
  return pipeline;
}

SpeakerPipeline::SpeakerPipeline(Key, DeviceFragment device, const Needs& needs)
    : device_(std::move(device)),
      places_(needs.places),
      timeBase_(needs.timeBase.anew()),
      began_(timeBase_.after(needs.timeBase)),
      pipeline_(
          (needs.settings.id.value() + "-speaker").c_str(), timeBase_, needs.context,
          [what = device_.what, onError = needs.onError](const std::string& text) { onError(what + ": " + text); }) {}

SpeakerPipeline::~SpeakerPipeline() {
  places_->close();
  pipeline_.end();
}

base::Result<> SpeakerPipeline::build(const Needs& needs) {
  const auto mix = pipeline_.addSource(mixText());
  if (!mix)
    return tl::unexpected(mix.error());
  const auto device = pipeline_.addBin(fmt::format(kToDevice, device_.description));
  if (!device)
    return tl::unexpected(device.error());
  if (!gst_element_link(*mix, *device))
    return base::fail(base::ErrorCode::Internal, "the speaker's fragment does not begin with one open pad");
  last_ = gst::findElement(*mix, "last");
  watch(needs);
  if (auto playing = pipeline_.setState(GST_STATE_PLAYING); !playing)
    return playing;
  VoicePlaces::Sources sources;
  for (std::size_t place = 0; place < kVoicePlaces; ++place)
    sources[place] = gst::findElement(*mix, fmt::format("voice{}", place).c_str());
  places_->open(std::move(sources), began_);
  return {};
}

void SpeakerPipeline::watch(const Needs& needs) {
  // How long after its time a sample is heard, as the pipeline has agreed on with its device.
  const auto delay = std::make_shared<std::atomic<GstClockTime>>(0);
  latency_ = gst::PadProbe(gst::staticPad(last_.get(), "src"), GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
                           [delay](GstPad*, GstPadProbeInfo* info) {
                             GstEvent* event = GST_PAD_PROBE_INFO_EVENT(info);
                             GstClockTime latency = 0;
                             if (GST_EVENT_TYPE(event) != GST_EVENT_LATENCY)
                               return GST_PAD_PROBE_OK;
                             gst_event_parse_latency(event, &latency);
                             *delay = latency;
                             return GST_PAD_PROBE_OK;
                           });
  played_ = gst::PadProbe(gst::staticPad(last_.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                          [playedAt = needs.playedAt, reference = needs.reference, delay, began = began_,
                           &clock = needs.clock](GstPad*, GstPadProbeInfo* info) {
                            GstBuffer* sound = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
                            GST_PAD_PROBE_INFO_DATA(info) = sound;
                            // Devices pass over what is marked as a gap. One that is given no silence has run dry when
                            // the first word comes, and loses the beginning of it.
                            GST_BUFFER_FLAG_UNSET(sound, GST_BUFFER_FLAG_GAP);
                            playedAt->store(clock.now(), std::memory_order_relaxed);
                            if (reference)
                              reference->push(sound, GST_BUFFER_PTS(sound) + began + delay->load());
                            return GST_PAD_PROBE_OK;
                          });
}

}  // namespace fanlight::audio
