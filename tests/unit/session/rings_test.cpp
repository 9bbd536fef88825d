// SPDX-License-Identifier: Apache-2.0
// Who rings, who hears of it, and who answers.
#include "session/rings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::InputId kBell("bell");
const base::InputId kGate("gate");

class RingsTest : public ::testing::Test {
 protected:
  void ring(const base::InputId& input, std::optional<base::CameraId> camera = {}) {
    core_.rings.begin({input, "Front door", std::move(camera), {}, core_.clock.now(), {}});
  }
  std::vector<std::string> waiting() const {
    std::vector<std::string> inputs;
    for (const Ring& one : core_.rings.waiting())
      inputs.push_back(one.input.value());
    return inputs;
  }
  Answered<CommandValue> answer(const base::InputId& input, const Grant& who) {
    return core_.commands.run(AnswerCommand{input}, who);
  }

  test::FakeCore core_;
  std::vector<std::string> heard_;
  const Subscription hearing_ = core_.rings.subscribe([this](const Ring& ring) {
    heard_.push_back(ring.input.value() + (ring.answeredBy ? " answered by " + *ring.answeredBy : ""));
  });
};

TEST_F(RingsTest, AreToldAndWaitForAMinute) {
  ring(kBell);
  core_.clock.advance(1s);
  ring(kGate);
  EXPECT_THAT(heard_, ElementsAre("bell", "gate"));
  EXPECT_THAT(waiting(), ElementsAre("bell", "gate"));
  core_.clock.advance(kRingLasts - 1s);
  EXPECT_THAT(waiting(), ElementsAre("gate"));
  core_.clock.advance(1s);
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(RingsTest, AreAnsweredByTheFirstWhoDoes) {
  ring(kBell);
  const Grant grandma = test::grantOf("grandma", {Right::View});
  ASSERT_TRUE(answer(kBell, grandma));
  ASSERT_TRUE(answer(kBell, test::grantOf("uncle", {Right::View})));
  EXPECT_THAT(heard_, ElementsAre("bell", "bell answered by " + grandma.name));
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(RingsTest, WaitAnewWhenSomebodyRingsAgain) {
  ring(kBell);
  ASSERT_TRUE(answer(kBell, test::viewGrant("grandma")));
  ring(kBell);
  EXPECT_THAT(waiting(), ElementsAre("bell"));
}

TEST_F(RingsTest, AreNotAnsweredOnceTheyAreOver) {
  ring(kBell);
  core_.clock.advance(kRingLasts);
  EXPECT_TRUE(answer(kBell, test::viewGrant("grandma")));
  EXPECT_THAT(heard_, ElementsAre("bell"));
}

TEST_F(RingsTest, AreNotAnsweredWhereNobodyHasRung) {
  EXPECT_EQ(answer(kBell, test::viewGrant("grandma")).error().code, RefusalCode::BadCommand);
}

TEST_F(RingsTest, AreOfWhoMayViewTheirCamera) {
  Grant gardener = test::viewGrant("gardener");
  gardener.cameras = std::set{base::CameraId("garden")};
  ring(kBell, base::CameraId("front"));
  ring(kGate);
  EXPECT_FALSE(mayKnow(core_.access, gardener, *core_.rings.find(kBell)));
  EXPECT_TRUE(mayKnow(core_.access, gardener, *core_.rings.find(kGate)));
  // Nor is who may not know of it told that it is there.
  EXPECT_EQ(answer(kBell, gardener).error().code, RefusalCode::BadCommand);
  EXPECT_TRUE(answer(kGate, gardener));
}

}  // namespace
}  // namespace fanlight::session
