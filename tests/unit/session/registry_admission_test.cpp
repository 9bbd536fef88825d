// SPDX-License-Identifier: Apache-2.0
// Who gets a session: limits, rights, names and the place that a replaced session leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"
#include "session/registry.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

/// A device of four viewers, three of a camera, two from a source.
constexpr Limits kSmall{.viewers = 4, .viewersPerCamera = 3, .viewersPerSource = 2};

/// One offer, with what the test does not care about filled in.
struct Ask {
  std::string session;
  std::string camera = "front";
  std::string source = {};  ///< empty: one of its own
  std::string replaces = {};
  std::string grant = "anyone";
};

class SessionRegistry : public ::testing::Test {
 protected:
  Answered<void> open(const Ask& ask) {
    Offer offer{SessionId(ask.session), base::CameraId(ask.camera), "v=0", {}};
    if (!ask.replaces.empty())
      offer.replaces = SessionId(ask.replaces);
    const std::string source = ask.source.empty() ? "source of " + ask.session : ask.source;
    return core_.registry.open(offer, {SourceId(source), test::viewGrant(ask.grant)}, observer_);
  }
  void admit(const Ask& ask) { ASSERT_TRUE(open(ask)) << ask.session; }
  void refused(const Ask& ask, RefusalCode code) {
    const auto opened = open(ask);
    ASSERT_FALSE(opened) << ask.session;
    EXPECT_EQ(opened.error().code, code) << opened.error().message;
  }
  void bye(const std::string& session) {
    ASSERT_TRUE(core_.registry.bye(SessionId(session), test::viewGrant("anyone")));
  }
  void refuseOffers(RefusalCode code) {
    core_.peers.whenOffered = [code](auto&) { return refuse(code, "no"); };
  }

  test::FakeObserver observer_;
  test::FakeCore core_{kSmall};
};

TEST_F(SessionRegistry, HandsAnAdmittedOfferToAPeer) {
  admit({"a", "garden"});
  EXPECT_EQ(core_.peers.last().camera, base::CameraId("garden"));
  EXPECT_EQ(core_.peers.last().offer, "v=0");
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(SessionRegistry, RefusesAnUnknownCameraWithoutMakingAPeer) {
  refused({"a", "attic"}, RefusalCode::UnknownCamera);
  EXPECT_THAT(core_.peers.peers, IsEmpty());
  EXPECT_EQ(core_.registry.occupied(), 0);
}

TEST_F(SessionRegistry, RefusesACameraThatTheGrantMayNotView) {
  Grant grant = test::viewGrant("guest");
  grant.cameras = {base::CameraId("garden")};
  const auto opened =
      core_.registry.open({SessionId("a"), base::CameraId("front"), "v=0", {}}, {SourceId("s"), grant}, observer_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, RefusalCode::Forbidden);
  EXPECT_THAT(core_.peers.peers, IsEmpty());
}

TEST_F(SessionRegistry, DoesNotSayWhetherACameraExistsThatTheGrantMayNotView) {
  Grant grant = test::viewGrant("guest");
  grant.cameras = {base::CameraId("garden")};
  const auto opened =
      core_.registry.open({SessionId("a"), base::CameraId("attic"), "v=0", {}}, {SourceId("s"), grant}, observer_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, RefusalCode::Forbidden);
}

TEST_F(SessionRegistry, RefusesAGrantThatHasEnded) {
  core_.access.revoked.insert(GrantId("anyone"));
  refused({"a"}, RefusalCode::Revoked);
}

TEST_F(SessionRegistry, RefusesASecondOfferInOneSession) {
  admit({"a"});
  refused({"a"}, RefusalCode::SessionExists);
  EXPECT_EQ(core_.registry.active(), 1);
  EXPECT_FALSE(core_.peers.last().isClosing());
}

TEST_F(SessionRegistry, RefusesTheNameOfASessionThatIsBeingTornDown) {
  admit({"a"});
  bye("a");
  refused({"a"}, RefusalCode::SessionExists);
  core_.peers.finishClosing();
  admit({"a"});
}

TEST_F(SessionRegistry, RejectsViewerBeyondTheLimitOfTheDevice) {
  for (const char* camera : {"front", "garden"}) {
    admit({camera + std::string("1"), camera});
    admit({camera + std::string("2"), camera});
  }
  refused({"e", "garden"}, RefusalCode::Busy);
  EXPECT_EQ(core_.registry.occupied(), 4);
}

TEST_F(SessionRegistry, RejectsViewerBeyondTheLimitOfItsCameraOnly) {
  for (const char* session : {"a", "b", "c"})
    admit({session, "front"});
  refused({"d", "front"}, RefusalCode::Busy);
  admit({"d", "garden"});
}

TEST_F(SessionRegistry, RejectsViewerBeyondTheLimitOfItsSourceOnly) {
  admit({"a", "front", "phone"});
  admit({"b", "garden", "phone"});
  refused({"c", "garden", "phone"}, RefusalCode::Busy);
  admit({"c", "garden", "laptop"});
}

TEST_F(SessionRegistry, KeepsWhoIsThereWhenTheLimitsShrink) {
  admit({"a", "front", "phone"});
  admit({"b", "garden", "laptop"});
  core_.registry.setLimits({.viewers = 1, .viewersPerCamera = 1, .viewersPerSource = 1});
  EXPECT_EQ(core_.registry.active(), 2);
  refused({"c", "garden", "tablet"}, RefusalCode::Busy);
}

TEST_F(SessionRegistry, LetsNobodyElseInWhileItsDoorIsHeld) {
  admit({"a", "front", "phone"});
  core_.registry.holdDoor("memory is short");
  refused({"b", "front", "laptop"}, RefusalCode::Busy);
  admit({"c", "front", "phone", "a"});
  core_.registry.holdDoor(std::nullopt);
  admit({"b", "front", "laptop"});
}

TEST_F(SessionRegistry, CountsASessionUntilNothingOfItIsLeft) {
  admit({"a", "front", "phone"});
  admit({"b", "front", "phone"});
  bye("a");
  EXPECT_EQ(core_.registry.active(), 1);
  EXPECT_EQ(core_.registry.occupied(), 2);
  refused({"c", "front", "phone"}, RefusalCode::Busy);
  core_.peers.finishClosing();
  EXPECT_EQ(core_.registry.occupied(), 1);
  admit({"c", "front", "phone"});
}

TEST_F(SessionRegistry, KeepsNothingOfABadOfferOnceItsPeerIsGone) {
  refuseOffers(RefusalCode::BadOffer);
  refused({"a"}, RefusalCode::BadOffer);
  EXPECT_EQ(core_.registry.active(), 0);
  EXPECT_THAT(observer_.ended, IsEmpty());
  core_.peers.finishClosing();
  EXPECT_EQ(core_.registry.occupied(), 0);
  EXPECT_EQ(core_.peers.alive(), 0);
}

TEST_F(SessionRegistry, CountsThePeersOfBadOffersWhileTheyAreTornDown) {
  refuseOffers(RefusalCode::UnsupportedOffer);
  refused({"a", "front", "phone"}, RefusalCode::UnsupportedOffer);
  refused({"b", "front", "phone"}, RefusalCode::UnsupportedOffer);
  refused({"c", "front", "phone"}, RefusalCode::Busy);
  EXPECT_EQ(core_.peers.alive(), 2);
}

TEST_F(SessionRegistry, EndsTheSessionThatAGoodOfferReplaces) {
  admit({"a"});
  admit({.session = "b", .replaces = "a"});
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(SessionId("a"), EndReason::Replaced)));
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(SessionRegistry, LetsTheReplacedSessionRunWhenTheOfferIsBad) {
  admit({"a"});
  refuseOffers(RefusalCode::BadOffer);
  refused({.session = "b", .replaces = "a"}, RefusalCode::BadOffer);
  EXPECT_THAT(observer_.ended, IsEmpty());
  EXPECT_FALSE(core_.peers.peers.front()->isClosing());
}

