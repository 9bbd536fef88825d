// SPDX-License-Identifier: Apache-2.0
// A speaker and a microphone in a made-up room, faster than time: what is played is in the processor's reference before
// it is captured, by as much as a speaker's buffer holds.
#include "audio/voice_processing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <semaphore>

#include <gmock/gmock.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "audio/made_room.h"
#include "gst/mapped_buffer.h"
#include "loop_fixture.h"
#include "media/voice.h"

namespace fanlight::audio {
namespace {

/// A speaker's buffer: what is mixed is played later.
constexpr std::size_t kAhead = 6 * kChunk;
/// For what takes a millisecond.
constexpr std::chrono::seconds kPatience(5);

class VoiceProcessingTest : public test::LoopFixture {
 protected:
  void SetUp() override {
    if (!gst::hasElement("webrtcdsp"))
      GTEST_SKIP() << "this machine has no 'webrtcdsp'";
    settings_.id = base::AudioId("hall");
    settings_.microphone = config::SoundKind::Alsa;
    settings_.duplex = config::Duplex::Full;
  }

  /// What the processor gives of `captured` while `played` is heard; `anew`: a second in which the speaker begins anew.
  Sound process(const Sound& played, const Sound& captured, std::optional<double> anew = std::nullopt) {
    gst::Pipeline pipeline("room", gst::TimeBase::create(), context_,
                           [](const std::string& reason) { ADD_FAILURE() << reason; });
    const auto source =
        pipeline.addSource(std::string("appsrc name=in is-live=true format=time block=true max-buffers=1 caps=") +
                           media::kVoiceCaps + " ! identity silent=true");
    auto processing = VoiceProcessing::create(pipeline, settings_, reference_);
    const auto sink = pipeline.addBin("appsink name=out sync=false async=false");
    EXPECT_TRUE(source) << source.error().message;
    EXPECT_TRUE(processing) << processing.error().message;
    EXPECT_TRUE(sink) << sink.error().message;
    EXPECT_TRUE(gst_element_link_many(*source, processing->bin(), *sink, nullptr));
    EXPECT_TRUE(pipeline.setState(GST_STATE_PLAYING));
    processing->begin(pipeline);
    const auto probed = gst::findElementOf(pipeline.element(), "webrtcechoprobe");
    const auto arrived = std::make_shared<std::counting_semaphore<>>(0);
    gst::PadProbe counter;
    if (probed)
      counter = gst::PadProbe(gst::staticPad(probed.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                              [arrived](GstPad*, GstPadProbeInfo*) {
                                arrived->release();
                                return GST_PAD_PROBE_OK;
                              });
    const auto in = gst::findElement(*source, "in");
    const auto out = gst::findElement(*sink, "out");
    Sound given;
    std::size_t mixed = 0;
    for (std::size_t at = 0; at + kChunk <= captured.size(); at += kChunk) {
      for (; mixed <= at + kAhead && mixed + kChunk <= played.size(); mixed += kChunk) {
        reference_->push(chunk(played, mixed).get(), timeOfSample(mixed));
        EXPECT_TRUE(!probed || arrived->try_acquire_for(kPatience)) << "the reference does not come";
      }
      gst_app_src_push_buffer(GST_APP_SRC(in.get()), gst_buffer_ref(chunk(captured, at).get()));
      take(GST_APP_SINK(out.get()), given);
      const double second = static_cast<double>(at) / kSoundRate;
      if (anew && second >= *anew) {
        reference_->watch().restart();
        anew.reset();
      }
      if (const bool isProven = reference_->watch().isProven(); isProven != (changes_.size() % 2 == 1))
        changes_.push_back(second);
    }
    return given;
  }

  config::Audio settings_;
  std::vector<double> changes_;  ///< seconds when it was proven that the echo is taken out, and no longer, in turn
  const std::shared_ptr<EchoReference> reference_ = std::make_shared<EchoReference>();

 private:
  static gst::Ref<GstBuffer> chunk(const Sound& sound, std::size_t at) {
    const auto samples = toSamples(Sound(sound.begin() + static_cast<std::ptrdiff_t>(at),
                                         sound.begin() + static_cast<std::ptrdiff_t>(at + kChunk)));
    auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, kChunk * sizeof(std::int16_t), nullptr));
    gst_buffer_fill(buffer.get(), 0, samples.data(), kChunk * sizeof(std::int16_t));
    GST_BUFFER_PTS(buffer.get()) = timeOfSample(at);
    GST_BUFFER_DURATION(buffer.get()) = 10 * GST_MSECOND;
    return buffer;
  }
  static void take(GstAppSink* sink, Sound& given) {
    const auto sample = gst::Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(sink, 5 * GST_SECOND));
    ASSERT_TRUE(sample);
    const gst::MappedBuffer bytes(gst_sample_get_buffer(sample.get()));
    const auto* samples = reinterpret_cast<const std::int16_t*>(bytes.bytes().data());
    for (std::size_t i = 0; i < bytes.bytes().size() / sizeof(std::int16_t); ++i)
      given.push_back(samples[i] / static_cast<double>(INT16_MAX));
  }
};

