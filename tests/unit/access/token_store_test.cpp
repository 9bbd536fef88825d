// SPDX-License-Identifier: Apache-2.0
// What is remembered, by whom it may be changed, and what is left of it on the disk.
#include "access/token_store.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/view_key.h"
#include "base/fake_wall_clock.h"
#include "temporary_folder.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;
using session::RefusalCode;
using session::Right;
using session::TokenRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TokenStoreTest : public testing::Test {
 protected:
  std::unique_ptr<TokenStore> open() {
    auto store = TokenStore::open(StateFolder::open(place_.path("state")).value(), base::DeviceId("porch"), clock_);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }
  static TokenRequest viewer(const std::string& name, std::optional<std::chrono::seconds> lifetime = {}) {
    return {name, {Right::View}, {}, lifetime};
  }
  static std::vector<std::string> names(const TokenStore& store) {
    std::vector<std::string> names;
    for (const auto& token : store.issued())
      names.push_back(token.name);
    return names;
  }
  static RefusalCode refusalOf(TokenStore& store, const TokenRequest& request) {
    const auto issued = store.issue(request);
    return issued ? RefusalCode::Internal : issued.error().code;
  }
  std::string file() const { return place_.path("state/access.json"); }

  const TemporaryFolder place_;
  test::FakeWallClock clock_;
};

TEST_F(TokenStoreTest, IssuesWhatItsKeyVerifies) {
  const auto store = open();

  const auto issued = store->issue({"tablet", {Right::View, Right::Talk}, std::set{base::CameraId("front")}, 1h});

  ASSERT_TRUE(issued);
  const auto claims = verify(issued->token, store->key());
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->id, issued->info.id);
  EXPECT_EQ(claims->audience, "porch");
  EXPECT_EQ(claims->rights, (std::set{Right::View, Right::Talk}));
  EXPECT_EQ(claims->cameras, std::set{base::CameraId("front")});
  EXPECT_EQ(claims->expires, *clock_.time + 1h);
  EXPECT_EQ(issued->info.name, "tablet");
}

TEST_F(TokenStoreTest, RemembersAcrossARestart) {
  const auto id = open()->issue(viewer("tablet"))->info.id;

  const auto again = open();

  EXPECT_THAT(names(*again), ElementsAre("tablet"));
  EXPECT_TRUE(verify(again->tokenOf(id).value(), again->key()));
}

TEST_F(TokenStoreTest, HasAKeyOfItsOwnOnEachDevice) {
  const auto one = open();
  const TemporaryFolder elsewhere;
  const auto other =
      TokenStore::open(StateFolder::open(elsewhere.path("state")).value(), base::DeviceId("porch"), clock_);

  EXPECT_FALSE(base::isEqual(one->state().key, (*other)->state().key.reveal()));
  EXPECT_GE(one->state().key.reveal().size(), 64U);
}

TEST_F(TokenStoreTest, ForgetsWhatIsRevoked) {
  const auto store = open();
  const auto kept = store->issue(viewer("kept"))->info.id;
  const auto ended = store->issue(viewer("ended"))->info.id;

  ASSERT_TRUE(store->revoke(ended));

  EXPECT_THAT(names(*store), ElementsAre("kept"));
  EXPECT_TRUE(store->state().issued.contains(kept));
  EXPECT_EQ(store->tokenOf(ended), std::nullopt);
}

TEST_F(TokenStoreTest, RemembersWhatOfOthersIsRevokedUntilItRunsOut) {
  const auto store = open();
  const session::GrantId id("fleet:abc");

  ASSERT_TRUE(store->revoke(id));
  EXPECT_TRUE(open()->state().revoked.contains(id));

  clock_.advance(kMaxFleetLifetime + kClockSkew);
  ASSERT_TRUE(store->issue(viewer("somebody")));
  EXPECT_THAT(store->state().revoked, IsEmpty());
}

TEST_F(TokenStoreTest, TakesUpWhatAnotherProcessDid) {
  const auto daemon = open();
  const auto tool = open();
  const auto id = tool->issue(viewer("tablet"))->info.id;
  EXPECT_THAT(names(*daemon), IsEmpty());

  daemon->refresh();
  EXPECT_THAT(names(*daemon), ElementsAre("tablet"));

  ASSERT_TRUE(tool->revoke(id));
  daemon->refresh();
  EXPECT_THAT(names(*daemon), IsEmpty());
}

