// SPDX-License-Identifier: Apache-2.0
#include "mqtt/viewers.h"

#include <map>

#include "sealed_viewer.h"
#include "signaling/endpoint_fixture.h"

namespace fanlight::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;
using signaling::brief;
using test::SealedViewer;

std::string topicOf(const std::string& viewer) {
  return "fanlight/porch/signal/" + viewer + "/in";
}

class ViewersTest : public ::testing::Test {
 protected:
  void send(const std::string& viewer, const std::string& payload) { viewers_.take({topicOf(viewer), payload}); }
  /// A viewer with a channel that is open.
  SealedViewer open(const std::string& name) {
    SealedViewer viewer(key_);
    said_.clear();
    send(name, viewer.open());
    EXPECT_EQ(said_.size(), 1U);
    EXPECT_TRUE(!said_.empty() && viewer.take(said_.back().payload));
    said_.clear();
    return viewer;
  }
  void say(const std::string& name, SealedViewer& viewer, const std::string& text) {
    send(name, viewer.way->seal(text));
  }
  /// What the device said to that viewer since the last time, in short.
  std::vector<std::string> heard(const std::string& name, SealedViewer& viewer) {
    std::vector<std::string> words;
    for (const Publication& one : std::exchange(said_, {})) {
      EXPECT_EQ(one.topic, "fanlight/porch/signal/" + name + "/out");
      EXPECT_FALSE(one.isRetained);
      EXPECT_EQ(one.life, kMessageLife);
      const auto text = viewer.way->open(one.payload);
      words.push_back(!text ? "?" : text->empty() ? "end" : brief(*text));
    }
    return words;
  }
  void pass(base::Duration time) {
    core_.clock.advance(time);
    viewers_.tick();
  }
  /// Those that are not zero.
  std::map<std::string, telemetry::Count> refusals() const {
    std::map<std::string, telemetry::Count> some;
    for (const auto& [why, count] : viewers_.refusals())
      if (count > 0)
        some[why] = count;
    return some;
  }
  using Refusals = std::map<std::string, telemetry::Count>;

  fanlight::test::FakeCore core_{{.viewers = 100, .viewersPerCamera = 100, .viewersPerSource = 100}};
  signaling::Services services_ = signaling::servicesOf(core_, {base::DeviceId("porch"), "Porch", "0.1.0"});
  DeviceKey deviceKey_ = DeviceKey::create();
  const std::string key_ = deviceKey_.publicText();
  std::vector<Publication> said_;
  Viewers viewers_{Topics("fanlight", base::DeviceId("porch")), std::move(deviceKey_), services_,
                   [this](const Publication& one) { said_.push_back(one); }};
};

TEST_F(ViewersTest, SpeakToTheCoreAsAnyOther) {
  SealedViewer viewer = open("a");
  say("a", viewer, signaling::hello());
  EXPECT_THAT(heard("a", viewer), ElementsAre("welcome"));
  say("a", viewer, signaling::offer(signaling::sessionId(1)));
  EXPECT_EQ(core_.registry.active(), 1);
  EXPECT_THAT(refusals(), IsEmpty());
}

TEST_F(ViewersTest, AreNotTakenForEachOther) {
  SealedViewer one = open("a");
  SealedViewer other = open("b");
  send("b", one.way->seal(signaling::hello()));
  EXPECT_EQ(refusals(), (Refusals{{"unknown-channel", 1}}));
  say("b", other, signaling::hello());
  EXPECT_THAT(heard("b", other), ElementsAre("welcome"));
}

TEST_F(ViewersTest, MayHaveSeveralChannelsOfOneName) {
  SealedViewer one = open("a");
  SealedViewer other = open("a");
  say("a", one, signaling::hello());
  EXPECT_THAT(heard("a", one), ElementsAre("welcome"));
  say("a", other, signaling::hello());
  EXPECT_THAT(heard("a", other), ElementsAre("welcome"));
}

