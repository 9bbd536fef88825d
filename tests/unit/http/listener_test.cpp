// SPDX-License-Identifier: Apache-2.0
// Binding, and taking connections within the limit.
#include "http/listener.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "http/address_text.h"
#include "http/raw_client.h"
#include "loop_fixture.h"

namespace fanlight::http {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using Families = Listener::Families;

class ListenerTest : public test::LoopFixture, protected Listener::Owner {
 protected:
  void onAccepted(Accepted accepted) override { accepted_.push_back(std::move(accepted)); }
  void onFull() override { ++full_; }

  std::unique_ptr<Listener> open(const std::string& address, Families families = Families::OwnOnly) {
    auto listener = Listener::open(context_, *base::parseAddress(address), Scheme::Http, families, limit_, *this);
    EXPECT_TRUE(listener) << listener.error().message;
    return std::move(*listener);
  }
  std::string errorOf(const std::string& address) {
    const auto listener =
        Listener::open(context_, *base::parseAddress(address), Scheme::Http, Families::OwnOnly, limit_, *this);
    return listener ? "none" : listener.error().message;
  }

  ConnectionLimit limit_{4, 3};
  std::vector<Accepted> accepted_;
  int full_ = 0;
};

TEST_F(ListenerTest, TellsThePortThatTheKernelPicked) {
  const auto listener = open("127.0.0.1:0");
  EXPECT_THAT(listener->address(), StartsWith("127.0.0.1:"));
  EXPECT_NE(listener->address(), "127.0.0.1:0");
}

TEST_F(ListenerTest, ListensOnIpv6) {
  const auto listener = open("[::1]:0");
  EXPECT_THAT(listener->address(), StartsWith("[::1]:"));
}

TEST_F(ListenerTest, TakesIpv4WhereItListensEverywhere) {
  const auto listener = open("[::]:0", Families::Ipv4Too);
  const std::string port = listener->address().substr(listener->address().rfind(':'));

  const test::RawClient four("127.0.0.1" + port, "127.0.0.5");
  runUntil("the connection by IPv4", [this] { return accepted_.size() == 1; });
  // Under the names that limits and the Host header have for them.
  EXPECT_EQ(addressText(accepted_[0].local.get()), "127.0.0.1");
  EXPECT_EQ(addressText(accepted_[0].remote.get()), "127.0.0.5");
}

TEST_F(ListenerTest, TakesAWildcardOfEachFamilyOnOnePort) {
  // A port that the kernel picks for one family may be somebody's in the other.
  std::string error;
  for (int tries = 0; tries < 10; ++tries) {
    const auto four = open("0.0.0.0:0");
    const std::string port = four->address().substr(four->address().rfind(':'));
    error = errorOf("[::]" + port);
    if (error == "none")
      break;
  }
  EXPECT_EQ(error, "none");
}

TEST_F(ListenerTest, NamesTheAddressThatIsTakenAndWhy) {
  const auto listener = open("127.0.0.1:0");
  const std::string error = errorOf(listener->address());
  EXPECT_THAT(error, HasSubstr("'" + listener->address() + "'"));
  EXPECT_THAT(error, HasSubstr("in use"));
}

TEST_F(ListenerTest, NamesAnAddressThatIsNotOfThisMachine) {
  EXPECT_THAT(errorOf("192.0.2.1:0"), StartsWith("cannot listen on '192.0.2.1:0': "));
}

TEST_F(ListenerTest, HandsOverConnectionsWithTheirAddresses) {
  const auto listener = open("127.0.0.1:0");
  const test::RawClient client(listener->address(), "127.0.0.2");
  runUntil("the connection", [this] { return !accepted_.empty(); });
  EXPECT_EQ(addressText(accepted_[0].local.get()), "127.0.0.1");
  EXPECT_EQ(addressText(accepted_[0].remote.get()), "127.0.0.2");
}

TEST_F(ListenerTest, TurnsAwayWhatIsAboveTheLimitOfAnAddressAndServesOthers) {
  const auto listener = open("127.0.0.1:0");
  std::vector<test::RawClient> clients;
  for (int i = 0; i < 3; ++i)
    clients.emplace_back(listener->address(), "127.0.0.2");
  test::RawClient extra(listener->address(), "127.0.0.2");
  runUntil("the end of the one too many", [&] { return extra.isAtEnd(); });
  EXPECT_THAT(extra.received(), StartsWith("HTTP/1.1 503 "));
  EXPECT_EQ(accepted_.size(), 3u);

  const test::RawClient other(listener->address(), "127.0.0.3");
  runUntil("another address", [this] { return accepted_.size() == 4; });
}

TEST_F(ListenerTest, TellsItsOwnerWhenThereIsNoPlaceForAnybody) {
  const auto listener = open("127.0.0.1:0");
  std::vector<test::RawClient> clients;
  for (int i = 2; i < 6; ++i)
    clients.emplace_back(listener->address(), "127.0.0." + std::to_string(i));
  runUntil("four connections", [this] { return accepted_.size() == 4; });
  EXPECT_EQ(full_, 0);
  const test::RawClient extra(listener->address(), "127.0.0.6");
  runUntil("the one too many", [this] { return full_ == 1; });
}

TEST_F(ListenerTest, TakesConnectionsAgainWhenOthersHaveGone) {
  const auto listener = open("127.0.0.1:0");
  for (int round = 0; round < 3; ++round) {
    std::vector<test::RawClient> clients;
    for (int i = 0; i < 3; ++i)
      clients.emplace_back(listener->address(), "127.0.0.2");
    runUntil("three connections", [this] { return accepted_.size() == 3; });
    accepted_.clear();
    EXPECT_EQ(limit_.taken(), 0);
  }
}

/// No more descriptors than now, until the end of the scope.
class DescriptorFamine {
 public:
  DescriptorFamine() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int lowestFree = ::dup(0);
    ::close(lowestFree);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowestFree);
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~DescriptorFamine() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(ListenerTest, RestsWithoutDescriptorsAndGoesOn) {
  const auto listener = open("127.0.0.1:0");
  const test::RawClient client(listener->address());
  int turns = 0;
  {
    const DescriptorFamine famine;
    bool isOver = false;
    const auto end = glib::EventSource::timer(context_, std::chrono::milliseconds(500), [&isOver] {
      isOver = true;
      return glib::Continue::No;
    });
    for (; !isOver; ++turns)
      context_.iterate(true);
  }
  EXPECT_TRUE(accepted_.empty());
  EXPECT_LT(turns, 20) << "it spins";
  runUntil("the connection that waited", [this] { return !accepted_.empty(); });
}

}  // namespace
}  // namespace fanlight::http