TEST_F(TokenStoreTest, LosesNothingThatAnotherProcessAddedMeanwhile) {
  const auto daemon = open();
  const auto tool = open();
  ASSERT_TRUE(tool->issue(viewer("by the tool")));

  ASSERT_TRUE(daemon->issue(viewer("by the daemon")));

  tool->refresh();
  EXPECT_EQ(names(*tool).size(), 2U);
  EXPECT_EQ(names(*daemon).size(), 2U);
}

TEST_F(TokenStoreTest, ListsNoTokenThatHasRunOut) {
  const auto store = open();
  ASSERT_TRUE(store->issue(viewer("short", 60s)));
  ASSERT_TRUE(store->issue(viewer("long")));

  clock_.advance(60s);

  EXPECT_THAT(names(*store), ElementsAre("long"));
}

TEST_F(TokenStoreTest, EndsEverythingByAReset) {
  const auto store = open();
  const auto before = store->issue(viewer("tablet"));
  const auto id = before->info.id;

  ASSERT_TRUE(store->reset());

  EXPECT_THAT(names(*store), IsEmpty());
  EXPECT_FALSE(verify(before->token, store->key()));
  EXPECT_EQ(store->state().resetAt, clock_.time);
  EXPECT_FALSE(open()->state().issued.contains(id));
}

TEST_F(TokenStoreTest, IssuesNothingThatEndsLaterThanItIsTold) {
  const auto store = open();
  const auto end = [this, &store](std::optional<std::chrono::seconds> lifetime) {
    TokenRequest request = viewer("guest", lifetime);
    request.latestEnd = *clock_.time + 1h;
    return store->issue(request)->info.expires;
  };
  EXPECT_EQ(end({}), *clock_.time + 1h);
  EXPECT_EQ(end(2h), *clock_.time + 1h);
  EXPECT_EQ(end(60s), *clock_.time + 60s);
}

TEST_F(TokenStoreTest, KeepsWhatItKnowsWhereItCannotMakeItsFileAnew) {
  const auto store = open();
  ASSERT_TRUE(store->issue(viewer("tablet")));
  const Key before = store->key();
  // As where a disk was unmounted: the folder is there, and is empty, and takes nothing.
  std::filesystem::rename(place_.path("state"), place_.path("elsewhere"));
  std::filesystem::create_directory_symlink("/proc/self", place_.path("state"));

  store->refresh();
  EXPECT_FALSE(store->issue(viewer("another")));

  EXPECT_THAT(names(*store), ElementsAre("tablet"));
  EXPECT_TRUE(base::isEqual(before.text, store->key().text.reveal()));
}

TEST_F(TokenStoreTest, DatesWhatItEndedWithoutAClockOnceItHasOne) {
  const session::GrantId id("fleet:abc");
  const auto time = std::exchange(clock_.time, std::nullopt);
  const auto store = open();
  ASSERT_TRUE(store->reset());
  ASSERT_TRUE(store->revoke(id));
  store->tick();
  EXPECT_TRUE(store->state().isResetUndated);
  EXPECT_EQ(store->state().revoked.at(id), std::nullopt);

  clock_.time = time;
  store->tick();

  EXPECT_FALSE(store->state().isResetUndated);
  EXPECT_EQ(store->state().resetAt, time);
  EXPECT_EQ(store->state().revoked.at(id), *time + kMaxFleetLifetime + kClockSkew);
  EXPECT_EQ(open()->state().resetAt, time) << "in the file as well";
}

TEST_F(TokenStoreTest, WritesNothingThatItCouldNotReadAgain) {
  const auto store = open();
  for (const std::string& id : {"fleet:" + std::string(300, 'a'), std::string("fleet:\xff")})
    EXPECT_EQ(store->revoke(session::GrantId(id)).error().code, RefusalCode::BadCommand);
  std::set<base::CameraId> many;
  for (std::size_t count = 0; count <= session::kMaxTokenCameras; ++count)
    many.insert(base::CameraId("camera-" + std::to_string(count)));
  EXPECT_EQ(refusalOf(*store, {"of many", {Right::View}, many, {}}), RefusalCode::BadCommand);

  EXPECT_TRUE(open());
}

TEST_F(TokenStoreTest, KeepsWhatItKnowsWhereItsFolderIsAwayForAMoment) {
  const auto store = open();
  const auto token = store->issue(viewer("tablet"))->token;
  // As a failing disk does, stat() says something else than that there is no such file.
  std::filesystem::rename(place_.path("state"), place_.path("elsewhere"));
  std::ofstream(place_.path("state")) << "no folder";

  store->refresh();

  EXPECT_THAT(names(*store), ElementsAre("tablet"));
  EXPECT_TRUE(verify(token, store->key()));
}

