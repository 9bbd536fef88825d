// SPDX-License-Identifier: Apache-2.0
#include "glib/secret_file.h"

#include <gtest/gtest.h>

#include "temporary_folder.h"

namespace fanlight::glib {
namespace {

class SecretFile : public ::testing::Test {
 protected:
  base::ErrorCode whyNot(const std::string& path) const {
    const auto secret = readSecret(path);
    return secret ? base::ErrorCode{} : secret.error().code;
  }

  const TemporaryFolder folder_;
};

TEST_F(SecretFile, IsReadToTheEndOfItsFirstLine) {
  for (const char* text : {"north", "north\n", " north \r\nsouth\n"})
    EXPECT_EQ(readSecret(folder_.write("secret", text))->reveal(), "north") << text;
}

TEST_F(SecretFile, IsNoneWhereNothingIsInIt) {
  EXPECT_EQ(whyNot(folder_.write("empty", "")), base::ErrorCode::InvalidArgument);
  EXPECT_EQ(whyNot(folder_.write("blank", " \nnorth\n")), base::ErrorCode::InvalidArgument);
  EXPECT_EQ(whyNot(folder_.path("absent")), base::ErrorCode::NotFound);
}

TEST_F(SecretFile, IsOfAKnownSize) {
  EXPECT_EQ(whyNot(folder_.write("large", std::string(kMaxSecretBytes + 1, 'x'))), base::ErrorCode::Unavailable);
}

}  // namespace
}  // namespace fanlight::glib
