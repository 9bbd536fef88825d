// SPDX-License-Identifier: Apache-2.0
// What a person reads who asks systemd how the device is.
#include "app/status_line.h"

#include <gtest/gtest.h>

namespace fanlight::app {
namespace {

session::CameraInfo camera(const std::string& id, session::CameraState state, const std::string& reason = "") {
  session::CameraInfo info{base::CameraId(id), id, {1280, 720}, {30, 1}};
  info.state = state;
  info.reason = reason;
  return info;
}

TEST(StatusLine, NamesEachCameraAndCountsTheViewers) {
  const auto porch = camera("porch", session::CameraState::Live);
  const auto yard = camera("yard", session::CameraState::Away, "the camera gives no picture");
  EXPECT_EQ(statusLine({porch, yard}, 2, {}),
            "2 viewers; cameras: 'porch' live, 'yard' away (the camera gives no picture)");
}

TEST(StatusLine, SaysWhichCamerasGiveFewerPictures) {
  auto porch = camera("porch", session::CameraState::Live);
  porch.slowed = session::SlowedBy::Heat;
  auto yard = camera("yard", session::CameraState::Idle);
  yard.slowed = session::SlowedBy::Heat;
  EXPECT_EQ(statusLine({porch, yard}, 1, {}),
            "1 viewer; cameras: 'porch' live (fewer pictures, for the board is hot), 'yard' asleep");
}

TEST(StatusLine, SaysWhichCameraRepeatsOnePicture) {
  auto porch = camera("porch", session::CameraState::Live);
  porch.isFrozen = true;
  EXPECT_EQ(statusLine({porch}, 1, {}), "1 viewer; cameras: 'porch' live (one picture again and again)");
}

TEST(StatusLine, SpeaksOfOneViewerAsOfOne) {
  EXPECT_EQ(statusLine({camera("porch", session::CameraState::Starting)}, 1, {}),
            "1 viewer; cameras: 'porch' starting");
}

TEST(StatusLine, SaysThatCamerasSleepWhileNobodyWatches) {
  EXPECT_EQ(statusLine({camera("porch", session::CameraState::Idle)}, 0, {}), "0 viewers; cameras: 'porch' asleep");
}

TEST(StatusLine, EndsWithWhatIsWrongAroundThem) {
  EXPECT_EQ(statusLine({camera("porch", session::CameraState::Idle)}, 0, {"the disk is full", "there is no network"}),
            "0 viewers; cameras: 'porch' asleep; the disk is full; there is no network");
}

TEST(StatusLine, SaysThatThereIsNoCamera) {
  EXPECT_EQ(statusLine({}, 0, {}), "0 viewers; no camera found yet");
}

}  // namespace
}  // namespace fanlight::app
