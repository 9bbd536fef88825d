// SPDX-License-Identifier: Apache-2.0
// Marks drawn straight into the planes of a frame: no text library is needed, and drawing costs microseconds.
#include "media/test_picture.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

#include "media/clock_stripe.h"

namespace fanlight::media {
namespace {

struct Pattern {
  std::string_view name;
  std::string_view videotestsrc;
};
constexpr std::array kPatterns = {
    Pattern{"bars", "smpte75"},
    Pattern{"ball", "ball"},
    Pattern{"zone-plate", "zone-plate"},
};

constexpr std::uint8_t kBlack = 16;
constexpr std::uint8_t kWhite = 235;
constexpr std::uint8_t kNeutral = 128;
constexpr std::uint64_t kUnitsPerSecond = 10'000;

// 5x7 dots, a row a byte, the leftmost dot in bit 4.
using Glyph = std::array<std::uint8_t, 7>;
constexpr int kGlyphWidth = 5;
constexpr int kGlyphHeight = 7;
constexpr int kGlyphAdvance = 6;
constexpr std::array<Glyph, 12> kGlyphs{{
    {0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e},  // 0
    {0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e},  // 1
    {0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f},  // 2
    {0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e},  // 3
    {0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02},  // 4
    {0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e},  // 5
    {0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e},  // 6
    {0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08},  // 7
    {0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e},  // 8
    {0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c},  // 9
    {0x00, 0x04, 0x04, 0x00, 0x04, 0x04, 0x00},  // :
    {0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c},  // .
}};

const Glyph& glyphOf(char c) {
  if (c >= '0' && c <= '9')
    return kGlyphs[static_cast<std::size_t>(c - '0')];
  return c == ':' ? kGlyphs[10] : kGlyphs[11];
}

struct Box {
  int x, y, width, height;
};

void fillPlane(GstVideoFrame* frame, int plane, Box box, std::uint8_t value) {
  const int width = GST_VIDEO_FRAME_COMP_WIDTH(frame, plane);
  const int height = GST_VIDEO_FRAME_COMP_HEIGHT(frame, plane);
  const int left = std::clamp(box.x, 0, width);
  const int right = std::clamp(box.x + box.width, 0, width);
  const int bottom = std::clamp(box.y + box.height, 0, height);
  auto* data = static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(frame, plane));
  for (int y = std::clamp(box.y, 0, height); y < bottom; ++y)
    std::memset(data + static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(frame, plane) + left, value,
                static_cast<std::size_t>(right - left));
}

void fillGrey(GstVideoFrame* frame, Box box, std::uint8_t luma) {
  fillPlane(frame, 0, box, luma);
  const Box chroma{box.x / 2, box.y / 2, (box.width + 1) / 2, (box.height + 1) / 2};
  fillPlane(frame, 1, chroma, kNeutral);
  fillPlane(frame, 2, chroma, kNeutral);
}

void drawStripes(GstVideoFrame* frame, std::uint64_t time, std::uint16_t number) {
  const int width = GST_VIDEO_FRAME_WIDTH(frame);
  const int height = GST_VIDEO_FRAME_HEIGHT(frame);
  const int cell = std::max(2, width / kStripeCells);
  const StripeBits bits = encodeStripe(time, number);
  for (int i = 0; i < kStripeCells; ++i) {
    const int left = i * width / kStripeCells;
    const int right = (i + 1) * width / kStripeCells;
    const std::uint8_t luma = bits[static_cast<std::size_t>(i)] ? kWhite : kBlack;
    fillGrey(frame, {left, 0, right - left, cell}, luma);
    fillGrey(frame, {left, height - cell, right - left, cell}, luma);
  }
}

void drawText(GstVideoFrame* frame, const std::string& text, int x, int y, int dot) {
  for (const char c : text) {
    const Glyph& glyph = glyphOf(c);
    for (int row = 0; row < kGlyphHeight; ++row)
      for (int column = 0; column < kGlyphWidth; ++column)
        if ((glyph[static_cast<std::size_t>(row)] >> (kGlyphWidth - 1 - column) & 1) != 0)
          fillPlane(frame, 0, {x + column * dot, y + row * dot, dot, dot}, kWhite);
    x += kGlyphAdvance * dot;
  }
}

std::string clockText(std::uint64_t time) {
  const auto seconds = static_cast<std::time_t>(time / kUnitsPerSecond);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", parts.tm_hour, parts.tm_min, parts.tm_sec, time % kUnitsPerSecond / 10);
}

void drawClock(GstVideoFrame* frame, std::uint64_t time) {
  const std::string text = clockText(time);
  const int dot = std::max(1, GST_VIDEO_FRAME_WIDTH(frame) / 128);
  const int width = (static_cast<int>(text.size()) * kGlyphAdvance - 1) * dot;
  const int x = (GST_VIDEO_FRAME_WIDTH(frame) - width) / 2;
  const int y = (GST_VIDEO_FRAME_HEIGHT(frame) - kGlyphHeight * dot) / 2;
  fillGrey(frame, {x - 3 * dot, y - 3 * dot, width + 6 * dot, (kGlyphHeight + 6) * dot}, kBlack);
  drawText(frame, text, x, y, dot);
  // A mark that crosses the box once a second: a frozen or halting picture is seen at a glance.
  const int reach = width + 4 * dot;
  const auto along = static_cast<int>(static_cast<std::uint64_t>(reach) * (time % kUnitsPerSecond) / kUnitsPerSecond);
  fillPlane(frame, 0, {x - 3 * dot + along, y + (kGlyphHeight + 1) * dot, 2 * dot, dot}, kWhite);
}

std::uint64_t wallTime() {
  using Units = std::chrono::duration<std::int64_t, std::ratio<1, kUnitsPerSecond>>;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<Units>(now).count());
}

void drawOn(GstPad* pad, GstBuffer* buffer, std::uint16_t number) {
  const auto caps = gst::Ref<GstCaps>::adopt(gst_pad_get_current_caps(pad));
  GstVideoInfo info;
  GstVideoFrame frame;
  if (!caps || !gst_video_info_from_caps(&info, caps.get()) ||
      !gst_video_frame_map(&frame, &info, buffer, GstMapFlags(GST_MAP_READWRITE)))
    return;
  drawMarks(&frame, wallTime(), number);
  gst_video_frame_unmap(&frame);
}

}  // namespace

std::vector<std::string> testPatterns() {
  std::vector<std::string> names;
  names.reserve(kPatterns.size());
  for (const Pattern& pattern : kPatterns)
    names.emplace_back(pattern.name);
  return names;
}

std::optional<std::string> videotestsrcPattern(std::string_view pattern) {
  const auto known = std::ranges::find(kPatterns, pattern, &Pattern::name);
  return known == kPatterns.end() ? std::nullopt : std::optional<std::string>(known->videotestsrc);
}

gst::PadProbe drawClockOn(GstElement* picture) {
  return gst::PadProbe(gst::staticPad(picture, "src"), GST_PAD_PROBE_TYPE_BUFFER,
                       [number = std::uint16_t{0}](GstPad* pad, GstPadProbeInfo* info) mutable {
                         GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
                         GST_PAD_PROBE_INFO_DATA(info) = buffer;
                         drawOn(pad, buffer, number++);
                         return GST_PAD_PROBE_OK;
                       });
}

void drawMarks(GstVideoFrame* frame, std::uint64_t time, std::uint16_t number) {
  drawClock(frame, time);
  // Last, so that they are whole however low the picture is.
  drawStripes(frame, time, number);
}

}  // namespace fanlight::media
