// SPDX-License-Identifier: Apache-2.0
// Table A-1 and the search in it.
#include "board/h264_level.h"

#include <algorithm>
#include <array>

namespace fanlight::board {
namespace {

struct Level {
  const char* name;
  int macroblocksPerSecond;
  int macroblocksPerFrame;
  int kilobitsPerSecond;
};

constexpr std::array<Level, 16> kLevels{{
    {"1", 1485, 99, 64},
    {"1.1", 3000, 396, 192},
    {"1.2", 6000, 396, 384},
    {"1.3", 11880, 396, 768},
    {"2", 11880, 396, 2000},
    {"2.1", 19800, 792, 4000},
    {"2.2", 20250, 1620, 4000},
    {"3", 40500, 1620, 10000},
    {"3.1", 108000, 3600, 14000},
    {"3.2", 216000, 5120, 20000},
    {"4", 245760, 8192, 20000},
    {"4.1", 245760, 8192, 50000},
    {"4.2", 522240, 8704, 50000},
    {"5", 589824, 22080, 135000},
    {"5.1", 983040, 36864, 240000},
    {"5.2", 2073600, 36864, 240000},
}};

constexpr int kMacroblock = 16;

int macroblocks(int pixels) {
  return (pixels + kMacroblock - 1) / kMacroblock;
}

auto find(std::string_view name) {
  return std::ranges::find(kLevels, name, [](const Level& level) { return std::string_view(level.name); });
}

}  // namespace

bool isH264Level(std::string_view name) {
  return find(name) != kLevels.end();
}

std::string higherLevel(const std::string& one, const std::string& other) {
  return find(one) < find(other) ? other : one;
}

std::optional<std::string> h264Level(base::Resolution resolution, base::FrameRate frameRate, base::Bitrate bitrate) {
  const std::int64_t width = macroblocks(resolution.width);
  const std::int64_t height = macroblocks(resolution.height);
  const std::int64_t perFrame = width * height;
  // A.3.1: no side is longer than the square root of eight times the picture's limit.
  const std::int64_t square = std::max(width, height) * std::max(width, height);
  const double perSecond = static_cast<double>(perFrame) * frameRate.perSecond();
  const auto holds = [perFrame, square, perSecond, bitrate](const Level& level) {
    return perFrame <= level.macroblocksPerFrame && square <= std::int64_t{8} * level.macroblocksPerFrame &&
           perSecond <= level.macroblocksPerSecond &&
           bitrate.bitsPerSecond <= std::int64_t{1000} * level.kilobitsPerSecond;
  };
  const auto level = std::ranges::find_if(kLevels, holds);
  return level == kLevels.end() ? std::nullopt : std::optional<std::string>(level->name);
}

}  // namespace fanlight::board
