// SPDX-License-Identifier: Apache-2.0
// The kernel's own answer, in networks of the test's own; those need root.
#include "health/network.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fanlight::health {
namespace {

/// In a process of its own, whose network has nothing but a loopback that is down; `command` prepares it.
int inANewNetwork(const char* command) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNET) != 0)
      ::_exit(2);
    if (*command && std::system(command) != 0)
      ::_exit(3);
    ::_exit(hasNetwork() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class NetworkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0)
      GTEST_SKIP() << "a network of its own needs root";
  }
};

TEST_F(NetworkTest, IsNoneWithoutAnInterface) {
  EXPECT_EQ(inANewNetwork(""), 0);
}

TEST_F(NetworkTest, IsNoneWithLoopbackAlone) {
  EXPECT_EQ(inANewNetwork("ip link set lo up"), 0);
}

TEST_F(NetworkTest, IsNoneWhereNoInterfaceHasAnAddress) {
  EXPECT_EQ(inANewNetwork("ip link add name one type veth peer name two && ip link set one up && ip link set two up"),
            0)
      << "those that they give themselves do not count";
}

TEST_F(NetworkTest, IsThereWithAnAddress) {
  EXPECT_EQ(inANewNetwork("ip link add name one type veth peer name two && ip link set one up && ip link set two up && "
                          "ip address add 192.0.2.1/24 dev one"),
            1);
}

TEST_F(NetworkTest, IsNoneWhereTheCableIsOut) {
  EXPECT_EQ(inANewNetwork("ip link add name one type veth peer name two && ip link set one up && "
                          "ip address add 192.0.2.1/24 dev one"),
            0);
}

}  // namespace
}  // namespace fanlight::health
