// SPDX-License-Identifier: Apache-2.0
// Chirps in a made-up room: heard or not, how loud, how late.
#include "audio/sound_findings.h"

#include <gmock/gmock.h>

#include "audio/made_room.h"
#include "audio/test_tone.h"

namespace fanlight::audio {
namespace {

using ::testing::DoubleNear;
using ::testing::Lt;
using ::testing::Optional;
using Place = SoundRecord::Place;

constexpr std::size_t kSeconds = 4;
/// When the record begins.
constexpr GstClockTime kBegin = 100 * GST_SECOND;

class SoundFindingsTest : public ::testing::Test {
 protected:
  SoundFindingsTest() {
    std::vector<std::int16_t> samples(kSeconds * kSoundRate);
    writeChirps(samples, 0);
    chirps_.resize(samples.size());
    std::ranges::transform(samples, chirps_.begin(), [](std::int16_t sample) { return sample / 32'768.0; });
    for (std::size_t i = 0; i < kSeconds - 1; ++i)
      sentAt_.push_back(SoundHistory::momentOf(kBegin + i * GST_SECOND));
    add(Place::Sent, chirps_);
  }
  void add(Place place, const Sound& sound) {
    const auto samples = toSamples(sound);
    for (std::size_t at = 0; at < samples.size(); at += kChunk)
      record_.add(place, std::span(samples).subspan(at, kChunk), kBegin + timeOfSample(at));
  }
  /// As it is heard by itself, so much later.
  Sound later(double milliseconds, double gain) const {
    Sound sound(chirps_.size());
    const auto by = static_cast<std::size_t>(milliseconds * kSoundRate / 1000);
    for (std::size_t i = by; i < sound.size(); ++i)
      sound[i] = gain * chirps_[i - by];
    return sound;
  }

  SoundRecord record_;
  Sound chirps_;
  std::vector<SoundHistory::Moment> sentAt_;
};

TEST_F(SoundFindingsTest, AreHowLateAChirpIsAndHowMuchLaterThanItWasPlayed) {
  add(Place::Played, later(80, 1));
  add(Place::Captured, later(200, 0.1));
  const auto heard = findChirps(record_, sentAt_);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->count, 3);
  EXPECT_THAT(heard->delay, DoubleNear(200, 0.5));
  EXPECT_THAT(heard->behind, DoubleNear(120, 0.5));
}

TEST_F(SoundFindingsTest, AreHowLoudAChirpComesBack) {
  add(Place::Played, later(80, 1));
  add(Place::Captured, later(200, 0.1));
  const auto quiet = findChirps(record_, sentAt_);
  const auto sent = levelOf(record_.copy(Place::Sent, sentAt_[0], 800));
  ASSERT_TRUE(quiet && sent);
  EXPECT_THAT(quiet->level, DoubleNear(*sent - 20, 0.5));
}

TEST_F(SoundFindingsTest, AreTheSameInARoomWithWallsAndNoise) {
  add(Place::Played, later(80, 1));
  add(Place::Captured, mixed(echoOf(chirps_, 0.2), speech(kSeconds, 3, 0.02)));
  const auto heard = findChirps(record_, sentAt_);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->count, 3);
  EXPECT_THAT(heard->delay, DoubleNear(200, 2));
}

TEST_F(SoundFindingsTest, AreNoneWhereSomebodyTalksAndNothingComesBack) {
  add(Place::Played, later(80, 1));
  add(Place::Captured, speech(kSeconds, 3, 0.2));
  EXPECT_FALSE(findChirps(record_, sentAt_));
}

TEST_F(SoundFindingsTest, AreNoneWhereTheSpeakerPlayedNothing) {
  add(Place::Played, Sound(chirps_.size()));
  add(Place::Captured, later(200, 0.1));
  EXPECT_FALSE(findChirps(record_, sentAt_));
}

TEST_F(SoundFindingsTest, AreNoneWhereTheMicrophoneEndedBefore) {
  add(Place::Played, later(80, 1));
  add(Place::Captured, Sound(kSoundRate / 2));
  EXPECT_FALSE(findChirps(record_, sentAt_));
}

TEST_F(SoundFindingsTest, LeaveOutAChirpThatCameAtAnotherTime) {
  add(Place::Played, later(80, 1));
  Sound captured = later(200, 0.1);
  const Sound moved = later(260, 0.1);
  std::copy_n(moved.begin() + kSoundRate, kSoundRate, captured.begin() + kSoundRate);
  add(Place::Captured, captured);
  const auto heard = findChirps(record_, sentAt_);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->count, 2);
  EXPECT_THAT(heard->delay, DoubleNear(200, 0.5));
}

TEST_F(SoundFindingsTest, SayHowMuchLessIsLeft) {
  add(Place::Captured, later(0, 0.5));
  add(Place::Cleaned, later(0, 0.005));
  EXPECT_THAT(takenOut(record_, sentAt_[0], 2 * SoundHistory::kRate), Optional(DoubleNear(40, 0.5)));
}

TEST_F(SoundFindingsTest, SayNothingOfWhatIsLeftWhereNothingWasCaptured) {
  add(Place::Captured, Sound(chirps_.size()));
  add(Place::Cleaned, Sound(chirps_.size()));
  EXPECT_FALSE(takenOut(record_, sentAt_[0], 2 * SoundHistory::kRate));
}

TEST_F(SoundFindingsTest, HaveNoLevelForZeros) {
  EXPECT_FALSE(levelOf(std::vector<float>(800)));
  EXPECT_THAT(levelOf(std::vector<float>(800, 0.001F)), Optional(DoubleNear(-60, 0.1)));
}

TEST_F(SoundFindingsTest, KnowWhatShareIsCutOff) {
  add(Place::Captured, later(0, 1));
  EXPECT_EQ(record_.clipped(), 0);
  Sound loud = later(0, 1);
  for (double& sample : loud)
    sample *= 4;
  add(Place::Captured, loud);
  EXPECT_GT(record_.clipped(), 0.005);
  EXPECT_THAT(record_.clipped(), Lt(0.1));
}

}  // namespace
}  // namespace fanlight::audio
