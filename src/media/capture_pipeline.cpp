// SPDX-License-Identifier: Apache-2.0
// The pipeline's text, and the way out of it: appsink, one copy, Fanout.
#include "media/capture_pipeline.h"

#include <atomic>
#include <utility>

#include <fmt/format.h>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include "media/test_picture.h"
#include "media/thread_time.h"

namespace fanlight::media {
namespace {

/// What every branch ends in. The parameter sets go in front of each IDR here, once for all viewers: one may begin with
/// any, or change over to it.
constexpr std::string_view kOutput =
    "h264parse config-interval=-1 ! video/x-h264,stream-format=avc,alignment=au "
    "! appsink name=out sync=false async=false max-buffers=4 enable-last-sample=false";

/// Until a camera's exposure, white balance and focus are found.
constexpr base::Duration kSettling = std::chrono::seconds(1);

GstFlowReturn onSample(GstAppSink* sink, gpointer data) noexcept {
  const auto sample = gst::Ref<GstSample>::adopt(gst_app_sink_pull_sample(sink));
  if (!sample)
    return GST_FLOW_OK;
  AccessUnit unit = copyOf(sample.get());
  unit.isKeyFrame = isIdr(unit.buffer.get());
  static_cast<Fanout*>(data)->push(std::move(unit));
  return GST_FLOW_OK;
}

/// GStreamer calls a queue's thread after the queue and its pad, and the kernel keeps 15 letters.
std::string nextThreadName() {
  static std::atomic<unsigned> number = 0;
  return fmt::format("enc{}:src", ++number);
}

std::string queueOf(const std::string& thread) {
  return thread.substr(0, thread.find(':'));
}

}  // namespace

base::Result<std::unique_ptr<CapturePipeline>> CapturePipeline::start(const Needs& needs) {
  auto source = openCaptureSource(needs.settings, *needs.claims, !*needs.isOwnH264Unfit);
  if (!source)
    return tl::unexpected(source.error());
  std::vector<Branch> branches;
  for (const Rendition& rendition : needs.renditions) {
    if (source->mode.format == CaptureMode::Format::H264) {
      branches.push_back({rendition, nullptr, nullptr, {}});
      continue;
    }
    const auto encoder =
        needs.encoders->choose(rendition.settings.encoder, encodeTask(rendition.settings, source->mode));
    if (!encoder)
      return tl::unexpected(encoder.error());
    branches.push_back({rendition, *encoder, nullptr, nextThreadName()});
  }
  auto pipeline = std::make_unique<CapturePipeline>(Key{}, std::move(*source), std::move(branches), needs);
  if (auto built = pipeline->build(needs.timeBase); !built)
    return tl::unexpected(built.error());
  return pipeline;
}

CapturePipeline::CapturePipeline(Key, CaptureSource source, std::vector<Branch> branches, const Needs& needs)
    : source_(std::move(source)),
      branches_(std::move(branches)),
      stillFrames_(needs.stillFrames),
      isOwnH264Unfit_(needs.isOwnH264Unfit),
      pace_(needs.pace),
      pipeline_(needs.settings.id.value().c_str(), needs.timeBase, needs.context, needs.onError) {}

CapturePipeline::~CapturePipeline() {
  // First: who joins meanwhile must not wait for an encoder that hangs.
  for (const Branch& branch : branches_)
    branch.rendition.fanout->end();
  stillProbe_.remove();
  stillFrames_->end();
  {
    const auto turn = takeTurn();
    pipeline_.end();
  }
  // Of what the encoders gave to their end.
  for (const Branch& branch : branches_)
    branch.rendition.fanout->end();
}

base::Result<> CapturePipeline::build(const gst::TimeBase& timeBase) {
  // A fragment may end in caps, which gst-launch's syntax allows between two elements only.
  const auto capture = pipeline_.addSource(source_.description + " ! identity silent=true");
  if (!capture)
    return tl::unexpected(capture.error());
  auto tee = gst::makeElement("tee");
  if (!tee)
    return tl::unexpected(tee.error());
  // While the only encoder is made anew nobody takes the pictures.
  g_object_set(tee->get(), "allow-not-linked", TRUE, nullptr);
  captured_ = pipeline_.add(std::move(*tee));
  if (auto linked = linkCapture(*capture, timeBase); !linked)
    return linked;
  if (const auto picture = gst::findElement(*capture, "picture"))
    clockProbe_ = drawClockOn(picture.get());
  limitRate(*capture);
  for (Branch& branch : branches_) {
    if (auto added = addBranch(branch); !added)
      return added;
    if (auto linked = linkBranch(branch); !linked)
      return linked;
  }
  if (!pace_.isFull())
    setPace(pace_);
  connectStills();
  const bool isOwn = source_.kind == CaptureSource::Kind::Device && mode().format == CaptureMode::Format::H264;
  if (isOwn)
    ownH264Probe_ = watchOwnH264(gst::findElement(branches_.front().bin, "out").get(), isOwnH264Unfit_);
  const auto turn = takeTurn();
  return pipeline_.setState(GST_STATE_PLAYING);
}

void CapturePipeline::limitRate(GstElement* capture) {
  if (mode().format == CaptureMode::Format::H264)
    return;
  if (source_.mayBeTooFast)
    rateLimit_->setRate(mode().frameRate);
  // What is not taken need not be decoded either.
  const auto decoder = gst::findElementOf(capture, "jpegdec");
  rateProbe_ = gst::PadProbe(decoder ? gst::staticPad(decoder.get(), "sink") : gst::staticPad(capture, "src"),
                             GST_PAD_PROBE_TYPE_BUFFER, [limit = rateLimit_](GstPad*, GstPadProbeInfo* info) {
                               GstBuffer* picture = gst_pad_probe_info_get_buffer(info);
                               return limit->takes(GST_BUFFER_PTS(picture)) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
                             });
}

void CapturePipeline::setPace(const Pace& pace) {
  pace_ = pace;
  const bool isLimited = source_.mayBeTooFast || !pace.isFull();
  rateLimit_->setRate(isLimited ? std::optional(atPace(pace, mode().frameRate)) : std::nullopt);
  for (const Branch& branch : branches_)
    applyBitrate(branch);
}

std::unique_lock<std::mutex> CapturePipeline::takeTurn() const {
  return source_.turn ? std::unique_lock(*source_.turn) : std::unique_lock<std::mutex>();
}

base::Result<> CapturePipeline::linkCapture(GstElement* capture, const gst::TimeBase& timeBase) {
  bool isLinked = false;
  if (source_.kind == CaptureSource::Kind::File) {
    // It comes as fast as it is taken: each picture is held until it is due.
    auto pace = gst::makeElement("clocksync");
    if (!pace)
      return tl::unexpected(pace.error());
    fileLoop_ = std::make_unique<FileLoop>(capture, timeBase);
    isLinked = gst_element_link_many(capture, pipeline_.add(std::move(*pace)), captured_, nullptr) != FALSE;
  } else {
    isLinked = gst_element_link(capture, captured_) != FALSE;
  }
  if (!isLinked)
    return base::fail(base::ErrorCode::Internal, "the capture fragment does not end in one open pad");
  return {};
}

base::Result<std::string> CapturePipeline::describeBranch(const Branch& branch) const {
  // Passed through: each picture leans on the one before, so that none may be dropped.
  if (!branch.encoder)
    return std::string(kOutput);
  return board::renderEncoder(*branch.encoder, encodeTask(branch.rendition.settings, source_.mode))
      .map([&branch](const std::string& encoder) {
        // An encoder that is too slow loses raw pictures in the queue, before they cost anything, and holds up nobody.
        return fmt::format(
            "queue name={} leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0 ! {} ! {}",
            queueOf(branch.thread), encoder, kOutput);
      });
}

base::Result<> CapturePipeline::addBranch(Branch& branch) {
  const auto description = describeBranch(branch);
  if (!description)
    return tl::unexpected(description.error());
  const auto bin = pipeline_.addBin(*description);
  if (!bin)
    return tl::unexpected(bin.error());
  branch.bin = *bin;
  connectOutput(branch);
  if (branch.encoder)
    countLate(branch);
  return {};
}

base::Result<> CapturePipeline::linkBranch(const Branch& branch) {
  if (!gst_element_link(captured_, branch.bin))
    return base::fail(base::ErrorCode::Internal, "the encode fragment does not begin with one open pad");
  return {};
}

void CapturePipeline::removeBranch(Branch& branch) {
  // First: who joins meanwhile must not wait for an encoder that hangs.
  branch.rendition.fanout->end();
  const auto given = gst::Ref<GstPad>::adopt(gst_pad_get_peer(gst::staticPad(branch.bin, "sink").get()));
  // The tee gives nothing more to a pad that it has let go of, whatever the branch does with the picture that it has.
  gst_element_release_request_pad(captured_, given.get());
  pipeline_.remove(std::exchange(branch.bin, nullptr));
}

base::Result<> CapturePipeline::restartEncoder(std::size_t rendition) {
  Branch& branch = branches_[rendition];
  if (!branch.encoder)
    return {};
  removeBranch(branch);
  branch.thread = nextThreadName();
  if (auto added = addBranch(branch); !added)
    return added;
  // Before it is linked: a picture that meets an element which is not started yet stops the source, without a word.
  if (!gst_element_sync_state_with_parent(branch.bin))
    return base::fail(base::ErrorCode::Unavailable, "the encoder could not be started again");
  if (auto linked = linkBranch(branch); !linked)
    return linked;
  applyBitrate(branch);
  pipeline_.distributeLatency();
  return {};
}

// A queue that leaks says so once for each picture, before it drops the one that waits.
void CapturePipeline::countLate(Branch& branch) {
  const auto queue = gst::findElement(branch.bin, queueOf(branch.thread).c_str());
  branch.overrun = glib::connectDirect<void(GstElement*)>(
      queue.get(), "overrun", [fanout = branch.rendition.fanout](GstElement*) { fanout->noteLate(); });
}

void CapturePipeline::connectOutput(const Branch& branch) {
  const auto sink = gst::findElement(branch.bin, "out");
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = onSample;
  // The pipeline is stopped before the branches, which own the Fanout, go.
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, branch.rendition.fanout.get(), nullptr);
  if (!branch.encoder)
    return branch.rendition.fanout->begin(nullptr);
  const auto encoder = std::make_shared<gst::Ref<GstElement>>(gst::findElement(branch.bin, "encoder"));
  branch.rendition.fanout->begin([encoder, ask = branch.encoder->kind->askForKeyFrame] { ask(encoder->get()); });
}

