// SPDX-License-Identifier: Apache-2.0
// The stripe's bits against an independent reader.
#include "media/clock_stripe.h"

#include <gtest/gtest.h>

#include "media/stripe_reader.h"

namespace fanlight::media {
namespace {

using test::readStripe;
using test::StripeReading;

constexpr std::uint64_t kTime = 17'000'000'123'456 % (std::uint64_t{1} << kStripeTimeBits);

std::vector<bool> stripe(std::uint64_t time, std::uint16_t frame) {
  const StripeBits bits = encodeStripe(time, frame);
  return std::vector<bool>(bits.begin(), bits.end());
}

struct Row {
  const char* name;
  std::uint64_t time;
  std::uint16_t frame;
};

class WrittenStripe : public ::testing::TestWithParam<Row> {};

TEST_P(WrittenStripe, IsReadBack) {
  const auto& [name, time, frame] = GetParam();
  EXPECT_EQ(readStripe(stripe(time, frame)), (StripeReading{time, frame}));
}

constexpr Row kRows[] = {
    {"Zero", 0, 0},
    {"TheFirstFrameOfAUsualTime", kTime, 0},
    {"AUsualOne", kTime, 4711},
    {"TheLastFrameNumber", kTime, 0xffff},
    {"TheLastTime", (std::uint64_t{1} << 44) - 1, 0xffff},
    {"OneBitOfTime", std::uint64_t{1} << 43, 0},
    {"OneBitOfTheFrameNumber", 0, 0x8000},
};

INSTANTIATE_TEST_SUITE_P(ClockStripe, WrittenStripe, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(ClockStripe, HasTheBitsThatItsReadersElsewhereExpect) {
  std::string text;
  for (const bool bit : stripe(0x123456789ab, 0xcdef))
    text += bit ? '1' : '0';
  // 0x123456789ab, 0xcdef, and the CRC-8, from 0xff on, of the bytes 01 23 45 67 89 ab cd ef.
  EXPECT_EQ(text,
            "00010010001101000101011001111000100110101011"
            "1100110111101111"
            "11000101");
}

TEST(ClockStripe, IsNeverAllOfOneColour) {
  EXPECT_EQ(readStripe(std::vector<bool>(kStripeCells, false)), std::nullopt);
  EXPECT_EQ(readStripe(std::vector<bool>(kStripeCells, true)), std::nullopt);
}

TEST(ClockStripe, LetsNoSingleWrongBitPass) {
  const auto good = stripe(kTime, 4711);
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] = !bad[i];
    EXPECT_EQ(readStripe(bad), std::nullopt) << "bit " << i;
  }
}

TEST(ClockStripe, LetsNoTwoWrongBitsPass) {
  const auto good = stripe(kTime, 4711);
  for (std::size_t i = 0; i < good.size(); ++i)
    for (std::size_t j = i + 1; j < good.size(); ++j) {
      auto bad = good;
      bad[i] = !bad[i];
      bad[j] = !bad[j];
      ASSERT_EQ(readStripe(bad), std::nullopt) << "bits " << i << " and " << j;
    }
}

TEST(ClockStripe, CutsATimeThatDoesNotFit) {
  EXPECT_EQ(stripe((std::uint64_t{1} << 44) + 5, 1), stripe(5, 1));
}

TEST(ClockStripe, CountsFramesRoundTheirSixteenBits) {
  std::uint16_t frame = 0xffff;
  EXPECT_EQ(readStripe(stripe(kTime, frame))->frame, 65'535U);
  EXPECT_EQ(readStripe(stripe(kTime, ++frame))->frame, 0U);
}

}  // namespace
}  // namespace fanlight::media
