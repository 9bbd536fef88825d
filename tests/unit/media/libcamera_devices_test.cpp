// SPDX-License-Identifier: Apache-2.0
// What is known of libcamera without a camera; listing one is shown in the suite "board".
#include "media/libcamera_devices.h"

#include <gmock/gmock.h>

namespace fanlight::media {
namespace {

TEST(LibcameraVersion, IsReadAsThePluginTellsIt) {
  EXPECT_EQ(parseLibcameraVersion("0.0.3"), (LibcameraVersion{0, 0, 3}));
  EXPECT_EQ(parseLibcameraVersion("0.7.1+rpt20260429"), (LibcameraVersion{0, 7, 1}));
  EXPECT_EQ(parseLibcameraVersion("1.2"), (LibcameraVersion{1, 2, 0}));
}

TEST(LibcameraVersion, IsNoneWhereTheTextTellsNone) {
  for (const char* text : {"", "0", "v0.4", "0.", ".4", "-1.0", "99999999999.1"})
    EXPECT_EQ(parseLibcameraVersion(text), std::nullopt) << text;
}

TEST(LibcameraVersion, IsOrderedByItsNumbers) {
  EXPECT_LT((LibcameraVersion{0, 5, 1}), (LibcameraVersion{0, 5, 10}));
  EXPECT_LT((LibcameraVersion{0, 5, 10}), (LibcameraVersion{0, 10, 0}));
}

TEST(LibcameraVersion, IsToldForPeople) {
  EXPECT_EQ(toText({0, 4, 0}), "0.4.0");
}

TEST(LibcameraId, IsOfAUsbCameraWhereItEndsInPortsInterfaceAndProduct) {
  EXPECT_TRUE(isIdOfUsbCamera(R"(\_SB_.PCI0.GP17.XHC0-1.4:1.0-046d:0825)"));
  EXPECT_TRUE(isIdOfUsbCamera("/base/soc/usb@7e980000-2.4:1.0-13d3:5463"));
}

TEST(LibcameraId, IsOfNoUsbCameraOtherwise) {
  for (const char* id :
       {"/base/soc/i2c0mux/i2c@1/imx708@1a", "platform/vimc.0 Sensor B", R"(\_SB_.PC00.I2C2.CAM0)", "Virtual0", "", "-",
        "-046d:0825", "a-b-046d:0825", "a-1.4:1.0-046g:0825", "a-1.4:1.0-046d0825"})
    EXPECT_FALSE(isIdOfUsbCamera(id)) << id;
}

TEST(LibcameraId, HoldsTheNameOfTheSensor) {
  EXPECT_EQ(nameOfLibcamera("/base/soc/i2c0mux/i2c@1/imx708@1a"), "imx708");
  EXPECT_EQ(nameOfLibcamera("platform/vimc.0 Sensor B"), "vimc.0 Sensor B");
  EXPECT_EQ(nameOfLibcamera("Virtual0"), "Virtual0");
}

TEST(LibcameraList, CanBeMadeWhereThePluginIsAndElseNamesItsPackages) {
  const auto devices = listLibcameraDevices();
  ASSERT_EQ(devices.has_value(), installedLibcamera().has_value());
  if (!devices) {
    EXPECT_EQ(devices.error().code, base::ErrorCode::Unsupported);
    EXPECT_THAT(devices.error().message, ::testing::HasSubstr("'gstreamer1.0-libcamera' and 'libcamera-ipa'"));
  }
}

}  // namespace
}  // namespace fanlight::media