void CapturePipeline::connectStills() {
  stillFrames_->begin(source_.kind == CaptureSource::Kind::Device ? kSettling : base::Duration());
  const bool isPassed = mode().format == CaptureMode::Format::H264;
  // Of pictures that are passed through, where they have come into the format that isIdr() reads.
  const auto passed = isPassed ? gst::findElement(branches_.front().bin, "out") : nullptr;
  stillProbe_ = gst::PadProbe(gst::staticPad(isPassed ? passed.get() : captured_, "sink"), GST_PAD_PROBE_TYPE_BUFFER,
                              [isPassed, stills = stillFrames_](GstPad* pad, GstPadProbeInfo* info) {
                                GstBuffer* picture = gst_pad_probe_info_get_buffer(info);
                                const auto caps = gst::Ref<GstCaps>::adopt(gst_pad_get_current_caps(pad));
                                if (!isPassed || isIdr(picture))
                                  stills->push(picture, caps.get());
                                return GST_PAD_PROBE_OK;
                              });
}

void CapturePipeline::setBitrate(std::size_t rendition, base::Bitrate bitrate) {
  branches_[rendition].rendition.settings.bitrate = bitrate;
  applyBitrate(branches_[rendition]);
}

void CapturePipeline::applyBitrate(const Branch& branch) const {
  // It has no bin where a new encoder could not be made, which ends the pipeline soon.
  if (!branch.encoder || !branch.bin)
    return;
  base::Bitrate bitrate = branch.rendition.settings.bitrate;
  if (branch.encoder->kind->goesByTime)
    bitrate = atPace(pace_, bitrate, mode().frameRate);
  const auto encoder = gst::findElement(branch.bin, "encoder");
  branch.encoder->kind->setBitrate(encoder.get(), branch.encoder->limits.within(bitrate));
}

