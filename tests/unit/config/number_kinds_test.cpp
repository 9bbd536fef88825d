// SPDX-License-Identifier: Apache-2.0
#include "config/number_kinds.h"

#include <limits>

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

using namespace std::chrono_literals;

Node number(std::int64_t value) {
  return {value, 1};
}

Node text(std::string value) {
  return {std::move(value), 1};
}

template <ValueKind Kind>
std::string complaint(const Kind& kind, const Node& node) {
  const auto parsed = kind.parse(node);
  return parsed ? "fine" : parsed.error().got;
}

TEST(Integer, KeepsToItsRange) {
  const Integer kind{1, 1000};
  EXPECT_EQ(kind.parse(number(1)).value(), 1);
  EXPECT_EQ(kind.parse(number(1000)).value(), 1000);
  EXPECT_EQ(complaint(kind, number(0)), "0");
  EXPECT_EQ(complaint(kind, number(1001)), "1001");
  EXPECT_EQ(complaint(kind, number(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(kind.print(7), "7");
  EXPECT_EQ(kind.expects(), "a whole number from 1 to 1000");
}

TEST(Integer, TakesNoOtherTypeForANumber) {
  const Integer kind{1, 1000};
  EXPECT_EQ(complaint(kind, {25.0, 1}), "25.0");
  EXPECT_EQ(complaint(kind, {std::numeric_limits<double>::infinity(), 1}), "inf");
  EXPECT_EQ(complaint(kind, {std::numeric_limits<double>::quiet_NaN(), 1}), "nan");
  EXPECT_EQ(complaint(kind, text("25")), "the text '25'");
  EXPECT_EQ(complaint(kind, {true, 1}), "true");
  EXPECT_EQ(complaint(kind, {Moment{}, 1}), "a date or time");
  EXPECT_EQ(complaint(kind, {Table{}, 1}), "a table");
}

TEST(Integer, MayWantMultiples) {
  const Integer even{16, 4096, 2};
  EXPECT_EQ(complaint(even, number(16)), "fine");
  EXPECT_EQ(complaint(even, number(17)), "17");
  EXPECT_EQ(even.expects(), "an even number from 16 to 4096");
  EXPECT_EQ((Integer{8, 80, 8}).expects(), "a multiple of 8 from 8 to 80");
}

TEST(FrameRateRange, TakesWholeFramesASecond) {
  const FrameRateRange kind{1, 120};
  EXPECT_EQ(kind.parse(number(30)).value(), (base::FrameRate{30, 1}));
  EXPECT_EQ(complaint(kind, number(121)), "121");
  EXPECT_EQ(complaint(kind, {29.97, 1}), "29.97");
  EXPECT_EQ(kind.print({30, 1}), "30");
  EXPECT_EQ(kind.expects(), "a whole number of frames a second from 1 to 120");
}

TEST(BitrateRange, TakesBitsASecond) {
  const BitrateRange kind{{100'000}, {20'000'000}};
  EXPECT_EQ(kind.parse(number(2'000'000)).value(), base::Bitrate{2'000'000});
  EXPECT_EQ(complaint(kind, number(99'999)), "99999");
  EXPECT_EQ(complaint(kind, text("2M")), "the text '2M'");
  EXPECT_EQ(kind.print({2'000'000}), "2_000_000");
  EXPECT_EQ(kind.print({999}), "999");
  EXPECT_EQ(kind.expects(), "a whole number of bit/s from 100_000 to 20_000_000");
}

TEST(DurationRange, TakesNumbersWithTheirUnit) {
  const DurationRange kind{1ms, 60min};
  EXPECT_EQ(kind.parse(text("500ms")).value(), 500ms);
  EXPECT_EQ(kind.parse(text("10s")).value(), 10s);
  EXPECT_EQ(kind.parse(text("2m")).value(), 2min);
  for (const std::string wrong :
       {"", "10", "s", "10 s", "1.5s", "-1s", "10S", "1h", "1m30s", "9999999999s", "0s", "61m"})
    EXPECT_EQ(complaint(kind, text(wrong)), "'" + wrong + "'");
  EXPECT_EQ(complaint(kind, number(10)), "10");
}

TEST(DurationRange, KeepsToItsRangeInAnyUnit) {
  const DurationRange kind{1s, 60s};
  EXPECT_EQ(complaint(kind, text("1m")), "fine");
  EXPECT_EQ(complaint(kind, text("1000ms")), "fine");
  EXPECT_EQ(complaint(kind, text("999ms")), "'999ms'");
  EXPECT_EQ(complaint(kind, text("61s")), "'61s'");
  EXPECT_EQ(kind.expects(), "a time such as '10s', from 1s to 1m");
}

TEST(DurationRange, PrintsInTheLargestWholeUnit) {
  const DurationRange kind{1ms, 60min};
  EXPECT_EQ(kind.print(1500ms), "\"1500ms\"");
  EXPECT_EQ(kind.print(90s), "\"90s\"");
  EXPECT_EQ(kind.print(120s), "\"2m\"");
}

}  // namespace
}  // namespace fanlight::config
