// SPDX-License-Identifier: Apache-2.0
// Errors on their way up.
#include "base/result.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(Error, GainsWhatItsCallerWasDoing) {
  const Error error = Error{ErrorCode::NotFound, "cannot open '/dev/video9': no such file"}.within("camera 'porch'");
  EXPECT_EQ(error.message, "camera 'porch': cannot open '/dev/video9': no such file");
  EXPECT_EQ(error.code, ErrorCode::NotFound);
}

TEST(Result, CarriesAnErrorOfAnyValueType) {
  const Result<int> number = fail(ErrorCode::Timeout, "no answer");
  const Result<> nothing = fail(ErrorCode::Timeout, "no answer");
  ASSERT_FALSE(number);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(number.error().code, ErrorCode::Timeout);
  EXPECT_EQ(nothing.error().message, "no answer");
}

}  // namespace
}  // namespace fanlight::base
