// SPDX-License-Identifier: Apache-2.0
// A camera's modes as a person reads them.
#include "media/mode_list.h"

#include <gmock/gmock.h>

namespace fanlight::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> list(const char* caps) {
  return listModes(gst::Ref<GstCaps>::adopt(gst_caps_from_string(caps)).get());
}

TEST(ListModes, JoinsTheSizesOfAFormatTheLargestFirst) {
  EXPECT_THAT(list("image/jpeg,width=640,height=480,framerate={(fraction)15/1,(fraction)30/1};"
                   "image/jpeg,width=1280,height=720,framerate=30/1"),
              ElementsAre("MJPEG: 1280x720 at 30; 640x480 at 30, 15"));
}

TEST(ListModes, JoinsRawFormatsOfTheSameSizes) {
  EXPECT_THAT(list("video/x-raw,format=YUY2,width=640,height=480,framerate=30/1;"
                   "video/x-raw,format=NV12,width=640,height=480,framerate=30/1;"
                   "video/x-h264,width=1920,height=1080,framerate=30/1"),
              ElementsAre("YUY2, NV12: 640x480 at 30", "H.264: 1920x1080 at 30"));
}

TEST(ListModes, SaysOfRangesTheLargest) {
  EXPECT_THAT(list("video/x-raw,format=YUY2,width=[16,1920],height=[16,1080],framerate=[1/1,60/1]"),
              ElementsAre("YUY2: 1920x1080 at 1 to 60"));
}

TEST(ListModes, CutsALongList) {
  std::string caps;
  for (int i = 1; i <= 10; ++i)
    caps += "image/jpeg,width=" + std::to_string(i * 16) + ",height=16,framerate=30/1;";
  caps.pop_back();
  EXPECT_THAT(list(caps.c_str()),
              ElementsAre("MJPEG: 160x16 at 30; 144x16 at 30; 128x16 at 30; 112x16 at 30; 96x16 at 30; 80x16 at 30; "
                          "64x16 at 30; 48x16 at 30; 2 smaller"));
}

TEST(ListModes, LeavesOutWhatIsNoPicture) {
  EXPECT_THAT(list("audio/x-raw; video/x-bayer,width=640,height=480"), IsEmpty());
}

}  // namespace
}  // namespace fanlight::media
