// SPDX-License-Identifier: Apache-2.0
#include "audio/test_tone.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::audio {
namespace {

using ::testing::Each;

int loudest(std::span<const std::int16_t> samples) {
  int peak = 0;
  for (const std::int16_t sample : samples)
    peak = std::max(peak, std::abs(int{sample}));
  return peak;
}

class TestToneTest : public ::testing::Test {
 protected:
  /// Two seconds, from the beginning of one.
  TestToneTest() : samples_(2 * kToneSampleRate) { writeChirps(samples_, 0); }
  std::span<const std::int16_t> from(int at, int count) const {
    return std::span(samples_).subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
  }
  std::vector<std::int16_t> samples_;
};

TEST_F(TestToneTest, IsHeardAtTheBeginningOfEachSecond) {
  EXPECT_GT(loudest(from(0, kChirpSamples)), 15'000);
  EXPECT_THAT(from(kChirpSamples, kToneSampleRate - kChirpSamples), Each(0));
  EXPECT_TRUE(std::ranges::equal(from(0, kToneSampleRate), from(kToneSampleRate, kToneSampleRate)));
}

TEST_F(TestToneTest, BeginsAndEndsInSilence) {
  EXPECT_LT(loudest(from(0, 50)), 100);
  EXPECT_LT(loudest(from(kChirpSamples - 50, 50)), 100);
}

TEST_F(TestToneTest, RisesFromItsLowestFrequencyToItsHighest) {
  const auto crossings = [this](int at, int count) {
    const auto part = from(at, count);
    int crossed = 0;
    for (std::size_t i = 1; i < part.size(); ++i)
      crossed += (part[i - 1] < 0) != (part[i] < 0) ? 1 : 0;
    return crossed;
  };
  constexpr int kTenth = kChirpSamples / 10;
  // Two crossings a period; a tenth of the chirp lasts 10 ms.
  EXPECT_NEAR(crossings(kTenth, kTenth), 2 * 870 / 100, 2);
  EXPECT_NEAR(crossings(8 * kTenth, kTenth), 2 * 2130 / 100, 2);
}

TEST_F(TestToneTest, GoesOnWhereTheBufferBeforeEnded) {
  std::vector<std::int16_t> later(480);
  writeChirps(later, 1000);
  EXPECT_TRUE(std::ranges::equal(later, from(1000, 480)));
}

TEST_F(TestToneTest, BeginsAnewInsideOfABuffer) {
  std::vector<std::int16_t> across(480);
  writeChirps(across, kToneSampleRate - 240);
  EXPECT_THAT(std::span(across).first(240), Each(0));
  EXPECT_TRUE(std::ranges::equal(std::span(across).last(240), from(0, 240)));
}

}  // namespace
}  // namespace fanlight::audio
