// SPDX-License-Identifier: Apache-2.0
// Cameras that are found while the daemon runs, on a machine that is made up.
#include "app/cameras.h"

#include <mutex>

#include <gmock/gmock.h>

#include "board/stand_in_element.h"
#include "loop_fixture.h"
#include "steered_clocks.h"
#include "temporary_folder.h"

namespace fanlight::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What is plugged in. The test plugs, the worker looks.
class Machine {
 public:
  void plug(const std::string& path, const std::string& name, const std::string& bus) {
    const std::lock_guard lock(mutex_);
    plugged_.push_back({path, name, bus, false});
    isNews_ = true;
  }
  /// A node of a camera that V4L2 alone gives no picture of.
  void plugPart(const std::string& path) {
    const std::lock_guard lock(mutex_);
    plugged_.push_back({path, "unicam", "platform:fe801000.csi", true});
    isNews_ = true;
  }
  void unplugAll() {
    const std::lock_guard lock(mutex_);
    plugged_.clear();
    isNews_ = true;
  }
  std::optional<std::vector<media::V4l2Device>> look() {
    const std::lock_guard lock(mutex_);
    ++looks_;
    if (!std::exchange(isNews_, false))
      return std::nullopt;
    std::vector<media::V4l2Device> devices;
    for (const auto& [path, name, bus, isPart] : plugged_)
      devices.push_back({path, name, bus, {}, {}, isPart});
    return media::identify(std::move(devices));
  }
  base::Result<std::vector<media::LibcameraDevice>> listLibcamera() {
    const std::lock_guard lock(mutex_);
    ++libcameraLists_;
    if (!hasPlugin_)
      return base::fail(base::ErrorCode::Unsupported, "no plugin");
    std::vector<media::LibcameraDevice> cameras;
    cameras.push_back({"/base/soc/i2c0mux/i2c@1/imx708@1a", {}, false});
    cameras.push_back({"/base/soc/usb@7e980000-1.4:1.0-046d:0825", {}, true});
    return cameras;
  }
  void removePlugin() { hasPlugin_ = false; }
  int libcameraLists() const {
    const std::lock_guard lock(mutex_);
    return libcameraLists_;
  }
  int looks() const {
    const std::lock_guard lock(mutex_);
    return looks_;
  }

 private:
  struct Plugged {
    std::string path, name, bus;
    bool isPart;
  };

  mutable std::mutex mutex_;
  std::vector<Plugged> plugged_;
  bool isNews_ = true;
  int looks_ = 0;
  int libcameraLists_ = 0;
  bool hasPlugin_ = true;
};

class CamerasTest : public test::LoopFixture {
 protected:
  void discover(WhenNoneFound whenNoneFound = WhenNoneFound::ServeNothing) {
    cameras_.discover(whenNoneFound, {[this] { return machine_.look(); }, std::chrono::milliseconds(1),
                                      [this] { return machine_.listLibcamera(); }});
    awaitLook();
  }
  /// One that began after this was called, with what came of it.
  void awaitLook() {
    const int before = machine_.looks();
    runUntil("two looks", [this, before] { return machine_.looks() >= before + 2; });
  }
  std::vector<std::string> served() const {
    std::vector<std::string> ids;
    for (const session::CameraInfo& camera : catalogue_.cameras())
      ids.push_back(camera.id.value());
    return ids;
  }

  Machine machine_;
  TemporaryFolder devices_;
  test::ShiftedClock clock_;
  session::Catalogue catalogue_;
  Cameras cameras_{{context_, gst::TimeBase::create(), clock_, std::make_shared<media::DeviceClaims>(),
                    std::make_shared<board::EncoderProbe>()},
                   catalogue_,
                   devices_.path()};
};

TEST_F(CamerasTest, ServeEachOneThatIsThere) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  machine_.plug("/dev/video2", "Door", "usb-2");
  discover();
  EXPECT_THAT(served(), ElementsAre("hd-webcam", "door"));
}

