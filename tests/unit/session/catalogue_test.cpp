// SPDX-License-Identifier: Apache-2.0
// The list of cameras, and who hears of its changes.
#include "session/catalogue.h"

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::CameraId kFront("front");

std::vector<std::string> ids(const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const CameraInfo& camera : catalogue.cameras())
    ids.push_back(camera.id.value());
  return ids;
}

class CatalogueTest : public ::testing::Test {
 protected:
  Subscription listen() {
    return catalogue_.subscribe([this](const CameraInfo& camera) { heard_.push_back(camera); });
  }
  Catalogue catalogue_;
  std::vector<CameraInfo> heard_;
};

TEST_F(CatalogueTest, KeepsCamerasInTheOrderTheyCameIn) {
  catalogue_.put(test::cameraInfo("garden"));
  catalogue_.put(test::cameraInfo("front"));
  EXPECT_THAT(ids(catalogue_), ElementsAre("garden", "front"));
}

TEST_F(CatalogueTest, ReplacesACameraOfTheSameIdInItsPlace) {
  catalogue_.put(test::cameraInfo("front"));
  catalogue_.put(test::cameraInfo("garden"));
  CameraInfo renamed = test::cameraInfo("front");
  renamed.name = "Street";
  catalogue_.put(renamed);
  EXPECT_THAT(ids(catalogue_), ElementsAre("front", "garden"));
  EXPECT_EQ(catalogue_.find(kFront)->name, "Street");
}

TEST_F(CatalogueTest, FindsNothingUnderAnUnknownId) {
  EXPECT_EQ(catalogue_.find(kFront), nullptr);
}

TEST_F(CatalogueTest, TellsOfACameraThatIsPut) {
  const auto subscription = listen();
  catalogue_.put(test::cameraInfo("front"));
  ASSERT_EQ(heard_.size(), 1U);
  EXPECT_EQ(heard_[0].id, kFront);
}

TEST_F(CatalogueTest, TellsOfAChangedState) {
  catalogue_.put(test::cameraInfo("front"));
  const auto subscription = listen();
  catalogue_.setState(kFront, CameraState::Away, "unplugged");
  ASSERT_EQ(heard_.size(), 1U);
  EXPECT_EQ(heard_[0].state, CameraState::Away);
  EXPECT_EQ(heard_[0].reason, "unplugged");
  EXPECT_EQ(catalogue_.find(kFront)->state, CameraState::Away);
}

TEST_F(CatalogueTest, TellsOfAChangedReason) {
  catalogue_.put(test::cameraInfo("front"));
  catalogue_.setState(kFront, CameraState::Away, "unplugged");
  const auto subscription = listen();
  catalogue_.setState(kFront, CameraState::Away, "gives no frames");
  ASSERT_EQ(heard_.size(), 1U);
  EXPECT_EQ(heard_[0].reason, "gives no frames");
}

TEST_F(CatalogueTest, SaysNothingWhereNothingChanged) {
  catalogue_.put(test::cameraInfo("front"));
  catalogue_.setState(kFront, CameraState::Live, "");
  const auto subscription = listen();
  catalogue_.setState(kFront, CameraState::Live, "");
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(CatalogueTest, IgnoresTheStateOfAnUnknownCamera) {
  const auto subscription = listen();
  catalogue_.setState(kFront, CameraState::Live, "");
  EXPECT_THAT(heard_, IsEmpty());
  EXPECT_EQ(catalogue_.find(kFront), nullptr);
}

TEST_F(CatalogueTest, IsSilentOnceTheSubscriptionEnded) {
  auto subscription = listen();
  subscription.reset();
  catalogue_.put(test::cameraInfo("front"));
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(CatalogueTest, LetsAListenerEndItsOwnSubscriptionInsideTheCall) {
  Subscription subscription;
  int calls = 0;
  subscription = catalogue_.subscribe([&](const CameraInfo&) {
    ++calls;
    subscription.reset();
  });
  catalogue_.put(test::cameraInfo("front"));
  catalogue_.put(test::cameraInfo("garden"));
  EXPECT_EQ(calls, 1);
}

TEST_F(CatalogueTest, DoesNotCallAListenerThatAnotherOneRemoved) {
  Subscription second;
  const auto first = catalogue_.subscribe([&](const CameraInfo&) { second.reset(); });
  second = listen();
  catalogue_.put(test::cameraInfo("front"));
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(CatalogueTest, LetsAListenerSubscribeAnotherInsideTheCall) {
  Subscription added;
  const auto first = catalogue_.subscribe([&](const CameraInfo&) {
    if (!added)
      added = listen();
  });
  catalogue_.put(test::cameraInfo("front"));
  EXPECT_THAT(heard_, IsEmpty());
  catalogue_.put(test::cameraInfo("garden"));
  EXPECT_EQ(heard_.size(), 1U);
}

TEST_F(CatalogueTest, LetsAListenerAddCamerasInsideTheCall) {
  std::vector<std::string> told;
  const auto subscription = catalogue_.subscribe([&](const CameraInfo& camera) {
    for (int i = 0; camera.id == kFront && i < 100; ++i)
      catalogue_.put(test::cameraInfo("camera-" + std::to_string(i)));
    told.push_back(camera.id.value());
  });
  catalogue_.put(test::cameraInfo("front"));
  EXPECT_EQ(told.size(), 101U);
  EXPECT_EQ(told.back(), "front");
}

TEST_F(CatalogueTest, FreesWhatAListenerHeldWhenItsSubscriptionEnds) {
  const auto held = std::make_shared<int>(0);
  auto subscription = catalogue_.subscribe([held](const CameraInfo&) { ++*held; });
  EXPECT_EQ(held.use_count(), 2);
  subscription.reset();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(CatalogueTest, MayGoBeforeItsSubscriptions) {
  const auto held = std::make_shared<int>(0);
  std::optional<Catalogue> catalogue(std::in_place);
  auto subscription = catalogue->subscribe([held](const CameraInfo&) { ++*held; });
  catalogue.reset();
  EXPECT_EQ(held.use_count(), 2);
  subscription.reset();
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace fanlight::session