TEST_F(ViewersTest, AreRefusedWhatIsNotOfNow) {
  SealedViewer viewer = open("a");
  const std::string hello = viewer.way->seal(signaling::hello());
  viewers_.take({topicOf("a"), hello, true});
  EXPECT_EQ(refusals(), (Refusals{{"retained", 1}}));
  send("a", hello);
  EXPECT_THAT(heard("a", viewer), ElementsAre("welcome"));
  send("a", hello);
  send("a", viewer.open());
  EXPECT_EQ(refusals(), (Refusals{{"retained", 1}, {"not-authentic", 2}}));
  EXPECT_THAT(said_, IsEmpty());
}

TEST_F(ViewersTest, AreRefusedWhatCannotBeRead) {
  SealedViewer viewer = open("a");
  send("a", "");
  send("a", "{}");
  send("a", std::string(100, '\x01'));
  viewers_.take({"fanlight/porch/signal/a b/in", viewer.open()});
  viewers_.take({topicOf("a"), "", false, true});
  say("a", viewer, "\xff\xfe");
  EXPECT_EQ(refusals(), (Refusals{{"malformed", 5}, {"too-large", 1}}));
  EXPECT_THAT(said_, IsEmpty());
  say("a", viewer, "{}");
  EXPECT_THAT(heard("a", viewer), ElementsAre("error bad-message"));
  say("a", viewer, std::string(signaling::kMaxMessageBytes + 1, ' '));
  EXPECT_THAT(heard("a", viewer), ElementsAre("error too-large"));
}

TEST_F(ViewersTest, AreForgottenWhereTheyDoNotSayWhoTheyAre) {
  SealedViewer viewer = open("a");
  pass(kHelloLimit);
  EXPECT_THAT(said_, IsEmpty());
  pass(1s);
  EXPECT_THAT(heard("a", viewer), ElementsAre("end"));
  say("a", viewer, signaling::hello());
  EXPECT_EQ(refusals(), (Refusals{{"unknown-channel", 1}}));
}

TEST_F(ViewersTest, AreForgottenWhenNothingComesAndTheirSessionsAreNot) {
  SealedViewer viewer = open("a");
  say("a", viewer, signaling::hello());
  say("a", viewer, signaling::offer(signaling::sessionId(1)));
  pass(kSilenceLimit);
  say("a", viewer, R"({"type":"command","id":"1","name":"ping","arguments":{}})");
  heard("a", viewer);
  pass(kSilenceLimit);
  EXPECT_THAT(said_, IsEmpty());
  pass(1s);
  EXPECT_THAT(heard("a", viewer), ElementsAre("end"));
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(ViewersTest, MayLeave) {
  SealedViewer viewer = open("a");
  say("a", viewer, signaling::hello());
  heard("a", viewer);
  say("a", viewer, "");
  pass(1s);
  EXPECT_THAT(said_, IsEmpty());
  say("a", viewer, signaling::hello());
  EXPECT_EQ(refusals(), (Refusals{{"unknown-channel", 1}}));
}

TEST_F(ViewersTest, GiveWayToNewOnesWhileNobodyKnowsThem) {
  SealedViewer known = open("known");
  say("known", known, signaling::hello());
  heard("known", known);
  SealedViewer first = open("first");
  for (std::size_t i = 0; i < kMaxStrangers; ++i)
    open("stranger-" + std::to_string(i));
  say("first", first, signaling::hello());
  EXPECT_EQ(refusals(), (Refusals{{"unknown-channel", 1}}));
  say("known", known, R"({"type":"command","id":"1","name":"ping","arguments":{}})");
  EXPECT_THAT(heard("known", known), SizeIs(1));
}

TEST_F(ViewersTest, AreNoMoreThanThereIsRoomFor) {
  for (std::size_t i = 0; i < kMaxChannels; ++i) {
    const std::string name = "viewer-" + std::to_string(i);
    SealedViewer viewer = open(name);
    say(name, viewer, signaling::hello());
  }
  said_.clear();
  send("late", SealedViewer(key_).open());
  EXPECT_THAT(said_, IsEmpty());
  EXPECT_EQ(refusals(), (Refusals{{"busy", 1}}));
}

}  // namespace
}  // namespace fanlight::mqtt
