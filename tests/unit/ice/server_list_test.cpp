// SPDX-License-Identifier: Apache-2.0
#include "ice/server_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fake_wall_clock.h"
#include "steered_clocks.h"
#include "temporary_folder.h"

namespace fanlight::ice {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using namespace std::chrono_literals;

config::IceServer serverOf(const std::string& id, std::vector<std::string> urls) {
  config::IceServer server;
  server.id = base::IceServerId(id);
  server.urls = std::move(urls);
  return server;
}

std::vector<std::string> firstUrls(const session::IceServerList& list) {
  std::vector<std::string> urls;
  for (const session::IceServer& server : list.servers)
    urls.push_back(server.urls.front());
  return urls;
}

class ServerListTest : public ::testing::Test {
 protected:
  config::IceServer withSecret(const std::string& content = "north\n") {
    config::IceServer server = serverOf("home", {"turn:turn.example"});
    server.secret = folder_.write("secret", content);
    server.lifetime = 10min;
    return server;
  }

  const TemporaryFolder folder_;
  test::FakeWallClock wall_;
  test::SteeredClock clock_;
};

TEST_F(ServerListTest, GivesAServerThatAsksForNothingToAll) {
  ServerList list({serverOf("open", {"stun:stun.example"})}, wall_, clock_);
  for (const session::IceServerList& given : {list.forViewer(), list.forDevice()}) {
    ASSERT_EQ(given.servers.size(), 1U);
    EXPECT_THAT(given.servers[0].urls, ElementsAre("stun:stun.example"));
    EXPECT_EQ(given.servers[0].username, "");
    EXPECT_TRUE(given.servers[0].credential.empty());
    EXPECT_EQ(given.lifetime, std::nullopt);
  }
}

TEST_F(ServerListTest, GivesEachOnlyWhatItIsToUse) {
  config::IceServer viewers = serverOf("viewers", {"stun:viewers.example"});
  viewers.usedBy = config::IceUser::Viewers;
  config::IceServer device = serverOf("device", {"stun:device.example"});
  device.usedBy = config::IceUser::Device;
  ServerList list({viewers, device, serverOf("all", {"stun:all.example"})}, wall_, clock_);
  EXPECT_THAT(firstUrls(list.forViewer()), ElementsAre("stun:viewers.example", "stun:all.example"));
  EXPECT_THAT(firstUrls(list.forDevice()), ElementsAre("stun:device.example", "stun:all.example"));
}

TEST_F(ServerListTest, GivesTheOnePasswordThatThereIs) {
  config::IceServer server = serverOf("fixed", {"turn:turn.example"});
  server.username = "porch";
  server.password = folder_.write("password", "s3cr3t\r\n");
  ServerList list({server}, wall_, clock_);
  const session::IceServerList given = list.forViewer();
  ASSERT_EQ(given.servers.size(), 1U);
  EXPECT_EQ(given.servers[0].username, "porch");
  EXPECT_EQ(given.servers[0].credential.reveal(), "s3cr3t");
  EXPECT_EQ(given.lifetime, std::nullopt);
}

TEST_F(ServerListTest, MakesCredentialsThatEndAndThatNobodyElseHas) {
  ServerList list({withSecret(), serverOf("open", {"stun:stun.example"})}, wall_, clock_);
  const session::IceServerList given = list.forViewer();
  ASSERT_EQ(given.servers.size(), 2U);
  const auto end = (*wall_.time + 10min).time_since_epoch().count();
  EXPECT_THAT(given.servers[0].username, StartsWith(std::to_string(end) + ":"));
  EXPECT_EQ(given.servers[0].credential.reveal().size(), 28U);
  EXPECT_EQ(given.lifetime, base::Duration(10min)) << "of the shortest";
  EXPECT_NE(list.forViewer().servers[0].username, given.servers[0].username);
}

TEST_F(ServerListTest, LeavesOutWhatEndsByAClockThatIsNotSet) {
  ServerList list({withSecret(), serverOf("open", {"stun:stun.example"})}, wall_, clock_);
  wall_.time.reset();
  const session::IceServerList given = list.forViewer();
  EXPECT_THAT(firstUrls(given), ElementsAre("stun:stun.example"));
  ASSERT_TRUE(given.lifetime);
  EXPECT_LE(*given.lifetime, 1min) << "so that it is asked for again";
  wall_.time = base::kEarliestTime;
  EXPECT_EQ(list.forViewer().servers.size(), 2U);
}

TEST_F(ServerListTest, LeavesOutAServerWhoseFileCannotBeUsed) {
  config::IceServer away = withSecret();
  away.secret = folder_.path("not-there");
  EXPECT_THAT(ServerList({away}, wall_, clock_).forViewer().servers, IsEmpty());
  EXPECT_THAT(ServerList({withSecret(" \n")}, wall_, clock_).forViewer().servers, IsEmpty());
  EXPECT_THAT(ServerList({withSecret(std::string(2000, 'x'))}, wall_, clock_).forViewer().servers, IsEmpty());
}

TEST_F(ServerListTest, GivesWhatAServiceHasAnsweredForAsLongAsItHolds) {
  config::IceServer server = serverOf("hosted", {});
  server.service = "https://turn.example/credentials";
  server.serviceToken = folder_.write("token", "t0ken");
  ServerList list({server}, wall_, clock_);
  ASSERT_EQ(list.services().size(), 1U);
  EXPECT_EQ(list.services()[0].token.reveal(), "t0ken");
  EXPECT_THAT(list.forViewer().servers, IsEmpty());
  EXPECT_TRUE(list.forViewer().lifetime) << "so that it is asked for again";

  list.serve(server.id, {{{{"turn:turn.example"}, "user", base::Secret("pass")}}, 10min});
  clock_.advance(4min);
  EXPECT_THAT(firstUrls(list.forViewer()), ElementsAre("turn:turn.example"));
  EXPECT_EQ(list.forDevice().lifetime, base::Duration(6min));
  clock_.advance(6min);
  EXPECT_THAT(list.forViewer().servers, IsEmpty());
}

}  // namespace
}  // namespace fanlight::ice
