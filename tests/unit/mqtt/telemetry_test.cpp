// SPDX-License-Identifier: Apache-2.0
#include "mqtt/telemetry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "steered_clocks.h"

namespace fanlight::mqtt {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class FakeSource final : public telemetry::Source {
 public:
  telemetry::DeviceFigures figures() const override {
    telemetry::DeviceFigures figures;
    figures.connections = 7;
    return figures;
  }
};

class TelemetryTest : public ::testing::Test {
 protected:
  Telemetry telemetryEvery(base::Duration interval) {
    return {topics_, interval, source_, clock_, [this](const Publication& one) { said_.push_back(one); }};
  }

  const Topics topics_{"fanlight", base::DeviceId("porch")};
  const FakeSource source_;
  fanlight::test::SteeredClock clock_;
  std::vector<Publication> said_;
};

TEST_F(TelemetryTest, IsSaidAtOnceAndThenAtItsPace) {
  Telemetry telemetry = telemetryEvery(10s);
  telemetry.begin();
  ASSERT_THAT(said_, SizeIs(1));
  EXPECT_EQ(said_[0].topic, "fanlight/porch/telemetry");
  EXPECT_THAT(said_[0].payload, HasSubstr(R"("fanlight_http_connections":7)"));
  EXPECT_FALSE(said_[0].isRetained);
  clock_.advance(9s);
  telemetry.tick();
  EXPECT_THAT(said_, SizeIs(1));
  clock_.advance(1s);
  telemetry.tick();
  telemetry.tick();
  EXPECT_THAT(said_, SizeIs(2));
}

TEST_F(TelemetryTest, IsSaidAtOnceToABrokerThatIsBack) {
  Telemetry telemetry = telemetryEvery(1h);
  telemetry.begin();
  telemetry.begin();
  EXPECT_THAT(said_, SizeIs(2));
}

TEST_F(TelemetryTest, IsNoneWithoutAPace) {
  Telemetry telemetry = telemetryEvery(0s);
  telemetry.begin();
  clock_.advance(1h);
  telemetry.tick();
  EXPECT_THAT(said_, IsEmpty());
}

}  // namespace
}  // namespace fanlight::mqtt
