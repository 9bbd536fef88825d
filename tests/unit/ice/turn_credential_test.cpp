// SPDX-License-Identifier: Apache-2.0
// The expected password is OpenSSL's: printf 1763900000:porch | openssl dgst -sha1 -hmac north -binary | base64
#include "ice/turn_credential.h"

#include <gtest/gtest.h>

namespace fanlight::ice {
namespace {

TEST(TurnCredential, IsWhatTheServerMakesOfTheSameSecret) {
  const auto credential =
      mintCredential(base::Secret("north"), "porch", std::chrono::sys_seconds(std::chrono::seconds(1'763'900'000)));
  EXPECT_EQ(credential.username, "1763900000:porch");
  EXPECT_EQ(credential.password.reveal(), "Dzq+0bkep3timb2oHgQmbhbAV+E=");
}

TEST(TurnCredential, IsAnotherForEachSecretNameAndEnd) {
  const std::chrono::sys_seconds end(std::chrono::seconds(1'763'900'000));
  const auto passwordOf = [](const char* secret, const char* name, std::chrono::sys_seconds expires) {
    return mintCredential(base::Secret(secret), name, expires).password.reveal();
  };
  const std::string one = passwordOf("north", "porch", end);
  EXPECT_NE(passwordOf("south", "porch", end), one);
  EXPECT_NE(passwordOf("north", "garden", end), one);
  EXPECT_NE(passwordOf("north", "porch", end + std::chrono::seconds(1)), one);
}

}  // namespace
}  // namespace fanlight::ice