TEST_F(CamerasTest, ServeOneThatIsPluggedInLater) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  machine_.plug("/dev/video2", "Door", "usb-2");
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("hd-webcam", "door"));
}

TEST_F(CamerasTest, AreLookedForAsSoonAsSomethingIsPluggedIn) {
  cameras_.discover(WhenNoneFound::ServeTestPicture, {[this] { return machine_.look(); }, std::chrono::hours(1)});
  runUntil("the end of the first look", [this] { return !served().empty(); });
  machine_.plug("/dev/video0", "Porch", "usb-1");
  devices_.write("video0", "");
  runUntil("a second look", [this] { return served().size() == 2; });
  EXPECT_THAT(served(), ElementsAre("test-picture", "porch"));
}

TEST_F(CamerasTest, ServeOneThatIsPluggedInWhereThereWasNone) {
  discover();
  EXPECT_THAT(served(), IsEmpty());
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("hd-webcam"));
}

TEST_F(CamerasTest, ServeThoseOfLibcameraWhereADeviceIsPartOfOne) {
  machine_.plugPart("/dev/video0");
  machine_.plug("/dev/video2", "HD Webcam", "usb-1");
  discover();
  ASSERT_THAT(served(), ElementsAre("hd-webcam", "imx708")) << "neither the part, nor the USB camera twice";
  const config::Camera& settings = cameras_.find(base::CameraId("imx708"))->settings();
  EXPECT_EQ(settings.source, config::SourceKind::Libcamera);
  EXPECT_EQ(settings.foundAs, "/base/soc/i2c0mux/i2c@1/imx708@1a");
}

TEST_F(CamerasTest, AskLibcameraOnlyWhereADeviceIsPartOfACamera) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  EXPECT_EQ(machine_.libcameraLists(), 0);
}

TEST_F(CamerasTest, AreServedWithoutThoseOfLibcameraWhereItsPluginIsMissing) {
  machine_.removePlugin();
  machine_.plugPart("/dev/video0");
  machine_.plug("/dev/video2", "HD Webcam", "usb-1");
  discover();
  EXPECT_THAT(served(), ElementsAre("hd-webcam"));
}

TEST_F(CamerasTest, KeepOneThatIsTakenAway) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  machine_.unplugAll();
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("hd-webcam"));
}

TEST_F(CamerasTest, KnowOneAgainUnderAnotherNumber) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  machine_.unplugAll();
  machine_.plug("/dev/video1", "HD Webcam", "usb-1");
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("hd-webcam"));
}

TEST_F(CamerasTest, AreReadByWhereTheyArePluggedIn) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  const auto& settings = cameras_.all().front()->settings();
  EXPECT_EQ(settings.foundAs, "HD Webcam at usb-1");
  EXPECT_EQ(settings.device, "") << "its number is another one when it comes back";
}

TEST_F(CamerasTest, GetIdsOfTheirOwnWhereTheirNamesAreTheSame) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  machine_.plug("/dev/video2", "HD Webcam", "usb-2");
  discover();
  EXPECT_THAT(served(), ElementsAre("hd-webcam", "hd-webcam-2"));
}

TEST_F(CamerasTest, GetNoIdThatIsReserved) {
  machine_.plug("/dev/video0", "Status", "usb-1");
  machine_.plug("/dev/video2", "Info", "usb-2");
  machine_.plug("/dev/video4", "Signal", "usb-3");
  discover();
  EXPECT_THAT(served(), ElementsAre("status-2", "info-2", "signal-2"));
}

TEST_F(CamerasTest, AreStoodInForByTheTestPictureWhereThatIsWanted) {
  discover(WhenNoneFound::ServeTestPicture);
  EXPECT_THAT(served(), ElementsAre("test-picture"));
}

TEST_F(CamerasTest, ThatComeAfterTheTestPictureAreServedBesideIt) {
  discover(WhenNoneFound::ServeTestPicture);
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("test-picture", "hd-webcam"));
}

