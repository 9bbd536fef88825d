// SPDX-License-Identifier: Apache-2.0
#include "audio/sound_history.h"

#include <gmock/gmock.h>

#include "audio/made_room.h"

namespace fanlight::audio {
namespace {

using ::testing::Each;
using ::testing::FloatNear;

constexpr auto kSecond = static_cast<SoundHistory::Moment>(SoundHistory::kRate);

std::vector<std::int16_t> tone(double hertz, double seconds) {
  Sound sound(static_cast<std::size_t>(seconds * kSoundRate));
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = 0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / kSoundRate);
  return toSamples(sound);
}

float loudest(const SoundHistory& history, SoundHistory::Moment from) {
  std::vector<float> sound(kSecond / 2);
  EXPECT_TRUE(history.copy(from, sound));
  return *std::ranges::max_element(sound);
}

TEST(SoundHistory, KeepsWhatCanBeToldAtItsRateAndNothingElse) {
  SoundHistory low(16'384);
  low.push(tone(1000, 1), 0);
  EXPECT_NEAR(loudest(low, kSecond / 4), 0.5, 0.01);
  SoundHistory high(16'384);
  high.push(tone(5500, 1), 0);
  EXPECT_LT(loudest(high, kSecond / 4), 0.005);
}

TEST(SoundHistory, ForgetsWhatIsOlderThanItsCapacity) {
  SoundHistory history(16'384);
  std::vector<float> sound(100);
  for (GstClockTime at = 0; at < 3; ++at)
    history.push(tone(1000, 1), at * GST_SECOND);
  EXPECT_FALSE(history.copy(0, sound));
  EXPECT_TRUE(history.copy(3 * kSecond - 16'384, sound));
  EXPECT_FALSE(history.copy(3 * kSecond - 99, sound));
}

TEST(SoundHistory, FillsAHoleWithSilenceAndIsNotMovedByRounding) {
  SoundHistory history(16'384);
  history.push(tone(1000, 0.5), 0);
  history.push(tone(1000, 0.5), 501 * GST_MSECOND);
  EXPECT_EQ(history.end(), kSecond);
  history.push(tone(1000, 0.2), 1200 * GST_MSECOND);
  EXPECT_EQ(history.end(), kSecond * 14 / 10);
  std::vector<float> hole(kSecond / 10);
  ASSERT_TRUE(history.copy(kSecond * 105 / 100, hole));
  EXPECT_THAT(hole, Each(FloatNear(0, 1e-6)));
}

TEST(SoundHistory, BeginsAnewWhereTimeGoesBack) {
  SoundHistory history(16'384);
  std::vector<float> sound(100);
  history.push(tone(1000, 1), 5 * GST_SECOND);
  history.push(tone(1000, 1), GST_SECOND);
  EXPECT_TRUE(history.copy(kSecond, sound));
  EXPECT_FALSE(history.copy(5 * kSecond, sound));
  EXPECT_EQ(history.end(), 2 * kSecond);
}

}  // namespace
}  // namespace fanlight::audio