TEST_F(TokenStoreTest, StartsAnewWhereItsFileWasRemoved) {
  const auto store = open();
  const auto token = store->issue(viewer("tablet"))->token;
  std::filesystem::remove(file());

  store->refresh();

  EXPECT_THAT(names(*store), IsEmpty());
  EXPECT_FALSE(verify(token, store->key()));
}

TEST_F(TokenStoreTest, KnowsItsOwner) {
  const auto store = open();
  EXPECT_FALSE(store->hasOwner());
  ASSERT_TRUE(store->issue({"with every right", {session::kRights.begin(), session::kRights.end()}, {}, {}}));
  EXPECT_FALSE(store->hasOwner());

  ASSERT_TRUE(store->issue(ownerRequest()));

  EXPECT_TRUE(store->hasOwner());
  EXPECT_TRUE(open()->hasOwner());
}

TEST_F(TokenStoreTest, RefusesWhatMakesNoSense) {
  const auto store = open();
  const std::set view{Right::View};
  for (const TokenRequest& request : std::vector<TokenRequest>{
           {"", view, {}, {}},
           {std::string(65, 'a'), view, {}, {}},
           {"two\nlines", view, {}, {}},
           {"\xff", view, {}, {}},
           {"nothing", {}, {}, {}},
           {"no camera", view, std::set<base::CameraId>(), {}},
           {"no id", view, std::set{base::CameraId("../x")}, {}},
           {"admin of one", {Right::View, Right::Admin}, std::set{base::CameraId("front")}, {}},
           {"never", view, {}, 0s},
           {"too long", view, {}, session::kMaxTokenLifetime + 1s},
       })
    EXPECT_EQ(refusalOf(*store, request), RefusalCode::BadCommand) << request.name;
  EXPECT_THAT(names(*store), IsEmpty());
}

TEST_F(TokenStoreTest, MakesKeysToViewCamerasThatAreNamedAlone) {
  const auto store = open();
  const std::set front{base::CameraId("front")};
  const auto key = [](std::set<Right> rights, std::optional<std::set<base::CameraId>> cameras) {
    TokenRequest request{"recorder", std::move(rights), std::move(cameras), 1h};
    request.form = session::TokenForm::Key;
    return request;
  };

  const auto issued = store->issue(key({Right::View}, front));

  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->info.form, session::TokenForm::Key);
  EXPECT_EQ(verifyViewKey(issued->token, store->state().key), issued->info.id);
  EXPECT_FALSE(verify(issued->token, store->key()));
  EXPECT_EQ(open()->issued(), std::vector{issued->info});
  EXPECT_EQ(open()->tokenOf(issued->info.id)->reveal(), issued->token.reveal());
  for (const Right right : session::kRights)
    if (right != Right::View) {
      EXPECT_EQ(refusalOf(*store, key({Right::View, right}, front)), RefusalCode::BadCommand);
      EXPECT_EQ(refusalOf(*store, key({right}, front)), RefusalCode::BadCommand);
    }
  EXPECT_EQ(refusalOf(*store, key({Right::View}, {})), RefusalCode::BadCommand);
  EXPECT_EQ(refusalOf(*store, key({Right::View}, std::set<base::CameraId>())), RefusalCode::BadCommand);
  TokenRequest owner = ownerRequest();
  owner.form = session::TokenForm::Key;
  EXPECT_EQ(refusalOf(*store, owner), RefusalCode::BadCommand);
}

TEST_F(TokenStoreTest, KeepsNothingOfAKeyButItsId) {
  const auto store = open();
  TokenRequest request{"recorder", {Right::View}, std::set{base::CameraId("front")}, {}};
  request.form = session::TokenForm::Key;
  const auto issued = store->issue(request);
  ASSERT_TRUE(issued);
  const std::string text = write(store->state());
  EXPECT_THAT(text, HasSubstr(issued->info.id.value()));
  EXPECT_THAT(text, HasSubstr(R"("form":"key")"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr(issued->token.reveal().substr(16))));
}

TEST_F(TokenStoreTest, PromisesNoEndWhileItDoesNotKnowTheTime) {
  clock_.time.reset();
  const auto store = open();

  EXPECT_EQ(refusalOf(*store, viewer("guest", 60s)), RefusalCode::ClockUnset);
  const auto issued = store->issue(viewer("for ever"));

  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->info.created, std::nullopt);
}