TEST_F(CamerasTest, NeedNoTestPictureWhereOneWasThere) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover(WhenNoneFound::ServeTestPicture);
  machine_.unplugAll();
  awaitLook();
  EXPECT_THAT(served(), ElementsAre("hd-webcam"));
}

TEST_F(CamerasTest, ShowTheWorkerThatLooksForThem) {
  EXPECT_EQ(cameras_.looker(), nullptr);
  discover();
  ASSERT_NE(cameras_.looker(), nullptr);
  EXPECT_EQ(cameras_.looker()->name(), "look");
}

TEST_F(CamerasTest, AreClosedTogetherWithTheSearchForMore) {
  discover(WhenNoneFound::ServeTestPicture);
  const auto demand = cameras_.all().front()->demand();
  cameras_.close();
  runUntil("the end of all", [this] { return cameras_.unclosed().empty(); });
}

TEST_F(CamerasTest, NameTheOneThatHangsWhenTheyAreClosed) {
  test::StandInElement hanging("videotestsrc", test::Quirk::Hangs);
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  config::Camera settings;
  settings.id = base::CameraId("porch");
  settings.source = config::SourceKind::Test;
  cameras_.add(settings);
  const auto demand = cameras_.all().back()->demand();
  runUntil("the device to be opened", [&hanging] { return hanging.made() > 0; });

  cameras_.close();

  runUntil("the end of the others", [this] { return cameras_.unclosed().size() == 1; });
  EXPECT_THAT(cameras_.unclosed(), ElementsAre("camera 'porch'"));
  hanging.letGo();
  runUntil("its end", [this] { return cameras_.unclosed().empty(); });
}

TEST_F(CamerasTest, AreAtFaultWhereTheyAreThereAndGiveNothing) {
  test::StandInElement hanging("videotestsrc", test::Quirk::Hangs);
  config::Camera silent;
  silent.id = base::CameraId("porch");
  silent.source = config::SourceKind::Test;
  config::Camera missing;
  missing.id = base::CameraId("garden");
  missing.source = config::SourceKind::V4l2;
  missing.device = "/dev/video999";
  cameras_.add(silent);
  cameras_.add(missing);
  std::vector<media::Camera::Demand> demands;
  for (const auto& camera : cameras_.all())
    demands.push_back(camera->demand());
  EXPECT_THAT(cameras_.faults(), IsEmpty());
  clock_.jump(std::chrono::seconds(11));
  runUntil("both to be away", [this] {
    return std::ranges::all_of(cameras_.all(),
                               [](const auto& camera) { return camera->state() == media::Camera::State::Away; });
  });
  clock_.jump(std::chrono::minutes(2));

  const auto faults = cameras_.faults();

  ASSERT_EQ(faults.size(), 1U) << "nothing brings back one that is not there";
  EXPECT_EQ(faults.front().what, "camera 'porch' gives no pictures, whatever was tried (the camera gives no picture)");
  EXPECT_GE(faults.front().lasting, std::chrono::minutes(2));
  hanging.letGo();
}

TEST_F(CamerasTest, AreSlowedAllOfThemAndSoAreThoseThatComeLater) {
  machine_.plug("/dev/video0", "HD Webcam", "usb-1");
  discover();
  cameras_.setPace(media::kPaces.back(), session::SlowedBy::Heat);
  machine_.plug("/dev/video2", "Door", "usb-2");
  awaitLook();
  ASSERT_THAT(served(), ElementsAre("hd-webcam", "door"));
  for (const session::CameraInfo& camera : catalogue_.cameras())
    EXPECT_EQ(camera.slowed, session::SlowedBy::Heat) << camera.name;
  cameras_.setPace({}, std::nullopt);
  for (const session::CameraInfo& camera : catalogue_.cameras())
    EXPECT_EQ(camera.slowed, std::nullopt) << camera.name;
}

}  // namespace
}  // namespace fanlight::app