/// By how much less of `echo` is left in `given`, in dB.
double taken(const Sound& echo, const Sound& given, double from, double to) {
  return decibels(energyOf(echo, from, to) / energyOf(given, from, to));
}
/// What the gate lets through.
constexpr double kSilent = 50;

/// Beyond what the devices say of themselves.
class EchoTest : public VoiceProcessingTest, public ::testing::WithParamInterface<double> {};

TEST_P(EchoTest, IsTakenOut) {
  const Sound far = speech(8, 1);
  const Sound echo = echoOf(far, GetParam());
  const Sound given = process(far, echo);
  const double loss = taken(echo, given, 5, 8);
  RecordProperty("echo return loss enhancement in dB", std::to_string(loss));
  std::printf("echo %.0f ms late: %.1f dB less of it from the fifth second on\n", GetParam() * 1000, loss);
  EXPECT_GT(loss, 30);
}

INSTANTIATE_TEST_SUITE_P(Delays, EchoTest, ::testing::Values(-0.02, 0, 0.03, 0.12, 0.3), [](const auto& delay) {
  return (delay.param < 0 ? "Early" : "") + std::to_string(std::abs(std::lround(delay.param * 1000))) + "ms";
});

TEST_F(VoiceProcessingTest, KeepsTakingOutTheEchoOfDevicesWhoseClocksDrift) {
  const Sound far = speech(24, 1);
  const Sound echo = slowed(echoOf(far, 0.06), 50);
  const Sound given = process(far, echo);
  std::printf("%.1f dB less of it, then %.1f dB\n", taken(echo, given, 5, 12), taken(echo, given, 16, 24));
  EXPECT_GT(taken(echo, given, 16, 24), 25);
}

TEST_F(VoiceProcessingTest, KeepsAVoiceThatIsNoEcho) {
  const Sound silence(8 * kSoundRate);
  const Sound near = speech(8, 2);
  const Sound given = process(silence, near);
  EXPECT_GT(decibels(energyOf(given, 3, 8) / energyOf(near, 3, 8)), -6);
}

TEST_F(VoiceProcessingTest, IsSilentInHalfDuplexWhileTheSpeakerIsHeardAndNoLonger) {
  settings_.duplex = config::Duplex::Half;
  Sound far = speech(8, 1);
  std::fill(far.begin() + 4 * kSoundRate, far.end(), 0);
  const Sound near = speech(8, 2);
  const Sound given = process(far, near);
  // Half a second in, a syllable of the speaker has closed it; half a second after the last it is open.
  EXPECT_LT(energyOf(given, 0.5, 1.5), 1e-6);
  EXPECT_GT(decibels(energyOf(given, 4.6, 8) / energyOf(near, 4.6, 8)), -6);
}

