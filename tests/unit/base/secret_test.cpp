// SPDX-License-Identifier: Apache-2.0
// What a secret shows, and how it compares.
#include "base/secret.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(Secret, PrintsAsStars) {
  EXPECT_EQ(fmt::format("'{}'", Secret("hunter2")), "'***'");
  EXPECT_EQ(fmt::format("'{:>5}'", Secret("hunter2")), "'  ***'");
}

TEST(Secret, ShowsThatItIsNotSet) {
  EXPECT_EQ(fmt::format("'{}'", Secret()), "''");
}

TEST(Secret, IsRevealedWhereItIsNeeded) {
  Secret secret("hunter2");
  const Secret copy = secret;
  Secret moved = std::move(secret);

  EXPECT_EQ(copy.reveal(), "hunter2");
  EXPECT_EQ(moved.reveal(), "hunter2");
}

TEST(Secret, EqualsTheWholeTextOnly) {
  const Secret secret("hunter2");

  EXPECT_TRUE(isEqual(secret, "hunter2"));
  for (const char* other : {"", "hunter", "hunter22", "Hunter2", "hunter3", "xhunter2"})
    EXPECT_FALSE(isEqual(secret, other)) << other;
  EXPECT_TRUE(isEqual(Secret(), ""));
}

}  // namespace
}  // namespace fanlight::base
