// SPDX-License-Identifier: Apache-2.0
// A speaker on its real pipeline: what is said comes to the device, mixed; and devices that are not there.
#include "audio/speaker.h"

#include <algorithm>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gst/mapped_buffer.h"
#include "loop_fixture.h"
#include "steered_clocks.h"

namespace fanlight::audio {
namespace {

using State = Speaker::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t kSamplesOfTenMilliseconds = 480;

config::Audio settingsOf(config::SoundKind kind, const std::string& device = {}) {
  config::Audio settings;
  settings.id = base::AudioId("hall");
  settings.speaker = kind;
  settings.speakerDevice = device;
  return settings;
}

class SpeakerTest : public test::LoopFixture {
 protected:
  void make(config::SoundKind kind, const std::string& device = {}) {
    speaker_ = std::make_unique<Speaker>(settingsOf(kind, device), services_, nullptr,
                                         [this] { states_.push_back(speaker_->state()); });
  }
  void awaitState(State state) {
    runUntil("the state", [this, state] { return speaker_->state() == state; });
  }

  test::ShiftedClock clock_;
  const SoundServices services_{context_, gst::TimeBase::create(), clock_};
  std::vector<State> states_;
  std::unique_ptr<Speaker> speaker_;
};

TEST_F(SpeakerTest, IsOffUntilSomebodyTalks) {
  make(config::SoundKind::Test);
  EXPECT_EQ(speaker_->state(), State::Idle);
  const auto voice = speaker_->voice();
  awaitState(State::Live);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
}

TEST_F(SpeakerTest, IsOffSoonAfterTheLastHasTalked) {
  make(config::SoundKind::Test);
  auto voice = speaker_->voice();
  awaitState(State::Live);
  voice = {};
  clock_.jump(std::chrono::seconds(6));
  awaitState(State::Idle);
}

TEST_F(SpeakerTest, StaysLiveWhileNobodySaysAWord) {
  make(config::SoundKind::Test);
  const auto voice = speaker_->voice();
  awaitState(State::Live);
  for (int i = 0; i < 6; ++i) {
    clock_.jump(std::chrono::milliseconds(500));
    runUntil("a look at it", [this] { return !speaker_->isNeglected(); });
  }
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
}

TEST_F(SpeakerTest, HasNoPlaceForMoreThanItMixes) {
  make(config::SoundKind::Test);
  std::vector<media::Voice> voices(kVoicePlaces);
  for (media::Voice& voice : voices) {
    voice = speaker_->voice();
    EXPECT_TRUE(voice.sink);
  }
  EXPECT_FALSE(speaker_->voice().sink);
  voices.pop_back();
  EXPECT_TRUE(speaker_->voice().sink);
}

TEST_F(SpeakerTest, IsAwayWhereThereIsNone) {
  make(config::SoundKind::Alsa, "hw:31");
  const auto voice = speaker_->voice();
  awaitState(State::Away);
  EXPECT_THAT(speaker_->reason(), HasSubstr("hw:31"));
  EXPECT_TRUE(voice.sink) << "who talks keeps the place for when it is there";
}

TEST_F(SpeakerTest, IsTriedAgainWhileSomebodyTalks) {
  make(config::SoundKind::Alsa, "hw:31");
  const auto voice = speaker_->voice();
  awaitState(State::Away);
  clock_.jump(std::chrono::seconds(5));
  runUntil("another start", [this] { return speaker_->starts() > 1; });
  EXPECT_EQ(speaker_->state(), State::Away);
}

/// For how long the daemon has run when somebody talks.
constexpr GstClockTime kAge = 60 * GST_SECOND;

/// The pipeline alone, and what it gives to its device.
class SpeakerPipelineTest : public test::LoopFixture {
 protected:
  std::unique_ptr<SpeakerPipeline> start() {
    auto pipeline = SpeakerPipeline::start({settingsOf(config::SoundKind::Test), places_, std::make_shared<PlayedAt>(),
                                            nullptr, timeBase_, context_, clock_,
                                            [](const std::string& reason) { ADD_FAILURE() << reason; }});
    EXPECT_TRUE(pipeline) << pipeline.error().message;
    probe_ = gst::PadProbe(gst::staticPad((*pipeline)->last(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                           [heard = heard_](GstPad*, GstPadProbeInfo* info) {
                             heard->take(GST_PAD_PROBE_INFO_BUFFER(info));
                             return GST_PAD_PROBE_OK;
                           });
    return std::move(*pipeline);
  }
  /// As a viewer's decoder does every ten milliseconds, with a sample that is told apart, until it is heard.
  void sayUntilHeard(const std::vector<std::pair<media::SoundSink*, std::int16_t>>& voices, std::int16_t expected) {
    const auto timer = glib::EventSource::timer(context_, std::chrono::milliseconds(10), [this, voices] {
      for (const auto& [sink, sample] : voices)
        sink->push(sound(sample).get());
      return glib::Continue::Yes;
    });
    runUntil("the sound", [this, expected] { return heard_->has(expected); });
  }
  gst::Ref<GstBuffer> sound(std::int16_t sample) {
    auto buffer = gst::Ref<GstBuffer>::adopt(
        gst_buffer_new_allocate(nullptr, kSamplesOfTenMilliseconds * sizeof sample, nullptr));
    const std::vector<std::int16_t> samples(kSamplesOfTenMilliseconds, sample);
    gst_buffer_fill(buffer.get(), 0, samples.data(), samples.size() * sizeof sample);
    GST_BUFFER_PTS(buffer.get()) = timeBase_.runningTime();
    GST_BUFFER_DURATION(buffer.get()) = 10 * GST_MSECOND;
    return buffer;
  }

  class Heard {
   public:
    void take(GstBuffer* buffer) {
      const gst::MappedBuffer mapped(buffer);
      const auto* samples = reinterpret_cast<const std::int16_t*>(mapped.bytes().data());
      const std::scoped_lock lock(mutex_);
      hasGaps_ = hasGaps_ || GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP);
      samples_.insert(samples_.end(), samples, samples + mapped.bytes().size() / sizeof(std::int16_t));
    }
    bool has(std::int16_t sample) {
      const std::scoped_lock lock(mutex_);
      return std::ranges::find(samples_, sample) != samples_.end();
    }
    std::size_t count() {
      const std::scoped_lock lock(mutex_);
      return samples_.size();
    }
    bool hasGaps() {
      const std::scoped_lock lock(mutex_);
      return hasGaps_;
    }
    bool isSilence() {
      const std::scoped_lock lock(mutex_);
      return std::ranges::all_of(samples_, [](std::int16_t sample) { return sample == 0; });
    }

   private:
    std::mutex mutex_;
    std::vector<std::int16_t> samples_;
    bool hasGaps_ = false;
  };

  test::ShiftedClock clock_;
  const gst::TimeBase timeBase_ = gst::TimeBase::create(kAge);
  const std::shared_ptr<VoicePlaces> places_ = std::make_shared<VoicePlaces>();
  const std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
  gst::PadProbe probe_;
};

TEST_F(SpeakerPipelineTest, PlaysWhatIsSaid) {
  const auto pipeline = start();
  const auto voice = places_->take();
  sayUntilHeard({{voice.get(), 1234}}, 1234);
}

TEST_F(SpeakerPipelineTest, DoesNotCatchUpOnTheTimeBeforeIt) {
  const auto pipeline = start();
  const auto voice = places_->take();
  sayUntilHeard({{voice.get(), 1234}}, 1234);
  EXPECT_LT(heard_->count(), 2 * 48'000U) << "samples, before the first of the voice";
}

TEST_F(SpeakerPipelineTest, PlaysSilenceWhereNobodyTalks) {
  const auto pipeline = start();
  runUntil("half a second", [this] { return heard_->count() >= 24'000; });
  EXPECT_TRUE(heard_->isSilence());
  EXPECT_FALSE(heard_->hasGaps()) << "which a device passes over";
}

TEST_F(SpeakerPipelineTest, MixesThoseWhoTalkAtOnce) {
  const auto pipeline = start();
  const auto one = places_->take();
  const auto other = places_->take();
  sayUntilHeard({{one.get(), 1000}, {other.get(), 234}}, 1234);
}

TEST_F(SpeakerPipelineTest, IsHeardByThePipelineAfterIt) {
  auto pipeline = start();
  const auto voice = places_->take();
  pipeline = nullptr;
  voice->push(sound(77).get());
  pipeline = start();
  sayUntilHeard({{voice.get(), 1234}}, 1234);
  EXPECT_FALSE(heard_->has(77)) << "nobody is there for what is said in between";
}

}  // namespace
}  // namespace fanlight::audio
