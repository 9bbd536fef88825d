// SPDX-License-Identifier: Apache-2.0
// What is drawn into a frame, read from its luma.
#include "media/test_picture.h"

#include <chrono>

#include <gmock/gmock.h>

#include "media/clock_stripe.h"
#include "media/stripe_reader.h"

namespace fanlight::media {
namespace {

using test::readStripe;
using test::StripeReading;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::Le;

constexpr std::uint64_t kTime = 12'345'678'901;
constexpr std::uint8_t kUntouched = 77;

struct Size {
  int width;
  int height;
  int padding;  ///< bytes behind each row
};

// An I420 frame in memory of its own, whose rows may be longer than its picture.
class Frame {
 public:
  explicit Frame(Size size) {
    gst_video_info_set_format(&info_, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                              static_cast<guint>(size.height));
    gsize end = 0;
    for (guint plane = 0; plane < 3; ++plane) {
      info_.stride[plane] = GST_VIDEO_INFO_COMP_WIDTH(&info_, plane) + size.padding;
      info_.offset[plane] = end;
      end += static_cast<gsize>(info_.stride[plane] * GST_VIDEO_INFO_COMP_HEIGHT(&info_, plane));
    }
    info_.size = end;
    buffer_ = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, end, nullptr));
    gst_buffer_memset(buffer_.get(), 0, kUntouched, end);
    gst_buffer_add_video_meta_full(buffer_.get(), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                   static_cast<guint>(size.width), static_cast<guint>(size.height), 3, info_.offset,
                                   info_.stride);
    gst_video_frame_map(&frame_, &info_, buffer_.get(), GST_MAP_READWRITE);
  }
  ~Frame() { gst_video_frame_unmap(&frame_); }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  GstVideoFrame* get() { return &frame_; }
  int width() const { return GST_VIDEO_FRAME_WIDTH(&frame_); }
  int height() const { return GST_VIDEO_FRAME_HEIGHT(&frame_); }
  std::uint8_t at(int plane, int x, int y) const {
    return static_cast<const std::uint8_t*>(
        GST_VIDEO_FRAME_PLANE_DATA(&frame_, plane))[y * GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, plane) + x];
  }
  std::uint8_t luma(int x, int y) const { return at(0, x, y); }
  /// What lies behind the rows of a plane.
  std::vector<int> paddingOf(int plane) const {
    std::vector<int> bytes;
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT(&frame_, plane); ++y)
      for (int x = GST_VIDEO_FRAME_COMP_WIDTH(&frame_, plane); x < GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, plane); ++x)
        bytes.push_back(at(plane, x, y));
    return bytes;
  }
  /// The cells' middles in a row of the picture.
  std::vector<bool> bits(int y) const {
    std::vector<bool> bits;
    for (int cell = 0; cell < kStripeCells; ++cell)
      bits.push_back(luma((2 * cell + 1) * width() / (2 * kStripeCells), y) > 128);
    return bits;
  }

 private:
  GstVideoInfo info_{};
  gst::Ref<GstBuffer> buffer_;
  GstVideoFrame frame_{};
};

class DrawnFrame : public ::testing::TestWithParam<Size> {
 protected:
  DrawnFrame() : frame_(GetParam()) { drawMarks(frame_.get(), kTime, 4711); }
  Frame frame_;
};

using LegibleFrame = DrawnFrame;

TEST_P(LegibleFrame, HasTheClockInItsFirstAndItsLastRow) {
  EXPECT_EQ(readStripe(frame_.bits(0)), (StripeReading{kTime, 4711}));
  EXPECT_EQ(readStripe(frame_.bits(frame_.height() - 1)), (StripeReading{kTime, 4711}));
}

TEST_P(LegibleFrame, HasStripesAsHighAsACellIsWide) {
  const int cell = frame_.width() / kStripeCells;
  EXPECT_EQ(frame_.bits(0), frame_.bits(cell - 1));
  EXPECT_EQ(frame_.bits(frame_.height() - 1), frame_.bits(frame_.height() - cell));
}

