// SPDX-License-Identifier: Apache-2.0
// Which device is which, whatever number it has. The devices are made up; their nodes are some that each machine has.
#include "media/v4l2_devices.h"

#include <filesystem>

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace fanlight::media {
namespace {

using ::testing::ElementsAre;

struct Plugged {
  std::string path, name, bus;
};

std::vector<V4l2Device> identified(const std::vector<Plugged>& plugged) {
  std::vector<V4l2Device> devices;
  for (const auto& [path, name, bus] : plugged)
    devices.push_back({path, name, bus, {}, {}});
  return identify(std::move(devices));
}

std::vector<std::string> idsOf(const std::vector<V4l2Device>& devices) {
  std::vector<std::string> ids;
  for (const V4l2Device& one : devices)
    ids.push_back(one.id);
  return ids;
}

TEST(V4l2DeviceIds, SayWhatItIsAndWhereItIsPluggedIn) {
  EXPECT_THAT(idsOf(identified({{"/dev/video0", "HD Webcam", "usb-0000:00:14.0-1"}})),
              ElementsAre("HD Webcam at usb-0000:00:14.0-1"));
}

TEST(V4l2DeviceIds, AreTheSameUnderAnotherNumber) {
  EXPECT_EQ(idsOf(identified({{"/dev/video0", "HD Webcam", "usb-1"}})),
            idsOf(identified({{"/dev/video5", "HD Webcam", "usb-1"}})));
}

TEST(V4l2DeviceIds, TellTwoOfAKindApartByWhereTheyArePluggedIn) {
  EXPECT_THAT(idsOf(identified({{"/dev/video0", "HD Webcam", "usb-1"}, {"/dev/video2", "HD Webcam", "usb-2"}})),
              ElementsAre("HD Webcam at usb-1", "HD Webcam at usb-2"));
}

TEST(V4l2DeviceIds, TellTheNodesOfOneDeviceApartByTheOrderOfTheirNumbers) {
  const auto devices = identified({{"/dev/video10", "HD Webcam", "usb-1"}, {"/dev/video9", "HD Webcam", "usb-1"}});
  EXPECT_THAT(idsOf(devices), ElementsAre("HD Webcam at usb-1", "HD Webcam at usb-1 (2)"));
  EXPECT_EQ(devices.front().path, "/dev/video9");
}

TEST(V4l2DeviceIds, AreThePathsOfThoseWhoseDriverDoesNotSayWhereTheyAre) {
  EXPECT_THAT(idsOf(identified({{"/dev/video0", "HD Webcam", ""}, {"/dev/video2", "HD Webcam", ""}})),
              ElementsAre("HD Webcam at /dev/video0", "HD Webcam at /dev/video2"));
}

class V4l2LookoutTest : public ::testing::Test {
 protected:
  /// Whether it has listed the devices.
  bool look() { return lookout_.look().has_value(); }

  const TemporaryFolder folder_;
  V4l2Lookout lookout_{folder_.path("")};
};

TEST_F(V4l2LookoutTest, ListsTheDevicesAtItsFirstLook) {
  EXPECT_TRUE(look());
}

TEST_F(V4l2LookoutTest, LeavesThemAloneWhileNothingChanges) {
  folder_.write("video0", "");
  look();
  EXPECT_FALSE(look());
  folder_.write("null", "");
  EXPECT_FALSE(look());
}

TEST_F(V4l2LookoutTest, ListsThemAgainWhenANodeComesOrGoes) {
  look();
  folder_.write("video0", "");
  EXPECT_TRUE(look());
  folder_.write("video1", "");
  EXPECT_TRUE(look());
  std::filesystem::remove(folder_.path("video0"));
  EXPECT_TRUE(look());
}

// udev makes a node readable for us only after the kernel has made it.
TEST_F(V4l2LookoutTest, ListsThemAgainWhenTheRightsOfANodeChange) {
  folder_.write("video0", "");
  look();
  std::filesystem::permissions(folder_.path("video0"), std::filesystem::perms::owner_all);
  EXPECT_TRUE(look());
}

class V4l2DeviceOfACamera : public ::testing::Test {
 protected:
  std::string linkTo(const std::string& target) {
    const std::string link = folder_.path("by-id");
    std::filesystem::create_symlink(target, link);
    return link;
  }
  bool isMeant(const std::string& path) const {
    return media::isMeant(identified({{path, "HD Webcam", "usb-1"}}).front(), settings_);
  }

  const TemporaryFolder folder_;
  config::Camera settings_;
};

TEST_F(V4l2DeviceOfACamera, IsAnyWhereNoneIsNamed) {
  EXPECT_TRUE(isMeant("/dev/video0"));
}

TEST_F(V4l2DeviceOfACamera, IsPartOfOneForLibcameraOnlyWhereItIsNamed) {
  auto devices = identified({{"/dev/video0", "unicam", "platform:fe801000.csi"}});
  EXPECT_FALSE(hasCameraForLibcamera(devices));
  devices.front().isPartOfCamera = true;
  EXPECT_TRUE(hasCameraForLibcamera(devices));
  EXPECT_FALSE(media::isMeant(devices.front(), settings_));
  settings_.device = "/dev/video0";
  EXPECT_TRUE(media::isMeant(devices.front(), settings_));
}

TEST_F(V4l2DeviceOfACamera, IsTheOneThatIsNamed) {
  settings_.device = "/dev/video0";
  EXPECT_TRUE(isMeant("/dev/video0"));
  EXPECT_FALSE(isMeant("/dev/video1"));
}

TEST_F(V4l2DeviceOfACamera, IsTheOneThatALinkLeadsTo) {
  settings_.device = linkTo("/dev/null");
  EXPECT_TRUE(isMeant("/dev/null"));
  EXPECT_FALSE(isMeant("/dev/zero"));
}

TEST_F(V4l2DeviceOfACamera, IsNoneWhileALinkLeadsNowhere) {
  settings_.device = linkTo(folder_.path("video0"));
  EXPECT_FALSE(isMeant("/dev/null"));
}

TEST_F(V4l2DeviceOfACamera, IsNoFile) {
  settings_.device = linkTo(folder_.write("video0", ""));
  EXPECT_FALSE(isMeant(folder_.write("video1", "")));
}

TEST_F(V4l2DeviceOfACamera, IsTheOneThatWasFoundUnderWhateverNumber) {
  settings_.foundAs = "HD Webcam at usb-1";
  const auto isFound = [this](const std::string& path, const std::string& bus) {
    return media::isMeant(identified({{path, "HD Webcam", bus}}).front(), settings_);
  };
  EXPECT_TRUE(isFound("/dev/video0", "usb-1"));
  EXPECT_TRUE(isFound("/dev/video5", "usb-1"));
  EXPECT_FALSE(isFound("/dev/video0", "usb-2"));
}

}  // namespace
}  // namespace fanlight::media
