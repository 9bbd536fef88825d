// SPDX-License-Identifier: Apache-2.0
// From tokens to grants: which are good, for what, and for how long.
#include "access/token_access.h"

#include <gtest/gtest.h>

#include "access/fleet_key.h"
#include "access/key_pair.h"
#include "access/view_key.h"
#include "base/fake_wall_clock.h"
#include "session/fakes.h"
#include "temporary_folder.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;
using base::CameraId;
using session::Grant;
using session::Right;
using enum session::RefusalCode;

class TokenAccessTest : public testing::Test {
 protected:
  session::IssuedToken issue(std::set<Right> rights, std::optional<std::set<CameraId>> cameras = {},
                             std::optional<std::chrono::seconds> lifetime = {}) {
    return store_->issue({"somebody", std::move(rights), std::move(cameras), lifetime}).value();
  }
  session::Answered<Grant> identify(const base::Secret& token, const char* source = "192.0.2.1") {
    return access_.identify({token, session::SourceId(source)});
  }
  session::IssuedToken issueKey() {
    session::TokenRequest request{"recorder", {Right::View}, std::set{CameraId("front")}, 1h};
    request.form = session::TokenForm::Key;
    return store_->issue(request).value();
  }
  session::Answered<Grant> byKey(const base::Secret& key, const char* source = "192.0.2.1") {
    return access_.identify({key, session::SourceId(source), session::TokenForm::Key});
  }
  session::RefusalCode refusalOf(const base::Secret& token, const char* source = "192.0.2.1") {
    const auto grant = identify(token, source);
    return grant ? Internal : grant.error().code;
  }
  Claims fleetClaims() const {
    Claims claims;
    claims.id = session::GrantId("abc");
    claims.audience = "porch";
    claims.rights = {Right::View};
    claims.issued = wall_.time;
    claims.expires = *wall_.time + 1h;
    return claims;
  }
  base::Secret signedByFleet(const Claims& claims) const {
    return sign(claims, {Algorithm::Es256, base::Secret(fleet_.secret)}).value();
  }

  const TemporaryFolder place_;
  const test::KeyPair fleet_ = test::makeKeyPair();
  test::FakeWallClock wall_;
  test::SteeredClock clock_;
  GuessLimit guesses_{clock_};
  const std::unique_ptr<TokenStore> store_ =
      TokenStore::open(StateFolder::open(place_.path("state")).value(), base::DeviceId("porch"), wall_).value();
  TokenAccess access_{{base::DeviceId("porch"), {readFleetKey(fleet_.open).value()}}, *store_, guesses_, wall_, clock_};
};

TEST_F(TokenAccessTest, GrantsWhatATokenSays) {
  const auto grant = identify(issue({Right::View, Right::Talk}, std::set{CameraId("front")}, 1h).token);

  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->rights, (std::set{Right::View, Right::Talk}));
  EXPECT_EQ(grant->cameras, std::set{CameraId("front")});
  EXPECT_EQ(grant->name, "somebody");
  EXPECT_EQ(grant->expires, *wall_.time + 1h);
  EXPECT_EQ(grant->deadline, clock_.now() + 1h);
}

TEST_F(TokenAccessTest, LetsAKeyViewItsCamerasAndNothingElse) {
  const auto key = issueKey();
  const auto grant = byKey(key.token);

  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->id, key.info.id);
  EXPECT_EQ(grant->form, session::TokenForm::Key);
  EXPECT_EQ(grant->rights, std::set{Right::View});
  EXPECT_EQ(grant->deadline, clock_.now() + 1h);
  const CameraId front("front");
  const CameraId garden("garden");
  EXPECT_TRUE(access_.check(*grant, Right::View, &front));
  EXPECT_EQ(access_.check(*grant, Right::View, &garden).error().code, Forbidden);
  EXPECT_EQ(access_.check(*grant, Right::Admin, nullptr).error().code, Forbidden);
}

TEST_F(TokenAccessTest, TakesNoKeyForATokenAndNoTokenForAKey) {
  const auto key = issueKey().token;
  const auto token = issue({Right::View}, std::set{CameraId("front")}).token;

  EXPECT_EQ(refusalOf(key, "192.0.2.1"), Unauthorized);
  EXPECT_EQ(byKey(token, "192.0.2.2").error().code, Unauthorized);
  EXPECT_EQ(byKey(signedByFleet(fleetClaims()), "192.0.2.3").error().code, Unauthorized);
  // As nobody but the device could make them: of the other form's id.
  const auto info = issue({Right::View}, std::set{CameraId("front")}).info;
  EXPECT_EQ(byKey(viewKey(info.id, store_->state().key), "192.0.2.4").error().code, Unauthorized);
  Claims claims = fleetClaims();
  claims.id = issueKey().info.id;
  EXPECT_EQ(refusalOf(sign(claims, store_->key()).value(), "192.0.2.5"), Unauthorized);
}

