// SPDX-License-Identifier: Apache-2.0
// From settings to a source, and who has which device.
#include "media/capture_source.h"

#include <gmock/gmock.h>

#include "gst/pipeline.h"
#include "media/test_picture.h"
#include "media/v4l2_devices.h"

namespace fanlight::media {
namespace {

using ::testing::HasSubstr;

TEST(DeviceClaims, GiveADeviceToOneAtATime) {
  const auto claims = std::make_shared<DeviceClaims>();
  const auto claim = claims->claim("/dev/video0");
  EXPECT_TRUE(claim);
  EXPECT_FALSE(claims->claim("/dev/video0"));
}

TEST(DeviceClaims, GiveOtherDevicesMeanwhile) {
  const auto claims = std::make_shared<DeviceClaims>();
  const auto claim = claims->claim("/dev/video0");
  EXPECT_TRUE(claims->claim("/dev/video1"));
}

TEST(DeviceClaims, GiveADeviceAgainOnceItIsGivenBack) {
  const auto claims = std::make_shared<DeviceClaims>();
  claims->claim("/dev/video0").reset();
  EXPECT_TRUE(claims->claim("/dev/video0"));
}

TEST(DeviceClaims, AreNotGivenBackByOneWhoWasRefused) {
  const auto claims = std::make_shared<DeviceClaims>();
  const auto claim = claims->claim("/dev/video0");
  claims->claim("/dev/video0").reset();
  EXPECT_FALSE(claims->claim("/dev/video0"));
}

TEST(DeviceClaims, EndWithTheLastWhoHoldsOne) {
  const auto claims = std::make_shared<DeviceClaims>();
  auto claim = claims->claim("/dev/video0");
  auto shared = claim;
  claim.reset();
  EXPECT_FALSE(claims->claim("/dev/video0"));
  shared.reset();
  EXPECT_TRUE(claims->claim("/dev/video0"));
}

TEST(DeviceClaims, MayBeLetGoBeforeTheirClaims) {
  auto claims = std::make_shared<DeviceClaims>();
  auto claim = claims->claim("/dev/video0");
  const std::weak_ptr<DeviceClaims> watched = claims;
  claims.reset();
  EXPECT_FALSE(watched.expired());
  claim.reset();
  EXPECT_TRUE(watched.expired());
}

class CaptureSourceTest : public ::testing::Test {
 protected:
  base::Result<CaptureSource> open() { return openCaptureSource(settings_, *claims_); }

  config::Camera settings_;
  const std::shared_ptr<DeviceClaims> claims_ = std::make_shared<DeviceClaims>();
};

class TestPictureSource : public CaptureSourceTest, public ::testing::WithParamInterface<std::string> {
 protected:
  TestPictureSource() {
    settings_.source = config::SourceKind::Test;
    settings_.pattern = GetParam();
    settings_.width = 320;
    settings_.height = 240;
    settings_.frameRate = {15, 1};
  }
};

TEST_P(TestPictureSource, GivesWhatIsWanted) {
  const auto source = open();
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(source->mode, (CaptureMode{CaptureMode::Format::Raw, {320, 240}, {15, 1}}));
}

TEST_P(TestPictureSource, IsNamedForTheLog) {
  const auto source = open();
  ASSERT_TRUE(source);
  EXPECT_EQ(source->what, "test picture '" + GetParam() + "'");
}

TEST_P(TestPictureSource, IsAPipelineWithAnElementForTheClock) {
  const auto source = open();
  ASSERT_TRUE(source);
  gst::Pipeline pipeline("test", gst::TimeBase::create(), glib::MainContext::create(), nullptr);
  const auto bin = pipeline.addBin(source->description);
  ASSERT_TRUE(bin) << bin.error().message;
  EXPECT_TRUE(gst::findElement(*bin, "picture"));
}

TEST_P(TestPictureSource, MayBeOpenedByManyCameras) {
  const auto one = open();
  const auto other = open();
  EXPECT_TRUE(one);
  EXPECT_TRUE(other);
}

INSTANTIATE_TEST_SUITE_P(CaptureSource, TestPictureSource, ::testing::ValuesIn(testPatterns()),
                         [](const auto& pattern) {
                           std::string name = pattern.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(CaptureSourceTest, NamesATestPatternThatItDoesNotKnow) {
  settings_.source = config::SourceKind::Test;
  settings_.pattern = "plaid";
  const auto source = open();
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(source.error().message, "no test pattern 'plaid'");
}

TEST_F(CaptureSourceTest, IsNotFoundWhereTheDeviceIsNotThere) {
  settings_.source = config::SourceKind::V4l2;
  settings_.device = "/dev/video-that-is-not-there";
  const auto source = open();
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(source.error().message, "no camera '/dev/video-that-is-not-there' found");
}

TEST_F(CaptureSourceTest, NeverTakesTheTestPictureByItself) {
  if (!listV4l2Devices().empty())
    GTEST_SKIP() << "this machine has a camera, which would be taken";
  settings_.source = config::SourceKind::Auto;
  const auto source = open();
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, base::ErrorCode::NotFound);
}

TEST_F(CaptureSourceTest, ClaimsNothingWhereItFails) {
  settings_.source = config::SourceKind::V4l2;
  settings_.device = "/dev/video-that-is-not-there";
  EXPECT_FALSE(open());
  EXPECT_TRUE(claims_->claim("/dev/video-that-is-not-there"));
}

}  // namespace
}  // namespace fanlight::media
