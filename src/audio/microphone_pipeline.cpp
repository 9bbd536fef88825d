// SPDX-License-Identifier: Apache-2.0
// The pipeline's text, and the way out of it: appsink, Fanout.
#include "audio/microphone_pipeline.h"

#include <utility>

#include <fmt/format.h>
#include <gst/app/gstappsink.h>

#include "audio/test_tone.h"

namespace fanlight::audio {
namespace {

/// Speech over networks that lose packets: half of a lost one is in the next one.
constexpr std::string_view kEncode =
    "opusenc bitrate={} audio-type=voice frame-size=20 inband-fec=true packet-loss-percentage=5 "
    "perfect-timestamp=true "
    "! appsink name=out sync=false async=false max-buffers=50 drop=true enable-last-sample=false";

// Any packet can be the first: the decoder needs nothing that came before.
GstFlowReturn onSample(GstAppSink* sink, gpointer data) noexcept {
  const auto sample = gst::Ref<GstSample>::adopt(gst_app_sink_pull_sample(sink));
  if (!sample)
    return GST_FLOW_OK;
  media::AccessUnit packet = media::copyOf(sample.get());
  packet.isKeyFrame = true;
  static_cast<media::Fanout*>(data)->push(std::move(packet));
  return GST_FLOW_OK;
}

}  // namespace

base::Result<std::unique_ptr<MicrophonePipeline>> MicrophonePipeline::start(const Needs& needs) {
  auto source = findMicrophone(needs.settings);
  if (!source)
    return tl::unexpected(source.error());
  auto pipeline = std::make_unique<MicrophonePipeline>(Key{}, std::move(*source), needs);
  if (auto built = pipeline->build(needs); !built)
    return tl::unexpected(built.error());
  return pipeline;
}

MicrophonePipeline::MicrophonePipeline(Key, DeviceFragment source, const Needs& needs)
    : source_(std::move(source)),
      fanout_(needs.fanout),
      pipeline_(
          needs.settings.id.value().c_str(), needs.timeBase, needs.context,
          [what = source_.what, onError = needs.onError](const std::string& text) { onError(what + ": " + text); }) {}

MicrophonePipeline::~MicrophonePipeline() {
  processing_.reset();
  pipeline_.end();
  fanout_->end();
}

base::Result<> MicrophonePipeline::build(const Needs& needs) {
  // A fragment may end in caps, which gst-launch's syntax allows between two elements only.
  const auto source = pipeline_.addSource(source_.description + " ! identity silent=true");
  if (!source)
    return tl::unexpected(source.error());
  auto processing = VoiceProcessing::create(pipeline_, needs.settings, needs.reference);
  if (!processing)
    return tl::unexpected(processing.error());
  processing_.emplace(std::move(*processing));
  const auto encode = pipeline_.addBin(fmt::format(kEncode, needs.settings.bitrate.bitsPerSecond));
  if (!encode)
    return tl::unexpected(encode.error());
  if (!gst_element_link_many(*source, processing_->bin(), *encode, nullptr))
    return base::fail(base::ErrorCode::Internal, "the microphone's fragment does not end in one open pad");
  if (const auto tone = gst::findElement(*source, "tone"))
    tone_ = writeTestTone(tone.get());
  const auto sink = gst::findElement(*encode, "out");
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = onSample;
  // The pipeline is stopped before the Fanout goes.
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, fanout_.get(), nullptr);
  fanout_->begin(nullptr);
  if (auto playing = pipeline_.setState(GST_STATE_PLAYING); !playing)
    return playing;
  processing_->begin(pipeline_);
  return {};
}

}  // namespace fanlight::audio