TEST_F(TokenAccessTest, EndsAKeyWhenItIsRevokedOrItsTimeIsOver) {
  const auto key = issueKey();
  const Grant grant = byKey(key.token).value();
  ASSERT_TRUE(store_->revoke(key.info.id));
  EXPECT_EQ(access_.stands(grant).error().code, Revoked);
  EXPECT_EQ(byKey(key.token).error().code, Revoked);

  const auto other = issueKey();
  const Grant shorter = byKey(other.token).value();
  wall_.advance(1h);
  clock_.advance(1h);
  EXPECT_EQ(access_.stands(shorter).error().code, Expired);
  EXPECT_EQ(byKey(other.token).error().code, Expired);
}

TEST_F(TokenAccessTest, SlowsDownWhoGuessesKeysAndKeepsNobodyOutWhoHasOne) {
  const auto key = issueKey();
  const auto gone = issueKey();
  ASSERT_TRUE(store_->revoke(gone.info.id));
  for (int tries = 0; tries < 10; ++tries)
    EXPECT_EQ(byKey(base::Secret("guess")).error().code, Unauthorized);

  EXPECT_EQ(byKey(base::Secret("guess")).error().code, TooManyTries);
  EXPECT_EQ(byKey(gone.token).error().code, TooManyTries);
  EXPECT_EQ(refusalOf(base::Secret("wrong")), TooManyTries) << "keys and tokens are guessed on one account";
  EXPECT_TRUE(byKey(key.token));
  EXPECT_EQ(byKey(base::Secret("guess"), "192.0.2.2").error().code, Unauthorized);
}

TEST_F(TokenAccessTest, IsTheSameGrantEachTime) {
  const auto token = issue({Right::View}).token;
  EXPECT_EQ(identify(token)->id, identify(token)->id);
}

TEST_F(TokenAccessTest, RefusesWhoeverBringsNone) {
  EXPECT_EQ(refusalOf(base::Secret()), Unauthorized);
  // It is no guess.
  for (int time = 0; time < 100; ++time)
    refusalOf(base::Secret());
  EXPECT_EQ(refusalOf(base::Secret("wrong")), Unauthorized);
}

TEST_F(TokenAccessTest, RefusesATokenOfAnotherDevice) {
  const TemporaryFolder elsewhere;
  const auto other =
      TokenStore::open(StateFolder::open(elsewhere.path("state")).value(), base::DeviceId("porch"), wall_).value();

  EXPECT_EQ(refusalOf(other->issue({"x", {Right::View}, {}, {}})->token), Unauthorized);
}

TEST_F(TokenAccessTest, AllowsTheRightsAndCamerasOfTheGrantAndNoOthers) {
  const Grant grant = identify(issue({Right::View, Right::Talk}, std::set{CameraId("front")}).token).value();
  const CameraId front("front");
  const CameraId garden("garden");

  EXPECT_TRUE(access_.check(grant, Right::View, &front));
  EXPECT_TRUE(access_.check(grant, Right::View, nullptr));
  EXPECT_TRUE(access_.check(grant, Right::Talk, &front));
  EXPECT_EQ(access_.check(grant, Right::View, &garden).error().code, Forbidden);
  EXPECT_EQ(access_.check(grant, Right::Control, &front).error().code, Forbidden);
  EXPECT_EQ(access_.check(grant, Right::Admin, nullptr).error().code, Forbidden);
}

TEST_F(TokenAccessTest, LetsNobodyRuleTheDeviceWhoIsKeptToSomeCameras) {
  Claims claims = fleetClaims();
  claims.rights = {Right::View, Right::Admin};
  claims.cameras = std::set{CameraId("front")};
  const Grant grant = identify(signedByFleet(claims)).value();

  EXPECT_EQ(access_.check(grant, Right::Admin, nullptr).error().code, Forbidden);
}

