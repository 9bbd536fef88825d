// SPDX-License-Identifier: Apache-2.0
#include "audio/slewing_delay.h"

#include <gmock/gmock.h>

#include "audio/made_room.h"

namespace fanlight::audio {
namespace {

double toneAt(double sample) {
  return 0.5 * INT16_MAX * std::sin(2 * std::numbers::pi * 1000 * sample / kSoundRate);
}

std::vector<std::int16_t> tone(std::size_t from) {
  std::vector<std::int16_t> sound(kChunk);
  for (std::size_t i = 0; i < kChunk; ++i)
    sound[i] = static_cast<std::int16_t>(std::lround(toneAt(static_cast<double>(from + i))));
  return sound;
}

TEST(SlewingDelay, DelaysByAFractionOfASample) {
  SlewingDelay delay(1000);
  delay.jumpTo(100.3);
  std::vector<std::int16_t> sound;
  for (std::size_t i = 0; i < 3; ++i) {
    sound = tone(i * kChunk);
    delay.pass(sound, 100.3);
  }
  for (std::size_t i = 0; i < kChunk; ++i)
    ASSERT_NEAR(sound[i], toneAt(static_cast<double>(2 * kChunk + i) - 100.3), 3) << i;
}

TEST(SlewingDelay, ComesEvenlyToItsNextDelay) {
  SlewingDelay delay(1000);
  delay.jumpTo(100);
  std::vector<std::int16_t> sound;
  for (std::size_t i = 0; i < 3; ++i) {
    sound = tone(i * kChunk);
    delay.pass(sound, i == 2 ? 112 : 100);
  }
  for (std::size_t i = 0; i < kChunk; ++i) {
    const double now = 100 + 12 * static_cast<double>(i + 1) / kChunk;
    ASSERT_NEAR(sound[i], toneAt(static_cast<double>(2 * kChunk + i) - now), 3) << i;
  }
}

TEST(SlewingDelay, StaysWithinWhatItHolds) {
  SlewingDelay delay(1000);
  for (const double asked : {-50.0, 0.0, 1000.0, 1e9}) {
    auto sound = tone(0);
    delay.pass(sound, asked);
    delay.jumpTo(asked);
    delay.pass(sound, asked);
  }
  std::vector<std::int16_t> sound;
  for (std::size_t i = 0; i < 5; ++i) {
    sound = tone(i * kChunk);
    delay.pass(sound, 1e9);
  }
  EXPECT_NEAR(sound[kChunk - 1], toneAt(5.0 * kChunk - 1 - 1000), 3);
}

}  // namespace
}  // namespace fanlight::audio
