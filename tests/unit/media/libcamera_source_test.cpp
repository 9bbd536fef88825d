// SPDX-License-Identifier: Apache-2.0
// Which camera of libcamera's is meant; reading from one is shown in the suite "board".
#include "media/libcamera_source.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

constexpr const char* kModule = "/base/soc/i2c0mux/i2c@1/imx708@1a";
constexpr const char* kOther = "/base/soc/i2c0mux/i2c@0/imx219@10";
constexpr const char* kWebcam = "/base/soc/usb@7e980000-1.4:1.0-046d:0825";

class ClaimedLibcameraTest : public ::testing::Test {
 protected:
  /// The id of the camera that is taken, or why none is.
  std::string take(const std::string& device, const std::string& foundAs = "") {
    config::Camera settings;
    settings.source = config::SourceKind::Libcamera;
    settings.device = device;
    settings.foundAs = foundAs;
    std::vector<LibcameraDevice> devices;
    devices.push_back({kWebcam, {}, true});
    devices.push_back({kModule, {}, false});
    devices.push_back({kOther, {}, false});
    auto claimed = claimLibcamera(std::move(devices), settings, *claims_);
    if (!claimed)
      return claimed.error().message;
    held_.push_back(claimed->claim);
    return claimed->device.id;
  }

  const std::shared_ptr<DeviceClaims> claims_ = std::make_shared<DeviceClaims>();
  std::vector<DeviceClaims::Claim> held_;
};

TEST_F(ClaimedLibcameraTest, IsTheOneThatIsNamed) {
  EXPECT_EQ(take(kOther), kOther);
  EXPECT_EQ(take("", kModule), kModule) << "as it was found";
}

TEST_F(ClaimedLibcameraTest, IsTheFirstThatIsFreeWhereNoneIsNamed) {
  EXPECT_EQ(take(""), kModule) << "V4L2 gives the USB camera";
  EXPECT_EQ(take(""), kOther);
  EXPECT_EQ(take(""), "libcamera's camera is used by another camera entry");
}

TEST_F(ClaimedLibcameraTest, IsNotTakenTwice) {
  EXPECT_EQ(take(kModule), kModule);
  EXPECT_EQ(take(kModule), std::string("libcamera's camera '") + kModule + "' is used by another camera entry");
}

TEST_F(ClaimedLibcameraTest, IsNoUsbCamera) {
  EXPECT_EQ(take(kWebcam), std::string("'") + kWebcam + "' is a USB camera, which source 'v4l2' is for");
}

TEST_F(ClaimedLibcameraTest, IsMissedByItsId) {
  EXPECT_EQ(take("/base/nowhere"), "libcamera finds no camera '/base/nowhere'");
}

}  // namespace
}  // namespace fanlight::media
