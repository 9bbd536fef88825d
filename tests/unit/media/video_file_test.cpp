// SPDX-License-Identifier: Apache-2.0
// What is found in a file, and what of it may go to browsers as it is.
#include "media/video_file.h"

#include <fstream>

#include <gmock/gmock.h>

#include "media/made_file.h"

namespace fanlight::media {
namespace {

using test::MadeFile;
using ::testing::HasSubstr;
using Format = CaptureMode::Format;

TEST(VideoFile, IsPassedThroughWhereBrowsersCanTakeItAsItIs) {
  const auto file = inspectVideoFile(MadeFile(MadeFile::kH264).path());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->mode, (CaptureMode{Format::H264, {320, 240}, {30, 1}}));
  EXPECT_THAT(file->codec, HasSubstr("H.264"));
}

class FileForTheEncoder : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(FileForTheEncoder, IsEncodedAnew) {
  const auto file = inspectVideoFile(MadeFile(GetParam().second, 120).path());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->mode, (CaptureMode{Format::Raw, {320, 240}, {30, 1}}));
}

INSTANTIATE_TEST_SUITE_P(
    VideoFile, FileForTheEncoder,
    ::testing::Values(
        std::pair("PicturesOutOfOrder",
                  "x264enc bframes=2 b-adapt=false key-int-max=30 ! video/x-h264,profile=main ! h264parse ! mp4mux"),
        std::pair("IdrsTooFarApart",
                  "x264enc tune=zerolatency key-int-max=600 ! video/x-h264,profile=baseline ! h264parse ! mp4mux"),
        std::pair("AnotherProfile",
                  "x264enc tune=zerolatency key-int-max=30 ! video/x-h264,profile=high ! h264parse ! mp4mux"),
        std::pair("AnotherCodec", "jpegenc ! matroskamux")),
    [](const auto& one) { return one.param.first; });

TEST(VideoFile, SaysWhyItCannotBeShown) {
  const TemporaryFolder folder;
  EXPECT_EQ(inspectVideoFile(folder.path("nothing")).error().code, base::ErrorCode::NotFound);
  std::ofstream(folder.path("words")) << "these are words";
  const auto words = inspectVideoFile(folder.path("words"));
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().code, base::ErrorCode::Unsupported);
  EXPECT_THAT(words.error().message, HasSubstr("cannot show '" + folder.path("words") + "'"));
}

TEST(VideoFile, IsNothingWithoutAPicture) {
  const TemporaryFolder folder;
  const MadeFile sound("fakesink audiotestsrc num-buffers=100 ! opusenc ! oggmux");
  EXPECT_THAT(inspectVideoFile(sound.path()).error().message, HasSubstr("no moving picture"));
}

}  // namespace
}  // namespace fanlight::media