TEST_F(SessionRegistry, GivesThePlaceOfTheReplacedSessionWhereItIsFull) {
  admit({"a", "front", "phone"});
  admit({"b", "front", "phone"});
  admit({"c", "front", "phone", "a"});
  EXPECT_EQ(core_.registry.active(), 2);
  EXPECT_EQ(core_.registry.occupied(), 3);
}

TEST_F(SessionRegistry, GivesThePlaceOfAReplacedSessionThatIsClosingAlready) {
  admit({"a", "front", "phone"});
  admit({"b", "front", "phone"});
  bye("a");
  admit({"c", "front", "phone", "a"});
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(SessionId("a"), EndReason::Left)));
}

TEST_F(SessionRegistry, GivesAPlaceOnceOnly) {
  admit({"a", "front", "phone"});
  admit({"b", "front", "phone"});
  admit({"c", "front", "phone", "a"});
  refused({"d", "front", "phone", "a"}, RefusalCode::Busy);
  core_.peers.finishClosing();
  refused({"d", "front", "phone", "a"}, RefusalCode::Busy);
}

TEST_F(SessionRegistry, KeepsThePlaceOfASessionWhoseReplacementWasBad) {
  admit({"a", "front", "phone"});
  admit({"b", "front", "phone"});
  refuseOffers(RefusalCode::BadOffer);
  refused({"c", "front", "phone", "a"}, RefusalCode::BadOffer);
  core_.peers.whenOffered = nullptr;
  core_.peers.finishClosing();
  refused({"d", "front", "phone"}, RefusalCode::Busy);
  admit({"d", "front", "phone", "a"});
}

TEST_F(SessionRegistry, LetsReloadsWithoutEndStayWithinTheLimit) {
  admit({"reload-0", "front", "phone"});
  admit({"other", "front", "phone"});
  for (int i = 1; i <= 10; ++i)
    admit({"reload-" + std::to_string(i), "front", "phone", "reload-" + std::to_string(i - 1)});
  EXPECT_EQ(core_.registry.active(), 2);
  EXPECT_EQ(core_.registry.occupied(), 12);
}

