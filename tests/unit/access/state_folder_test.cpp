// SPDX-License-Identifier: Apache-2.0
// The folder, and that one process at a time changes what is in it.
#include "access/state_folder.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "temporary_folder.h"

namespace fanlight::access {
namespace {

TEST(StateFolder, IsMadeForItsOwnerAlone) {
  const TemporaryFolder place;

  const auto folder = StateFolder::open(place.path("a/b"));

  ASSERT_TRUE(folder);
  struct stat about {};
  ASSERT_EQ(::stat(folder->path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0700U);
}

TEST(StateFolder, KeepsWhatWasWritten) {
  const TemporaryFolder place;
  const auto folder = StateFolder::open(place.path("state"));

  ASSERT_TRUE(folder->write("tls/key.pem", "secret"));

  EXPECT_EQ(StateFolder::open(place.path("state"))->read("tls/key.pem", 10).value(), "secret");
  EXPECT_EQ(folder->read("tls/other.pem", 10).value(), std::nullopt);
}

TEST(StateFolder, SaysWhyItCannotBeHad) {
  const TemporaryFolder place;
  place.write("file", "");

  const auto folder = StateFolder::open(place.path("file/state"));

  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "cannot make the folder '" + place.path("file/state") + "': Not a directory");
}

TEST(StateLock, IsHeldByOneAtATime) {
  const TemporaryFolder place;
  const auto folder = StateFolder::open(place.path("state"));
  // Atomic: no sanitizer sees that a lock of the kernel's orders these threads.
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const auto work = [&] {
    for (int round = 0; round < 200; ++round) {
      const auto lock = StateLock::take(*folder);
      ASSERT_TRUE(lock);
      most = std::max(most.load(), ++inside);
      --inside;
    }
  };

  std::thread other(work);
  work();
  other.join();

  EXPECT_EQ(most, 1);
}

class StandardStateFolder : public testing::Test {
 protected:
  void TearDown() override { ::unsetenv("STATE_DIRECTORY"); }
};

TEST_F(StandardStateFolder, IsTheOneThatSystemdMade) {
  ::setenv("STATE_DIRECTORY", "/var/lib/porch:/var/lib/other", 1);

  EXPECT_EQ(standardStateFolder(), "/var/lib/porch");
}

TEST_F(StandardStateFolder, IsAbsoluteWithoutSystemd) {
  EXPECT_TRUE(standardStateFolder().starts_with("/")) << standardStateFolder();
  EXPECT_TRUE(standardStateFolder().ends_with("/fanlight")) << standardStateFolder();
}

}  // namespace
}  // namespace fanlight::access
