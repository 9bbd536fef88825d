// SPDX-License-Identifier: Apache-2.0
#include "mqtt/presence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PresenceTest : public ::testing::Test {
 protected:
  std::vector<std::string> takeTopics() {
    std::vector<std::string> topics;
    for (const Publication& one : std::exchange(said_, {}))
      topics.push_back(one.topic);
    return topics;
  }

  const Topics topics_{"site/1", base::DeviceId("porch")};
  session::Catalogue catalogue_;
  std::vector<Publication> said_;
  Presence presence_{topics_, catalogue_, {base::DeviceId("porch"), "Porch", "1.2.3"}, [this](const Publication& one) {
                       said_.push_back(one);
                     }};
};

TEST_F(PresenceTest, SaysThatTheDeviceIsThereAndWhatItHas) {
  catalogue_.put({.id = base::CameraId("door"), .name = "Door"});
  presence_.announce();
  ASSERT_EQ(said_.size(), 2U);
  EXPECT_EQ(said_[0].topic, "site/1/porch/status");
  EXPECT_EQ(said_[0].payload, "online");
  EXPECT_EQ(said_[1].topic, "site/1/porch/info");
  EXPECT_THAT(said_[1].payload, HasSubstr(R"("name":"Porch")"));
  EXPECT_THAT(said_[1].payload, HasSubstr(R"("id":"door")"));
  EXPECT_TRUE(said_[0].isRetained && said_[1].isRetained);
}

TEST_F(PresenceTest, SaysAnewWhatItHasOnceItHasChanged) {
  presence_.announce();
  takeTopics();
  presence_.tick();
  EXPECT_THAT(said_, IsEmpty());

  catalogue_.put({.id = base::CameraId("door"), .name = "Door"});
  catalogue_.setState(base::CameraId("door"), session::CameraState::Live, "");
  EXPECT_THAT(said_, IsEmpty());
  presence_.tick();
  EXPECT_THAT(takeTopics(), ElementsAre("site/1/porch/info"));
  presence_.tick();
  EXPECT_THAT(said_, IsEmpty());
}

TEST_F(PresenceTest, KnowsWhatAnotherOfTheSameIdHasSaid) {
  const Message other{topics_.info(), R"({"instance":"another"})", true};
  // That of the process before.
  EXPECT_FALSE(presence_.isOfAnother(other));
  presence_.announce();
  EXPECT_TRUE(presence_.isOfAnother(other));
  EXPECT_FALSE(presence_.isOfAnother({topics_.info(), said_.back().payload, true}));
  for (const char* text : {"", "{}", "[]", R"({"instance":null})", R"({"instance":7})"})
    EXPECT_FALSE(presence_.isOfAnother({topics_.info(), text, true})) << text;
}

TEST_F(PresenceTest, IsTakenBackByTheSameTopic) {
  EXPECT_EQ(offline(topics_).topic, online(topics_).topic);
  EXPECT_EQ(offline(topics_).payload, "offline");
  EXPECT_TRUE(offline(topics_).isRetained);
}

}  // namespace
}  // namespace fanlight::mqtt
