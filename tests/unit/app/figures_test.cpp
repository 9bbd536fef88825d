// SPDX-License-Identifier: Apache-2.0
// The device's figures: a real camera of the test picture, and the session core on fakes.
#include "app/figures.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "loop_fixture.h"
#include "session/fakes.h"

namespace fanlight::app {
namespace {

using session::EndReason;
using session::SessionId;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class FiguresTest : public test::LoopFixture {
 protected:
  FiguresTest() {
    config::Camera settings;
    settings.id = kFront;
    settings.source = config::SourceKind::Test;
    settings.width = 320;
    settings.height = 240;
    cameras_.add(settings);
    core_.registry.onEnded([this](const session::Session& session, EndReason reason, const std::string&) {
      figures_.noteEnd(session, reason);
    });
  }
  // While what hears of it is there, as the daemon does.
  ~FiguresTest() override { core_.registry.endAll(EndReason::Shutdown); }

  void open(const std::string& id) {
    const session::Viewer viewer{session::SourceId("somewhere"), test::viewGrant("alice")};
    ASSERT_TRUE(core_.registry.open({SessionId(id), kFront, "v=0", {}}, viewer, observer_));
  }
  void leave(const std::string& id) { ASSERT_TRUE(core_.registry.end(SessionId(id))); }
  telemetry::DeviceFigures read() const { return figures_.figures(); }
  telemetry::CameraFigures camera() const { return read().cameras.at(0); }

  const base::CameraId kFront{"front"};
  base::SteadyClock clock_;
  test::FakeObserver observer_;
  test::FakeCore core_;
  Cameras cameras_{{context_, gst::TimeBase::create(), clock_, std::make_shared<media::DeviceClaims>(),
                    std::make_shared<board::EncoderProbe>()},
                   core_.catalogue};
  Figures figures_{cameras_, core_.catalogue, core_.registry, clock_,
                   [](telemetry::DeviceFigures& device) { device.connections = 3; }};
};

TEST_F(FiguresTest, AreOfADeviceAtRest) {
  const auto device = read();
  EXPECT_EQ(device.connections, 3);
  EXPECT_TRUE(device.process);
  EXPECT_THAT(device.viewers, IsEmpty());
  EXPECT_THAT(device.ends, Contains(Pair("left", 0U)));
  EXPECT_THAT(device.refusals, Contains(Pair("busy", 0U)));
  ASSERT_EQ(device.cameras.size(), 1U) << "what is in the catalogue alone has no pictures to count";
  EXPECT_EQ(camera().state.is, "idle");
  EXPECT_EQ(camera().starts, 0U);
  EXPECT_EQ(camera().sinceLastFrame, std::nullopt);
  EXPECT_THAT(camera().restarts, ElementsAre(Pair("encoder", 0U), Pair("pipeline", 0U)));
}

TEST_F(FiguresTest, FollowACamera) {
  const auto demand = cameras_.find(kFront)->demand();
  runUntil("pictures", [this] { return camera().state.is == "live" && camera().encode.frames > 5; });
  const auto live = camera();
  EXPECT_GE(live.encode.keyFrames, 1U);
  EXPECT_GT(live.encode.bytes, live.encode.frames);
  EXPECT_EQ(live.starts, 1U);
  EXPECT_EQ(live.resolution, (base::Resolution{320, 240}));
  EXPECT_FALSE(live.encoderKind.empty());
  EXPECT_LT(live.sinceLastFrame, std::chrono::seconds(3));
}

TEST_F(FiguresTest, NameStatesThatAreInTheirLists) {
  open("a-session-of-somebody");
  for (const telemetry::Choice& choice : {camera().state, read().viewers.at(0).state})
    EXPECT_THAT(choice.of, Contains(choice.is));
}

TEST_F(FiguresTest, CallASessionByTheBeginningOfItsId) {
  open("0123456789abcdef0123");
  EXPECT_EQ(read().viewers.at(0).session, "01234567");
}

TEST_F(FiguresTest, TellSessionsApartThatBeginAlike) {
  open("0123456789abcdef-one");
  open("0123456789abcdef-two");
  const auto viewers = read().viewers;
  std::vector<std::string> names;
  std::ranges::transform(viewers, std::back_inserter(names), &telemetry::ViewerFigures::session);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("01234567", "01234567-2"));
}

TEST_F(FiguresTest, AddViewersUpForTheirCameraAlsoWhenTheyHaveLeft) {
  open("0123456789abcdef-one");
  core_.peers.last().figures.sent.frames = 10;
  open("another-session-altogether");
  core_.peers.last().figures.sent.frames = 5;
  EXPECT_EQ(camera().sent.frames, 15U);

  leave("0123456789abcdef-one");

  EXPECT_EQ(read().viewers.size(), 1U);
  EXPECT_EQ(camera().sent.frames, 15U);
  EXPECT_EQ(camera().sessions, 2U);
  EXPECT_THAT(read().ends, Contains(Pair("ended", 1U)));
  core_.peers.finishClosing();
  EXPECT_EQ(camera().sent.frames, 15U);
}

TEST_F(FiguresTest, CountWhatWasSentForTheCameraThatItWasOf) {
  const base::CameraId kSide("side");
  config::Camera settings;
  settings.id = kSide;
  settings.source = config::SourceKind::Test;
  cameras_.add(settings);
  core_.registry.onSwitched(
      [this](const session::Session& session, const base::CameraId& from) { figures_.noteSwitch(session, from); });
  const auto sent = [this] {
    const auto cameras = read().cameras;
    return std::pair<int, int>(cameras.at(0).sent.frames, cameras.at(1).sent.frames);
  };
  const auto change = [this](const base::CameraId& camera) {
    ASSERT_TRUE(core_.registry.switchTo(SessionId("0123456789abcdef-one"), test::viewGrant("alice"), camera));
  };
  open("0123456789abcdef-one");
  telemetry::Count& frames = core_.peers.last().figures.sent.frames;
  frames = 10;
  change(kSide);
  EXPECT_EQ(sent(), std::pair(10, 0));
  frames = 14;
  EXPECT_EQ(sent(), std::pair(10, 4));
  change(kFront);
  frames = 15;
  EXPECT_EQ(sent(), std::pair(11, 4));
  leave("0123456789abcdef-one");
  EXPECT_EQ(sent(), std::pair(11, 4));
  core_.peers.finishClosing();
  EXPECT_EQ(sent(), std::pair(11, 4));
}

TEST_F(FiguresTest, CountRefusalsByReason) {
  const session::Viewer viewer{session::SourceId("somewhere"), test::viewGrant("alice")};
  ASSERT_FALSE(core_.registry.open({SessionId("a"), base::CameraId("attic"), "v=0", {}}, viewer, observer_));
  EXPECT_THAT(read().refusals, Contains(Pair("unknown-camera", 1U)));
}

}  // namespace
}  // namespace fanlight::app