TEST_P(LegibleFrame, HasNoColourInItsStripes) {
  for (int x = 0; x < frame_.width() / 2; ++x)
    ASSERT_THAT((std::vector<int>{frame_.at(1, x, 0), frame_.at(2, x, 0)}), Each(128)) << "at " << x;
}

INSTANTIATE_TEST_SUITE_P(TestPicture, LegibleFrame,
                         ::testing::Values(Size{136, 96, 0}, Size{320, 240, 0}, Size{320, 240, 13}, Size{321, 241, 7},
                                           Size{1280, 720, 0}, Size{1280, 720, 1}, Size{1920, 1080, 8},
                                           Size{640, 64, 0}),
                         [](const auto& size) {
                           return std::to_string(size.param.width) + "x" + std::to_string(size.param.height) + "And" +
                                  std::to_string(size.param.padding);
                         });

TEST_P(DrawnFrame, KeepsToItsRows) {
  for (int plane = 0; plane < 3; ++plane)
    EXPECT_THAT(frame_.paddingOf(plane), Each(kUntouched));
}

INSTANTIATE_TEST_SUITE_P(TestPicture, DrawnFrame,
                         ::testing::Values(Size{16, 16, 16}, Size{1, 1, 16}, Size{2, 400, 16}, Size{400, 2, 16},
                                           Size{17, 33, 5}, Size{321, 241, 7}, Size{1280, 720, 3}),
                         [](const auto& size) {
                           return std::to_string(size.param.width) + "x" + std::to_string(size.param.height) + "And" +
                                  std::to_string(size.param.padding);
                         });

TEST(TestPicture, HasABoxInItsMiddleForPeople) {
  Frame frame({1280, 720, 0});
  drawMarks(frame.get(), kTime, 0);
  int bright = 0;
  for (int x = 0; x < frame.width(); ++x)
    bright += frame.luma(x, 360) == 235 ? 1 : 0;
  EXPECT_GT(bright, 50) << "digits";
  EXPECT_EQ(frame.luma(640, 320), 16) << "black above them";
  EXPECT_EQ(frame.luma(640, 200), kUntouched);
}