TEST_F(TokenAccessTest, EndsAGrantWhenItsTimeIsOver) {
  const auto token = issue({Right::View}, {}, 60s).token;
  const Grant grant = identify(token).value();
  EXPECT_TRUE(access_.stands(grant));

  wall_.advance(60s);
  clock_.advance(60s);

  EXPECT_EQ(access_.stands(grant).error().code, Expired);
  EXPECT_EQ(access_.check(grant, Right::View, nullptr).error().code, Expired);
  EXPECT_EQ(refusalOf(token), Expired);
}

TEST_F(TokenAccessTest, EndsAGrantByEitherClock) {
  const Grant grant = identify(issue({Right::View}, {}, 1h).token).value();
  const auto time = *wall_.time;
  // The wall clock is set forward, as by a first synchronisation.
  wall_.advance(2h);
  EXPECT_EQ(access_.stands(grant).error().code, Expired);
  // It is set back, which makes nothing last longer.
  wall_.time = time - 24h;
  EXPECT_TRUE(access_.stands(grant));
  clock_.advance(1h);
  EXPECT_EQ(access_.stands(grant).error().code, Expired);
}

TEST_F(TokenAccessTest, SaysExpiredAlsoOnceTheTokenIsForgotten) {
  const auto token = issue({Right::View}, {}, 60s).token;
  wall_.advance(1h);
  issue({Right::View});
  EXPECT_TRUE(store_->state().issued.size() == 1);

  EXPECT_EQ(refusalOf(token), Expired);
}

TEST_F(TokenAccessTest, EndsAGrantThatIsRevoked) {
  const auto issued = issue({Right::View});
  const Grant grant = identify(issued.token).value();

  ASSERT_TRUE(store_->revoke(issued.info.id));

  EXPECT_EQ(access_.stands(grant).error().code, Revoked);
  EXPECT_EQ(refusalOf(issued.token), Revoked);
}

TEST_F(TokenAccessTest, EndsEveryGrantByAReset) {
  const auto owner = issue({session::kRights.begin(), session::kRights.end()});
  const Grant grant = identify(owner.token).value();
  const Grant fleets = identify(signedByFleet(fleetClaims())).value();

  ASSERT_TRUE(store_->reset());

  EXPECT_EQ(access_.stands(grant).error().code, Revoked);
  EXPECT_EQ(access_.stands(fleets).error().code, Revoked);
  EXPECT_EQ(refusalOf(owner.token), Unauthorized);
  EXPECT_EQ(refusalOf(signedByFleet(fleetClaims())), Revoked);
}

TEST_F(TokenAccessTest, TakesWhatTheFleetSignedForThisDevice) {
  const auto grant = identify(signedByFleet(fleetClaims()));

  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->id.value(), "fleet:abc");
  EXPECT_EQ(grant->rights, std::set{Right::View});
}

TEST_F(TokenAccessTest, RefusesWhatTheFleetSignedForAnotherOne) {
  Claims claims = fleetClaims();
  claims.audience = "garage";
  EXPECT_EQ(refusalOf(signedByFleet(claims)), Unauthorized);
}

TEST_F(TokenAccessTest, RefusesOfTheFleetWhatCouldNotBeForgottenOnceItIsRevoked) {
  for (const auto change :
       {+[](Claims& claims) { claims.expires.reset(); }, +[](Claims& claims) { claims.issued.reset(); },
        +[](Claims& claims) { claims.expires = *claims.issued + kMaxFleetLifetime + 1s; }}) {
    Claims claims = fleetClaims();
    change(claims);
    EXPECT_EQ(refusalOf(signedByFleet(claims)), Unauthorized);
  }
}

TEST_F(TokenAccessTest, EndsWhatTheFleetSignedOnceItIsRevoked) {
  const Grant grant = identify(signedByFleet(fleetClaims())).value();

  ASSERT_TRUE(store_->revoke(grant.id));

  EXPECT_EQ(access_.stands(grant).error().code, Revoked);
  EXPECT_EQ(refusalOf(signedByFleet(fleetClaims())), Revoked);
}

TEST_F(TokenAccessTest, KeepsTheFleetsNamesApartFromItsOwn) {
  const auto own = issue({Right::View});
  Claims claims = fleetClaims();
  claims.id = own.info.id;
  const Grant grant = identify(signedByFleet(claims)).value();

  ASSERT_TRUE(store_->revoke(own.info.id));

  EXPECT_TRUE(access_.stands(grant));
}

