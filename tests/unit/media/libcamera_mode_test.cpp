// SPDX-License-Identifier: Apache-2.0
// Sizes and formats as libcamera's provider lists them, and what is asked for.
#include "media/libcamera_mode.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

constexpr base::Resolution kHd{1280, 720};

std::optional<LibcameraMode> choose(const char* text, base::Resolution wanted = kHd, Widths widths = Widths::Any) {
  const auto caps = gst::Ref<GstCaps>::adopt(gst_caps_from_string(text));
  return chooseLibcameraMode(caps.get(), wanted, widths);
}

/// As the Raspberry Pi's sensors are told.
constexpr const char* kRanges =
    "video/x-raw,format=YUY2,width=[32,4608,2],height=[32,2592,2];"
    "video/x-raw,format=I420,width=[32,4608,2],height=[32,2592,2];"
    "video/x-raw,format=NV12,width=[32,4608,2],height=[32,2592,2]";

TEST(LibcameraMode, IsTheWantedSizeInTheFormatThatEncodersTake) {
  EXPECT_EQ(choose(kRanges), (LibcameraMode{"NV12", kHd}));
  EXPECT_EQ(choose("video/x-raw,format=RGB,width=1280,height=720;video/x-raw,format=I420,width=1280,height=720"),
            (LibcameraMode{"I420", kHd}));
}

TEST(LibcameraMode, TakesTheSizeBeforeTheFormat) {
  EXPECT_EQ(choose("video/x-raw,format=NV12,width=640,height=480;video/x-raw,format=RGB,width=1280,height=720"),
            (LibcameraMode{"RGB", kHd}));
}

TEST(LibcameraMode, IsTheNearestSizeWhereTheWantedOneIsMissing) {
  EXPECT_EQ(choose("video/x-raw,format=NV12,width=640,height=480;video/x-raw,format=NV12,width=1920,height=1080"),
            (LibcameraMode{"NV12", {640, 480}}));
  EXPECT_EQ(choose("video/x-raw,format=NV12,width=[32,1024,2],height=[32,576,2]"),
            (LibcameraMode{"NV12", {1024, 576}}));
}

TEST(LibcameraMode, IsNoneOfWhatIsNoRawPicture) {
  EXPECT_EQ(choose("image/jpeg,width=1280,height=720;video/x-bayer,format=rggb,width=1280,height=720"), std::nullopt);
  EXPECT_EQ(choose("EMPTY"), std::nullopt);
}

TEST(LibcameraMode, KeepsAWidthThatIsPlain) {
  EXPECT_EQ(choose(kRanges, kHd, Widths::Plain), (LibcameraMode{"NV12", kHd}));
}

TEST(LibcameraMode, TakesTheNearestPlainWidthForOthers) {
  EXPECT_EQ(choose(kRanges, {1296, 972}, Widths::Plain), (LibcameraMode{"NV12", {1280, 972}}));
  EXPECT_EQ(choose(kRanges, {1296, 972}, Widths::Any), (LibcameraMode{"NV12", {1296, 972}}));
}

TEST(LibcameraMode, TakesAPlainWidthBeforeTheWantedOne) {
  const char* both = "video/x-raw,format=NV12,width=1000,height=720;video/x-raw,format=NV12,width=640,height=480";
  EXPECT_EQ(choose(both, {1000, 720}, Widths::Plain), (LibcameraMode{"NV12", {640, 480}}));
}

TEST(LibcameraMode, TakesAnotherWidthWhereNoneIsPlain) {
  EXPECT_EQ(choose("video/x-raw,format=NV12,width=1000,height=720", {1000, 720}, Widths::Plain),
            (LibcameraMode{"NV12", {1000, 720}}));
  EXPECT_FALSE(isPlain(1000));
}

TEST(LibcameraCaps, AreTheModeFirstThenWhatLibcameraMakesOfIt) {
  EXPECT_EQ(toCapsText({"NV12", kHd}, {15, 1}),
            "video/x-raw,format=NV12,width=1280,height=720,interlace-mode=progressive,framerate=15/1,colorimetry=bt709;"
            "video/x-raw,format=NV12,width=1280,height=720,interlace-mode=progressive");
}

TEST(LibcameraCaps, HaveNoColoursOfTelevisionForRgb) {
  EXPECT_EQ(toCapsText({"RGB", kHd}, {30000, 1001}),
            "video/x-raw,format=RGB,width=1280,height=720,interlace-mode=progressive,framerate=30000/1001;"
            "video/x-raw,format=RGB,width=1280,height=720,interlace-mode=progressive");
}

}  // namespace
}  // namespace fanlight::media
