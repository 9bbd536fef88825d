// SPDX-License-Identifier: Apache-2.0
#include "mqtt/topics.h"

#include <gtest/gtest.h>

namespace fanlight::mqtt {
namespace {

const Topics kTopics("site/1", base::DeviceId("porch"));

TEST(Topics, AreBelowThePrefixAndTheDevice) {
  EXPECT_EQ(kTopics.status(), "site/1/porch/status");
  EXPECT_EQ(kTopics.signalIn(), "site/1/porch/signal/+/in");
  EXPECT_EQ(kTopics.signalOut("Viewer_1-a"), "site/1/porch/signal/Viewer_1-a/out");
}

TEST(Topics, SayWhichViewerItIs) {
  EXPECT_EQ(kTopics.viewerOf("site/1/porch/signal/Viewer_1-a/in"), "Viewer_1-a");
  const std::string longest(kMaxViewerNameBytes, 'v');
  EXPECT_EQ(kTopics.viewerOf("site/1/porch/signal/" + longest + "/in"), longest);
  for (const std::string& topic : {std::string(), std::string("site/1/porch/signal/in"),
                                   std::string("site/1/porch/signal//in"), std::string("site/1/porch/signal/a/b/in"),
                                   std::string("site/1/porch/signal/a/out"), std::string("site/1/porch/signal/a b/in"),
                                   std::string("site/1/gate/signal/a/in"), "site/1/porch/signal/" + longest + "v/in"})
    EXPECT_EQ(kTopics.viewerOf(topic), std::nullopt) << topic;
}

}  // namespace
}  // namespace fanlight::mqtt