TEST(TestPicture, ShowsAnotherTimeByOtherDigits) {
  Frame one({1280, 720, 0});
  Frame other({1280, 720, 0});
  drawMarks(one.get(), kTime, 0);
  drawMarks(other.get(), kTime + 20'000, 0);
  int differing = 0;
  for (int y = 320; y < 400; ++y)
    for (int x = 0; x < one.width(); ++x)
      differing += one.luma(x, y) != other.luma(x, y) ? 1 : 0;
  EXPECT_GT(differing, 50) << "two seconds later";
}

TEST(TestPicture, MovesItsMarkWithinTheSecond) {
  const auto markAt = [](std::uint64_t time) {
    Frame frame({1280, 720, 0});
    drawMarks(frame.get(), time, 0);
    int x = 0;
    while (x < frame.width() && frame.luma(x, 405) != 235)
      ++x;
    return x;
  };
  const std::uint64_t second = 1'000'000;
  EXPECT_LT(markAt(second), markAt(second + 3'000));
  EXPECT_LT(markAt(second + 3'000), markAt(second + 9'000));
  EXPECT_EQ(markAt(second), markAt(second + 10'000));
}

TEST(TestPicture, HasAPatternOfGStreamersForEachOfItsNames) {
  const auto source = gst::makeElement("videotestsrc");
  ASSERT_TRUE(source) << source.error().message;
  auto* klass = G_ENUM_CLASS(
      g_type_class_ref(g_object_class_find_property(G_OBJECT_GET_CLASS(source->get()), "pattern")->value_type));
  for (const std::string& name : testPatterns()) {
    const auto pattern = videotestsrcPattern(name);
    ASSERT_TRUE(pattern) << name;
    EXPECT_TRUE(g_enum_get_value_by_nick(klass, pattern->c_str())) << *pattern;
  }
  g_type_class_unref(klass);
}

TEST(TestPicture, HasThePatternThatACameraHasByDefault) {
  EXPECT_THAT(testPatterns(), ::testing::Contains("bars"));
}

TEST(TestPicture, HasNoPatternOfAnUnknownName) {
  EXPECT_EQ(videotestsrcPattern("smpte75"), std::nullopt);
  EXPECT_EQ(videotestsrcPattern(""), std::nullopt);
}

// What leaves an element, drawn on or not: the element is driven by hand.
class DrawClockOnTest : public ::testing::Test {
 protected:
  // A capsfilter hands on the very buffer that it is given.
  DrawClockOnTest() : element_(std::move(*gst::makeElement("capsfilter"))) {
    gst_element_set_state(element_.get(), GST_STATE_PAUSED);
    input_ = gst::staticPad(element_.get(), "sink");
    send(gst_event_new_stream_start("test"));
    send(gst_event_new_caps(gst::Ref<GstCaps>::adopt(gst_caps_from_string(kCaps)).get()));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    send(gst_event_new_segment(&segment));
  }
  ~DrawClockOnTest() override { gst_element_set_state(element_.get(), GST_STATE_NULL); }

  void send(GstEvent* event) { gst_pad_send_event(input_.get(), event); }
  void watch() {
    last_ = gst::PadProbe(gst::staticPad(element_.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                          [this](GstPad*, GstPadProbeInfo* info) {
                            given_ = gst::Ref<GstBuffer>::retain(GST_PAD_PROBE_INFO_BUFFER(info));
                            return GST_PAD_PROBE_OK;
                          });
  }
  static gst::Ref<GstBuffer> grey() {
    auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 320 * 240 * 3 / 2, nullptr));
    gst_buffer_memset(buffer.get(), 0, kUntouched, 320 * 240 * 3 / 2);
    return buffer;
  }
  void pass(gst::Ref<GstBuffer> buffer) { gst_pad_chain(input_.get(), buffer.release()); }
  static std::optional<StripeReading> read(GstBuffer* buffer) {
    std::vector<std::uint8_t> row(320);
    gst_buffer_extract(buffer, 0, row.data(), row.size());
    std::vector<bool> bits;
    for (int cell = 0; cell < kStripeCells; ++cell)
      bits.push_back(row[static_cast<std::size_t>((2 * cell + 1) * 320 / (2 * kStripeCells))] > 128);
    return readStripe(bits);
  }
  static std::uint64_t wallTime() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count() / 100) %
           (std::uint64_t{1} << kStripeTimeBits);
  }

  static constexpr const char* kCaps = "video/x-raw,format=I420,width=320,height=240,framerate=30/1";
  gst::Ref<GstElement> element_;
  gst::Ref<GstPad> input_;
  gst::PadProbe last_;
  gst::Ref<GstBuffer> given_;
};

TEST_F(DrawClockOnTest, PutsThePresentTimeIntoEachFrame) {
  const auto clock = drawClockOn(element_.get());
  watch();
  const std::uint64_t before = wallTime();
  pass(grey());
  const std::uint64_t after = wallTime();
  const auto reading = read(given_.get());
  ASSERT_TRUE(reading);
  EXPECT_THAT(reading->time, AllOf(Ge(before), Le(after)));
}

TEST_F(DrawClockOnTest, CountsTheFrames) {
  const auto clock = drawClockOn(element_.get());
  watch();
  for (unsigned frame = 0; frame < 3; ++frame) {
    pass(grey());
    const auto reading = read(given_.get());
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->frame, frame);
  }
}

TEST_F(DrawClockOnTest, DoesNotTouchAFrameThatSomebodyElseHolds) {
  const auto clock = drawClockOn(element_.get());
  watch();
  const auto held = grey();
  const std::uint64_t before = wallTime();
  pass(held.clone());
  const auto drawn = read(given_.get());
  ASSERT_TRUE(drawn);
  EXPECT_GE(drawn->time, before);
  std::uint8_t first = 0;
  gst_buffer_extract(held.get(), 0, &first, 1);
  EXPECT_EQ(first, kUntouched);
}

TEST_F(DrawClockOnTest, DrawsNothingOnceItIsGone) {
  { const auto clock = drawClockOn(element_.get()); }
  watch();
  pass(grey());
  std::uint8_t first = 0;
  gst_buffer_extract(given_.get(), 0, &first, 1);
  EXPECT_EQ(first, kUntouched);
}

}  // namespace
}  // namespace fanlight::media