TEST_F(SessionRegistry, DoesNotLetReplacedSessionsPileUp) {
  admit({"0"});
  int replaced = 0;
  while (replaced < 100 && open({std::to_string(replaced + 1), "front", "one", std::to_string(replaced)}))
    ++replaced;
  EXPECT_EQ(core_.registry.occupied(), kSmall.viewers + 16);
}

TEST_F(SessionRegistry, DoesNotEndOrCountOutTheSessionOfAnotherGrant) {
  admit({"a", "front", "phone", "", "alice"});
  admit({"b", "front", "phone", "", "alice"});
  refused({"c", "front", "phone", "a", "mallory"}, RefusalCode::Busy);
  admit({"c", "front", "laptop", "a", "mallory"});
  EXPECT_THAT(observer_.ended, IsEmpty());
  EXPECT_EQ(core_.registry.active(), 3);
}

TEST_F(SessionRegistry, AdmitsAnOfferThatReplacesNothingKnown) {
  admit({.session = "a", .replaces = "gone"});
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(SessionRegistry, DoesNotReplaceASessionByItself) {
  admit({.session = "a", .replaces = "a"});
  EXPECT_EQ(core_.registry.active(), 1);
  EXPECT_THAT(observer_.ended, IsEmpty());
}

TEST_F(SessionRegistry, ReplacesAcrossCameras) {
  for (const char* session : {"a", "b", "c"})
    admit({session, "front"});
  admit({.session = "d", .camera = "front", .replaces = "a"});
  admit({.session = "e", .camera = "garden", .replaces = "b"});
  EXPECT_EQ(core_.registry.active(), 3);
  refused({"f", "attic"}, RefusalCode::UnknownCamera);
  admit({"f", "front"});
  refused({"g", "front"}, RefusalCode::Busy);
}

TEST_F(SessionRegistry, CountsWhomItLetInByCameraAndWhomItRefusedByReason) {
  admit({"a", "garden"});
  admit({"b", "garden"});
  refused({"c", "attic"}, RefusalCode::UnknownCamera);
  refused({"a", "front"}, RefusalCode::SessionExists);
  refused({"a", "front"}, RefusalCode::SessionExists);
  EXPECT_EQ(core_.registry.admitted(base::CameraId("garden")), 2U);
  EXPECT_EQ(core_.registry.admitted(base::CameraId("front")), 0U);
  EXPECT_THAT(core_.registry.refusals(),
              ElementsAre(Pair(RefusalCode::UnknownCamera, 1U), Pair(RefusalCode::SessionExists, 2U)));
}

TEST_F(SessionRegistry, CountsABadOfferAsLetInAndRefused) {
  refuseOffers(RefusalCode::BadOffer);
  refused({"a", "front"}, RefusalCode::BadOffer);
  EXPECT_EQ(core_.registry.admitted(base::CameraId("front")), 1U);
  EXPECT_THAT(core_.registry.refusals(), ElementsAre(Pair(RefusalCode::BadOffer, 1U)));
}

TEST_F(SessionRegistry, PassesCandidatesOfTheRightGrantOnly) {
  admit({"a"});
  const IceCandidate candidate{.candidate = "candidate:1"};
  EXPECT_TRUE(core_.registry.addCandidate(SessionId("a"), test::viewGrant("anyone"), candidate));
  EXPECT_THAT(core_.peers.last().candidates, ElementsAre(candidate));

  const auto foreign = core_.registry.addCandidate(SessionId("a"), test::viewGrant("mallory"), candidate);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, RefusalCode::UnknownSession);
  EXPECT_EQ(core_.peers.last().candidates.size(), 1U);
}

TEST_F(SessionRegistry, RefusesCandidatesOnceTheGrantHasEnded) {
  admit({"a"});
  core_.access.revoked.insert(GrantId("anyone"));
  const auto added = core_.registry.addCandidate(SessionId("a"), test::viewGrant("anyone"), {});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, RefusalCode::Revoked);
  EXPECT_THAT(core_.peers.last().candidates, IsEmpty());
}

TEST_F(SessionRegistry, RefusesCandidatesOfAnUnknownSession) {
  const auto added = core_.registry.addCandidate(SessionId("a"), test::viewGrant("anyone"), {});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, RefusalCode::UnknownSession);
}

TEST_F(SessionRegistry, RefusesCandidatesBeyondTheLimitAndKeepsTheSession) {
  admit({"a"});
  const auto add = [this] { return core_.registry.addCandidate(SessionId("a"), test::viewGrant("anyone"), {}); };
  for (int i = 0; i < kMaxCandidates; ++i)
    ASSERT_TRUE(add());
  for (int i = 0; i < 100; ++i)
    ASSERT_EQ(add().error().code, RefusalCode::TooManyCandidates);
  EXPECT_EQ(core_.peers.last().candidates.size(), static_cast<std::size_t>(kMaxCandidates));
  EXPECT_EQ(core_.registry.active(), 1);
}

}  // namespace
}  // namespace fanlight::session