TEST_F(TokenStoreTest, HasAnEndToWhatItKeeps) {
  const auto store = open();
  for (std::size_t count = 0; count < kMaxIssued; ++count)
    ASSERT_TRUE(store->issue(viewer("somebody")));

  EXPECT_EQ(refusalOf(*store, viewer("one more")), RefusalCode::Busy);
}

TEST_F(TokenStoreTest, SaysWhatToDoWithABrokenFile) {
  open();
  std::ofstream(file()) << R"({"version":1})";

  const auto store = TokenStore::open(StateFolder::open(place_.path("state")).value(), base::DeviceId("porch"), clock_);

  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().message, HasSubstr("cannot use '" + file() + "': field 'key' is missing; put a good copy"));
}

TEST_F(TokenStoreTest, GoesOnWithWhatItKnewWhereTheFileBreaks) {
  const auto store = open();
  ASSERT_TRUE(store->issue(viewer("tablet")));
  std::ofstream(file()) << "{";

  store->refresh();

  EXPECT_THAT(names(*store), ElementsAre("tablet"));
  EXPECT_FALSE(store->issue(viewer("another")));
}

TEST(AccessState, IsReadBackAsItWasWritten) {
  AccessState state = newState();
  Claims claims;
  claims.id = session::GrantId("a");
  claims.audience = "porch";
  claims.name = "정원 \"tablet\"";
  claims.rights = {Right::View, Right::Admin};
  claims.cameras = std::set{base::CameraId("front")};
  claims.issued = base::kEarliestTime;
  claims.expires = base::kEarliestTime + 1h;
  state.issued.emplace(claims.id, claims);
  IssuedClaims ofKey{claims};
  ofKey.id = session::GrantId("k");
  ofKey.form = session::TokenForm::Key;
  state.issued.emplace(ofKey.id, ofKey);
  state.revoked.emplace(session::GrantId("fleet:b"), base::kEarliestTime);
  state.resetAt = base::kEarliestTime;

  const auto again = read(write(state));

  ASSERT_TRUE(again);
  EXPECT_TRUE(base::isEqual(again->key, state.key.reveal()));
  EXPECT_EQ(again->issued, state.issued);
  EXPECT_EQ(again->revoked, state.revoked);
  EXPECT_EQ(again->resetAt, state.resetAt);
}

TEST(AccessState, IsNoneThatIsCutOff) {
  const std::string text = write(newState());
  for (std::size_t length = 0; length + 2 < text.size(); ++length)
    EXPECT_FALSE(read(text.substr(0, length))) << length;
}

TEST(AccessState, IsNoneOfAnotherKind) {
  for (const char* text :
       {R"({"version":2,"key":"a","issued":[],"revoked":[]})", R"({"version":1,"key":"","issued":[],"revoked":[]})",
        R"({"version":1,"key":"a","issued":{},"revoked":[]})", R"({"version":1,"key":"a","issued":[{}],"revoked":[]})",
        R"({"version":1,"key":"a","issued":[],"revoked":[{"id":7}]})",
        R"({"version":1,"key":"a","issued":[{"id":"b","audience":"c","name":"d","rights":"fly"}],"revoked":[]})"})
    EXPECT_FALSE(read(text)) << text;
}

IssuedClaims readOne(const std::string& claims) {
  const auto state = read(R"({"version":1,"key":"a","issued":[)" + claims + R"(],"revoked":[]})");
  EXPECT_TRUE(state) << state.error().message;
  return state && !state->issued.empty() ? state->issued.begin()->second : IssuedClaims{};
}

TEST(AccessState, LeavesOutRightsOfANewerRelease) {
  const IssuedClaims claims = readOne(R"({"id":"b","audience":"c","name":"d","rights":["view","fly"]})");
  EXPECT_EQ(claims.rights, std::set{Right::View});
}

TEST(AccessState, GivesTheOwnerOfAnOlderReleaseTheRightsOfThisOne) {
  const IssuedClaims claims = readOne(R"({"id":"b","audience":"c","name":"Owner","rights":["view"],"owner":true})");
  EXPECT_TRUE(claims.isOwner);
  EXPECT_EQ(claims.rights, std::set<Right>(session::kRights.begin(), session::kRights.end()));
}

}  // namespace
}  // namespace fanlight::access
