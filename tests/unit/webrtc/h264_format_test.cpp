// SPDX-License-Identifier: Apache-2.0
// Choosing among the H.264 payload types of an offer.
#include "webrtc/h264_format.h"

#include <gtest/gtest.h>

namespace fanlight::webrtc {
namespace {

TEST(H264Suitability, PrefersConstrainedBaselineInModeOne) {
  const int constrained = h264Suitability("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
  const int baseline = h264Suitability("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f");
  const int main = h264Suitability("packetization-mode=1;profile-level-id=4d001f");
  EXPECT_GT(constrained, baseline);
  EXPECT_GT(baseline, main);
  EXPECT_GT(main, 0);
}

TEST(H264Suitability, RefusesWhatWeCannotPacketize) {
  EXPECT_EQ(h264Suitability("packetization-mode=0;profile-level-id=42e01f"), 0);
  EXPECT_EQ(h264Suitability("profile-level-id=42e01f"), 0);
}

TEST(H264Suitability, TakesGStreamersSilenceForMainAtBest) {
  EXPECT_EQ(h264Suitability(""), h264Suitability("packetization-mode=1;profile-level-id=4d001f"));
}

TEST(H264Suitability, TakesAnAbsentProfileForBaseline) {
  EXPECT_EQ(h264Suitability("packetization-mode=1"), h264Suitability("packetization-mode=1;profile-level-id=420010"));
}

TEST(H264Suitability, RefusesAProfileThatIsNone) {
  EXPECT_EQ(h264Suitability("packetization-mode=1;profile-level-id=42e0"), 0);
  EXPECT_EQ(h264Suitability("packetization-mode=1;profile-level-id=zzzzzz"), 0);
  EXPECT_EQ(h264Suitability("packetization-mode=1;profile-level-id=f4001f"), 0);
}

TEST(H264AnswerParameters, StateTheProfileThatWasOffered) {
  EXPECT_EQ(h264AnswerParameters("profile-level-id=42e01f;packetization-mode=1"),
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
}

TEST(FormatParameter, FindsNamesWhateverTheirCaseAndSpacing) {
  EXPECT_EQ(formatParameter("a=1; Profile-Level-Id = 42E01F ;b=2", "profile-level-id"), "42E01F");
  EXPECT_EQ(formatParameter("a=1", "b"), "");
  EXPECT_EQ(formatParameter("flag;b=2", "flag"), "");
  EXPECT_EQ(formatParameter("flag;b=2", "b"), "2");
}

}  // namespace
}  // namespace fanlight::webrtc