CapturePipeline::Summary CapturePipeline::summary() const {
  return {mode(), encoder(), describe()};
}

std::optional<int> CapturePipeline::measureEncoders(base::TimePoint now) {
  const auto taken = encodeTime();
  return taken ? meter_.look(*taken, now) : std::nullopt;
}

const board::EncoderKind* CapturePipeline::encoder() const {
  const board::Encoder* encoder = branches_.front().encoder;
  return encoder ? encoder->kind : nullptr;
}

std::optional<base::Duration> CapturePipeline::encodeTime() const {
  base::Duration time{};
  for (const Branch& branch : branches_) {
    if (!branch.encoder || !branch.encoder->kind->isSoftware)
      return std::nullopt;
    time += cpuTimeOfThreads(branch.thread);
  }
  return time;
}

std::string CapturePipeline::describe() const {
  std::string text = fmt::format("{}, {}x{} at {:.0f} frames/s", source_.what, mode().resolution.width,
                                 mode().resolution.height, mode().frameRate.perSecond());
  for (const Branch& branch : branches_)
    text += !branch.encoder ? "; passed through"
                            : fmt::format("; encoder '{}'{}, {} kbit/s", branch.encoder->kind->name,
                                          branch.encoder->kind->isSoftware ? " (software)" : "",
                                          branch.rendition.settings.bitrate.bitsPerSecond / 1000);
  return text;
}

}  // namespace fanlight::media
