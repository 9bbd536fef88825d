// SPDX-License-Identifier: Apache-2.0
// What libsystemd sends, on a socket as a service manager makes one.
#include "service/notify.h"

#include <array>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "temporary_folder.h"

namespace fanlight::service {
namespace {

using ::testing::Optional;

class NotifyTest : public ::testing::Test {
 protected:
  ~NotifyTest() override {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
    if (socket_ >= 0)
      ::close(socket_);
  }

  void listen() {
    const std::string path = folder_.path("notify");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  /// The message that has come; empty where none has.
  std::string heard() {
    std::array<char, 256> text{};
    const auto length = ::recv(socket_, text.data(), text.size(), 0);
    return length < 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(length));
  }

  TemporaryFolder folder_;
  int socket_ = -1;
};

TEST_F(NotifyTest, TellsThatItIsReady) {
  listen();
  tellReady();
  EXPECT_EQ(heard(), "READY=1");
}

TEST_F(NotifyTest, TellsItsStatus) {
  listen();
  tellStatus("1 camera: 'porch' live; 2 viewers");
  EXPECT_EQ(heard(), "STATUS=1 camera: 'porch' live; 2 viewers");
}

TEST_F(NotifyTest, TellsItsStatusAsOneLine) {
  listen();
  tellStatus("'porch' away (cut off\nWATCHDOG=trigger)");
  EXPECT_EQ(heard(), "STATUS='porch' away (cut off WATCHDOG=trigger)");
}

TEST_F(NotifyTest, TellsThatItEnds) {
  listen();
  tellStopping();
  EXPECT_EQ(heard(), "STOPPING=1");
}

TEST_F(NotifyTest, TellsThatItIsAlive) {
  listen();
  tellAlive();
  EXPECT_EQ(heard(), "WATCHDOG=1");
}

TEST_F(NotifyTest, IsSupervisedWhereSomebodyListens) {
  EXPECT_FALSE(isSupervised());
  listen();
  EXPECT_TRUE(isSupervised());
}

TEST_F(NotifyTest, TellsNobodyWhereNobodyListens) {
  tellReady();
  listen();
  EXPECT_EQ(heard(), "");
}

TEST_F(NotifyTest, KnowsTheTimeoutOfTheWatchdog) {
  EXPECT_EQ(watchdogTimeout(), std::nullopt);
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  EXPECT_THAT(watchdogTimeout(), Optional(base::Duration(std::chrono::seconds(10))));
}

TEST_F(NotifyTest, KnowsThatTheWatchdogIsAnotherProcess) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(watchdogTimeout(), std::nullopt);
}

}  // namespace
}  // namespace fanlight::service
