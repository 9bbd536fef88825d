// SPDX-License-Identifier: Apache-2.0
// Pictures against table A-1 of ITU-T H.264.
#include "board/h264_level.h"

#include <gtest/gtest.h>

namespace fanlight::board {
namespace {

struct Row {
  const char* name;
  base::Resolution resolution;
  base::FrameRate rate;
  std::int64_t kilobits;
  const char* level;  ///< nullptr: none holds it
};

class H264Level : public ::testing::TestWithParam<Row> {};

TEST_P(H264Level, IsTheLowestThatHoldsThePicture) {
  const Row& row = GetParam();
  const auto level = h264Level(row.resolution, row.rate, {row.kilobits * 1000});
  if (row.level)
    EXPECT_EQ(level, row.level);
  else
    EXPECT_EQ(level, std::nullopt);
}

constexpr Row kRows[] = {
    {"Qcif15", {176, 144}, {15, 1}, 64, "1"},
    {"Qcif15Above64Kilobits", {176, 144}, {15, 1}, 65, "1.1"},
    {"Qcif16", {176, 144}, {16, 1}, 64, "1.1"},
    {"Cif15", {352, 288}, {15, 1}, 300, "1.2"},
    {"Cif30", {352, 288}, {30, 1}, 700, "1.3"},
    {"Cif30Above768Kilobits", {352, 288}, {30, 1}, 769, "2"},
    {"Cif30Above2Megabits", {352, 288}, {30, 1}, 2001, "2.1"},
    {"Vga12", {640, 480}, {12, 1}, 2000, "2.2"},
    {"Vga30", {640, 480}, {30, 1}, 2000, "3"},
    {"Vga30At10Megabits", {640, 480}, {30, 1}, 10'000, "3"},
    {"Vga30Above10Megabits", {640, 480}, {30, 1}, 10'001, "3.1"},
    {"Hd15", {1280, 720}, {15, 1}, 2000, "3.1"},
    {"Hd30", {1280, 720}, {30, 1}, 2000, "3.1"},
    {"Hd30Ntsc", {1280, 720}, {30000, 1001}, 2000, "3.1"},
    {"Hd30At14Megabits", {1280, 720}, {30, 1}, 14'000, "3.1"},
    {"Hd30Above14Megabits", {1280, 720}, {30, 1}, 14'001, "3.2"},
    {"Hd31", {1280, 720}, {31, 1}, 2000, "3.2"},
    {"Hd60", {1280, 720}, {60, 1}, 2000, "3.2"},
    {"OneMorePixelIsOneMoreMacroblock", {1281, 720}, {30, 1}, 2000, "3.2"},
    {"FullHd30", {1920, 1080}, {30, 1}, 4000, "4"},
    {"FullHd30Above20Megabits", {1920, 1080}, {30, 1}, 20'001, "4.1"},
    {"FullHd60", {1920, 1080}, {60, 1}, 8000, "4.2"},
    {"FiveMegapixels15", {2592, 1944}, {15, 1}, 8000, "5"},
    {"UltraHd30", {3840, 2160}, {30, 1}, 16'000, "5.1"},
    {"UltraHd60", {3840, 2160}, {60, 1}, 16'000, "5.2"},
    {"UltraHd60At240Megabits", {3840, 2160}, {60, 1}, 240'000, "5.2"},
    // No side may be longer than the square root of eight times the macroblocks of a frame.
    {"WideOf1600Macroblocks", {2560, 160}, {15, 1}, 2000, "3.1"},
    {"TallOf1600Macroblocks", {160, 2560}, {15, 1}, 2000, "3.1"},
    {"TooManyPixels", {7680, 4320}, {30, 1}, 2000, nullptr},
    {"TooManyPixelsASecond", {3840, 2160}, {120, 1}, 2000, nullptr},
    {"TooManyBits", {1280, 720}, {30, 1}, 240'001, nullptr},
    {"TooWide", {16384, 16}, {30, 1}, 2000, nullptr},
};

INSTANTIATE_TEST_SUITE_P(Table, H264Level, ::testing::ValuesIn(kRows), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace fanlight::board