TEST_F(VoiceProcessingTest, LetsBothBeHeardOnceTheEchoIsShownToBeTakenOut) {
  settings_.duplex = config::Duplex::Auto;
  const Sound far = speech(14, 1);
  const Sound echo = echoOf(far, 0.12);
  Sound near = speech(14, 2);
  std::fill(near.begin(), near.begin() + 10 * kSoundRate, 0);
  const Sound given = process(far, mixed(echo, near));
  ASSERT_EQ(changes_.size(), 1);
  const double proven = changes_[0];
  std::printf("shown after %.1f s, then %.1f dB less of it; another voice is %.1f dB louder\n", proven,
              taken(echo, given, proven, 10), -taken(near, given, 10, 14));
  EXPECT_LT(proven, 9);
  EXPECT_GT(taken(echo, given, 0.5, proven), kSilent);
  EXPECT_GT(taken(echo, given, proven, 10), 30);
  EXPECT_GT(-taken(near, given, 10, 14), -6);
}

/// An echo that nothing can learn: it is somewhere else all the time.
Sound restlessEchoOf(const Sound& far, double fromSecond) {
  Sound echo = echoOf(far, 0.02);
  const Sound later = echoOf(far, 0.09);
  for (auto i = static_cast<std::size_t>(fromSecond * kSoundRate); i < echo.size(); ++i)
    if (i / (kSoundRate / 3) % 2 == 1)
      echo[i] = later[i];
  return echo;
}

TEST_F(VoiceProcessingTest, TakesTurnsWhereTheEchoIsNotTakenOut) {
  settings_.duplex = config::Duplex::Auto;
  const Sound far = speech(10, 1);
  const Sound echo = restlessEchoOf(far, 0);
  const Sound given = process(far, echo);
  EXPECT_EQ(changes_, std::vector<double>());
  EXPECT_GT(taken(echo, given, 0.5, 10), kSilent);
}

TEST_F(VoiceProcessingTest, TakesTurnsAgainWhenTheEchoComesBack) {
  settings_.duplex = config::Duplex::Auto;
  const Sound far = speech(16, 1);
  const Sound echo = restlessEchoOf(far, 10);
  const Sound given = process(far, echo);
  ASSERT_EQ(changes_.size(), 2);
  std::printf("told %.1f s after it came back\n", changes_[1] - 10);
  EXPECT_LT(changes_[1], 12.5);
  EXPECT_GT(taken(echo, given, changes_[1] + 0.5, 16), kSilent);
}

TEST_F(VoiceProcessingTest, ProvesSoonerWhatItHasProvenBeforeTheSpeakerBeganAnew) {
  settings_.duplex = config::Duplex::Auto;
  const Sound far = speech(18, 1);
  process(far, echoOf(far, 0.12), 10);
  ASSERT_EQ(changes_.size(), 3);
  std::printf("shown after %.1f s, and again after %.1f s\n", changes_[0], changes_[2] - 10);
  EXPECT_NEAR(changes_[1], 10, 0.1);
  EXPECT_LT(changes_[2] - 10, changes_[0] - 1.5);
}

TEST_F(VoiceProcessingTest, TrustsNoEarlierProofOnceTheEchoHasComeBack) {
  settings_.duplex = config::Duplex::Auto;
  const Sound far = speech(16, 1);
  process(far, restlessEchoOf(far, 8), 13);
  EXPECT_EQ(changes_.size(), 2) << "proven, and not any more";
}

TEST_F(VoiceProcessingTest, TakesTurnsWhereNothingIsProcessed) {
  settings_.duplex = config::Duplex::Auto;
  settings_.voiceProcessing = false;
  const Sound far = speech(4, 1);
  const Sound echo = echoOf(far, 0);
  EXPECT_GT(taken(echo, process(far, echo), 0.5, 4), kSilent);
}

TEST_F(VoiceProcessingTest, LeavesSoundAsItIsWhereItIsToldTo) {
  settings_.voiceProcessing = false;
  const Sound near = speech(2, 2);
  const Sound given = process(Sound(2 * kSoundRate), near);
  ASSERT_EQ(given.size(), near.size());
  for (std::size_t i = 0; i < near.size(); ++i)
    ASSERT_NEAR(given[i], std::clamp(near[i], -1.0, 1.0), 2.0 / INT16_MAX);
}

}  // namespace
}  // namespace fanlight::audio
