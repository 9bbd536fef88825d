// SPDX-License-Identifier: Apache-2.0
// One event when something begins, one when it is over.
#include "health/surroundings.h"

#include <gmock/gmock.h>

#include "base/log.h"

namespace fanlight::health {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::string> logged;

class SurroundingsTest : public ::testing::Test {
 protected:
  SurroundingsTest() {
    logged.clear();
    base::setLogSink([](const base::LogLine& line) {
      logged.push_back(std::string(line.fields.begin()->value) + ": " + std::string(line.text));
    });
  }
  ~SurroundingsTest() override { base::setLogSink(nullptr); }

  std::optional<std::string> disk_;
  std::optional<std::string> network_;
  Surroundings surroundings_{{{"disk-unusable", "disk-usable", "the disk is fine", [this] { return disk_; }},
                              {"network-lost", "network-back", "the network is fine", [this] { return network_; }}}};
};

TEST_F(SurroundingsTest, AreSilentWhileAllIsWell) {
  surroundings_.look();
  EXPECT_THAT(logged, IsEmpty());
  EXPECT_THAT(surroundings_.troubles(), IsEmpty());
}

TEST_F(SurroundingsTest, AreToldOnceWhenSomethingBeginsAndOnceWhenItIsOver) {
  disk_ = "9 kB left";
  surroundings_.look();
  disk_ = "8 kB left";
  surroundings_.look();
  EXPECT_THAT(surroundings_.troubles(), ElementsAre("8 kB left"));
  disk_.reset();
  surroundings_.look();
  surroundings_.look();
  EXPECT_THAT(logged, ElementsAre("disk-unusable: 9 kB left", "disk-usable: the disk is fine"));
  EXPECT_THAT(surroundings_.troubles(), IsEmpty());
}

TEST_F(SurroundingsTest, AreToldEachForItself) {
  disk_ = "full";
  surroundings_.look();
  network_ = "none";
  surroundings_.look();
  EXPECT_THAT(surroundings_.troubles(), ElementsAre("full", "none"));
  network_.reset();
  surroundings_.look();
  EXPECT_THAT(surroundings_.states(), ElementsAre(Pair("disk-unusable", true), Pair("network-lost", false)));
  EXPECT_THAT(logged, ElementsAre("disk-unusable: full", "network-lost: none", "network-back: the network is fine"));
}

}  // namespace
}  // namespace fanlight::health