TEST_F(TokenAccessTest, TakesNothingThatTheFleetSignedAheadOfItsTime) {
  Claims claims = fleetClaims();
  claims.issued = *wall_.time + kClockSkew;
  EXPECT_TRUE(identify(signedByFleet(claims)));
  claims.issued = *wall_.time + kClockSkew + 1s;
  EXPECT_EQ(refusalOf(signedByFleet(claims)), NotYet);
}

TEST_F(TokenAccessTest, EndsByAResetWhatTheFleetSignedBefore) {
  Claims claims = fleetClaims();
  claims.issued = *wall_.time + kClockSkew;
  const auto before = signedByFleet(claims);
  ASSERT_TRUE(store_->reset());
  EXPECT_EQ(refusalOf(before), Revoked) << "by a clock that is ahead of the device's";

  wall_.advance(kClockSkew + 1s);
  claims.issued = *wall_.time;
  EXPECT_TRUE(identify(signedByFleet(claims)));
}

TEST_F(TokenAccessTest, EndsByAResetWithoutAClockWhatTheFleetSignedBefore) {
  const auto before = signedByFleet(fleetClaims());
  const auto time = std::exchange(wall_.time, std::nullopt);
  ASSERT_TRUE(store_->reset());

  wall_.time = *time + 60s;

  EXPECT_EQ(refusalOf(before), Revoked) << "before it is dated";
  store_->tick();
  EXPECT_EQ(refusalOf(before), Revoked);
}

TEST_F(TokenAccessTest, RefusesWhatHasNotBegun) {
  Claims claims = fleetClaims();
  claims.notBefore = *wall_.time + kClockSkew + 1s;
  EXPECT_EQ(refusalOf(signedByFleet(claims)), NotYet);
  claims.notBefore = *wall_.time + kClockSkew;
  EXPECT_TRUE(identify(signedByFleet(claims)));
}

TEST_F(TokenAccessTest, JudgesNothingThatEndsWhileTheClockIsNotSet) {
  const auto owner = issue({Right::View}).token;
  const auto guest = issue({Right::View}, {}, 1h).token;
  const auto fleets = signedByFleet(fleetClaims());
  wall_.time.reset();

  EXPECT_TRUE(identify(owner));
  EXPECT_EQ(refusalOf(guest), ClockUnset);
  EXPECT_EQ(refusalOf(fleets), ClockUnset);
}

TEST_F(TokenAccessTest, SlowsDownWhoGuesses) {
  for (int time = 0; time < 10; ++time)
    EXPECT_EQ(refusalOf(base::Secret("guess"), "192.0.2.66"), Unauthorized);
  EXPECT_EQ(refusalOf(base::Secret("guess"), "192.0.2.66"), TooManyTries);
  clock_.advance(6s);
  EXPECT_EQ(refusalOf(base::Secret("guess"), "192.0.2.66"), Unauthorized);
}

TEST_F(TokenAccessTest, KeepsNobodyOutWhoHasAGoodTokenThoughOthersGuessBesideHim) {
  const auto good = issue({Right::View}).token;
  for (int time = 0; time < 100; ++time)
    refusalOf(base::Secret("guess"), "192.0.2.66");

  EXPECT_TRUE(identify(good, "192.0.2.66"));
}

TEST_F(TokenAccessTest, KeepsNobodyOutWhomTheFleetLetInThoughOthersGuessBesideHim) {
  const auto good = signedByFleet(fleetClaims());
  ASSERT_TRUE(identify(good, "192.0.2.66"));
  for (int time = 0; time < 100; ++time)
    refusalOf(base::Secret("guess"), "192.0.2.66");

  EXPECT_TRUE(identify(good, "192.0.2.66"));
  Claims another = fleetClaims();
  another.id = session::GrantId("def");
  EXPECT_EQ(refusalOf(signedByFleet(another), "192.0.2.66"), TooManyTries) << "a guess has an id of its own";
}

TEST_F(TokenAccessTest, CountsNoTokenAsAGuessThatWasOnceGood) {
  const auto issued = issue({Right::View});
  ASSERT_TRUE(store_->revoke(issued.info.id));
  for (int time = 0; time < 100; ++time)
    EXPECT_EQ(refusalOf(issued.token), Revoked);
}

TEST_F(TokenAccessTest, KnowsAtOnceWhatAnotherProcessIssued) {
  const auto tool =
      TokenStore::open(StateFolder::open(place_.path("state")).value(), base::DeviceId("porch"), wall_).value();

  EXPECT_TRUE(identify(tool->issue({"tablet", {Right::View}, {}, {}})->token));
}

}  // namespace
}  // namespace fanlight::access
