// SPDX-License-Identifier: Apache-2.0
// The mode that is chosen out of what a camera says it can do.
#include "media/capture_mode.h"

#include <array>

#include <gmock/gmock.h>

namespace fanlight::media {
namespace {

using Format = CaptureMode::Format;

struct Row {
  const char* name;
  const char* caps;
  CaptureMode chosen;
  base::Resolution wanted{1280, 720};
  base::FrameRate rate{30, 1};
  int minFrameRate = 1;
  bool mayBeH264 = false;
};

gst::Ref<GstCaps> parse(const char* text) {
  auto caps = gst::Ref<GstCaps>::adopt(gst_caps_from_string(text));
  EXPECT_TRUE(caps) << text;
  return caps;
}

std::string describe(const std::optional<CaptureMode>& mode) {
  if (!mode)
    return "none";
  constexpr std::array kNames{"raw ", "MJPEG ", "H.264 "};
  return std::string(kNames.at(static_cast<std::size_t>(mode->format))) + std::to_string(mode->resolution.width) + "x" +
         std::to_string(mode->resolution.height) + " at " + std::to_string(mode->frameRate.numerator) + "/" +
         std::to_string(mode->frameRate.denominator);
}

class CameraWithModes : public ::testing::TestWithParam<Row> {};

TEST_P(CameraWithModes, IsReadInTheOneNearestToWhatIsWanted) {
  const Row& row = GetParam();
  const auto mode = chooseMode(parse(row.caps).get(), {row.wanted, row.rate, row.minFrameRate, row.mayBeH264});
  EXPECT_EQ(describe(mode), describe(row.chosen));
}

constexpr Row kRows[] = {
    {"ExactRaw", "video/x-raw,format=YUY2,width=1280,height=720,framerate=30/1", {Format::Raw, {1280, 720}, {30, 1}}},
    {"RawBeforeMjpegThatDoesTheSame",
     "image/jpeg,width=1280,height=720,framerate=30/1;video/x-raw,format=YUY2,width=1280,height=720,framerate=30/1",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"MjpegWhereRawIsSlower",
     "video/x-raw,format=YUY2,width=1280,height=720,framerate=10/1;image/jpeg,width=1280,height=720,framerate=30/1",
     {Format::Mjpeg, {1280, 720}, {30, 1}}},
    {"ItsOwnH264BeforeRawThatDoesTheSame",
     "video/x-raw,format=YUY2,width=1280,height=720,framerate=30/1;video/x-h264,width=1280,height=720,framerate=30/1",
     {Format::H264, {1280, 720}, {30, 1}},
     {1280, 720},
     {30, 1},
     1,
     true},
    {"RawWhereItsOwnH264MayNotBe",
     "video/x-h264,width=1280,height=720,framerate=30/1;video/x-raw,format=YUY2,width=640,height=480,framerate=30/1",
     {Format::Raw, {640, 480}, {30, 1}}},
    {"ASmallerPictureRatherThanATooSlowOne",
     "video/x-raw,width=640,height=480,framerate=30/1;video/x-raw,width=1280,height=720,framerate=10/1",
     {Format::Raw, {640, 480}, {30, 1}},
     {1280, 720},
     {30, 1},
     15},
    {"ATooSlowOneWhereThereIsNoOther",
     "video/x-raw,width=1280,height=720,framerate=5/1",
     {Format::Raw, {1280, 720}, {5, 1}},
     {1280, 720},
     {30, 1},
     15},
    {"MjpegAlone", "image/jpeg,width=1280,height=720,framerate=30/1", {Format::Mjpeg, {1280, 720}, {30, 1}}},
    {"TheWantedSizeThoughItIsSlower",
     "video/x-raw,width=640,height=480,framerate=30/1;video/x-raw,width=1280,height=720,framerate=10/1",
     {Format::Raw, {1280, 720}, {10, 1}}},
    {"TheWantedRateOfAList",
     "video/x-raw,width=1280,height=720,framerate={(fraction)60/1,30/1,15/1}",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"TheNearestRateOfAList",
     "video/x-raw,width=1280,height=720,framerate={(fraction)25/1,15/1,5/1}",
     {Format::Raw, {1280, 720}, {25, 1}}},
    {"AFasterRateBeforeASlowerOne",
     "video/x-raw,width=1280,height=720,framerate=25/1;image/jpeg,width=1280,height=720,framerate=60/1",
     {Format::Mjpeg, {1280, 720}, {60, 1}}},
    {"TheLeastRateThatIsFastEnough",
     "image/jpeg,width=1280,height=720,framerate=60/1;image/jpeg,width=1280,height=720,framerate=50/1",
     {Format::Mjpeg, {1280, 720}, {50, 1}}},
    {"ARateWithinARange",
     "video/x-raw,width=1280,height=720,framerate=[1/1,60/1]",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"ASizeWithinARange",
     "video/x-raw,width=[32,3280],height=[32,2464],framerate=[1/1,30/1]",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"TheEndOfARange", "video/x-raw,width=[32,640],height=[32,480],framerate=30/1", {Format::Raw, {640, 480}, {30, 1}}},
    {"TheBeginningOfARange",
     "video/x-raw,width=[1600,1920],height=[1200,1440],framerate=30/1",
     {Format::Raw, {1600, 1200}, {30, 1}}},
    {"AStepOfARange",
     "video/x-raw,width=[320,1920,160],height=[240,1080,120],framerate=30/1",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"ASizeOfALists",
     "video/x-raw,width={640,1280},height={480,720},framerate=30/1",
     {Format::Raw, {1280, 720}, {30, 1}}},
    {"TheNearestSizeAbove",
     "video/x-raw,width=640,height=480,framerate=30/1;video/x-raw,width=1280,height=800,framerate=30/1",
     {Format::Raw, {1280, 800}, {30, 1}}},
    {"TheNearestSizeBelow",
     "video/x-raw,width=1024,height=768,framerate=30/1;video/x-raw,width=2592,height=1944,framerate=30/1",
     {Format::Raw, {1024, 768}, {30, 1}}},
    {"ARateThatIsKeptBeforeASizeThatIsNearer",
     "video/x-raw,width=640,height=480,framerate=30/1;video/x-raw,width=1280,height=960,framerate=7/1",
     {Format::Raw, {640, 480}, {30, 1}}},
    {"OtherFormatsAreNotRead",
     "video/x-h264,width=1280,height=720,framerate=30/1;video/x-bayer,width=1280,height=720,framerate=30/1;"
     "image/jpeg,width=640,height=480,framerate=30/1",
     {Format::Mjpeg, {640, 480}, {30, 1}}},
    {"DmaBufsAreNotRead",
     "video/x-raw(memory:DMABuf),width=1280,height=720,framerate=30/1;video/x-raw,width=640,height=480,framerate=30/1",
     {Format::Raw, {640, 480}, {30, 1}}},
    {"InterlacedMemoryIsNotRead",
     "video/x-raw(format:Interlaced),width=1280,height=720,framerate=30/1;video/x-raw,width=640,height=480,"
     "framerate=30/1",
     {Format::Raw, {640, 480}, {30, 1}}},
    {"WithoutASizeIsNotRead",
     "video/x-raw,framerate=30/1;image/jpeg,width=640,height=480,framerate=30/1",
     {Format::Mjpeg, {640, 480}, {30, 1}}},
    {"WithoutARateIsNotRead",
     "video/x-raw,width=1280,height=720;image/jpeg,width=640,height=480,framerate=30/1",
     {Format::Mjpeg, {640, 480}, {30, 1}}},
    {"AnotherWish",
     "video/x-raw,width={640,1280},height={480,720},framerate={(fraction)30/1,15/1}",
     {Format::Raw, {640, 480}, {15, 1}},
     {640, 480},
     {15, 1}},
    {"ABroadcastRate",
     "video/x-raw,width=1280,height=720,framerate={(fraction)30000/1001,25/1}",
     {Format::Raw, {1280, 720}, {30000, 1001}}},
};

INSTANTIATE_TEST_SUITE_P(CaptureMode, CameraWithModes, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

class CameraWithoutModes : public ::testing::TestWithParam<const char*> {};

TEST_P(CameraWithoutModes, CannotBeRead) {
  EXPECT_EQ(chooseMode(parse(GetParam()).get(), {{1280, 720}, {30, 1}}), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(CaptureMode, CameraWithoutModes,
                         ::testing::Values("EMPTY", "video/x-h264,width=1280,height=720,framerate=30/1",
                                           "video/x-raw(memory:DMABuf),width=1280,height=720,framerate=30/1",
                                           "video/x-raw", "video/x-raw,width=1280,framerate=30/1"));

}  // namespace
}  // namespace fanlight::media
