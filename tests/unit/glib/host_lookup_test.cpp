// SPDX-License-Identifier: Apache-2.0
// By this machine's own resolver, of names that need no network.
#include "glib/host_lookup.h"

#include <optional>

#include <gmock/gmock.h>

#include "loop_fixture.h"

namespace fanlight::glib {
namespace {

class HostLookupTest : public test::LoopFixture {
 protected:
  HostLookup::Answer ask(const std::string& name) {
    std::optional<HostLookup::Answer> heard;
    const HostLookup lookup(name, [&heard](const HostLookup::Answer& answer) { heard = answer; });
    EXPECT_FALSE(heard) << "before the loop has run";
    runUntil("an answer", [&heard] { return heard.has_value(); });
    return *heard;
  }
};

TEST_F(HostLookupTest, FindsTheAddressesOfAName) {
  const auto answer = ask("localhost");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(*answer, ::testing::Contains(::testing::AnyOf("127.0.0.1", "::1")));
}

TEST_F(HostLookupTest, SaysWhyThereIsNone) {
  const auto answer = ask("nobody.invalid");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::Unavailable);
  EXPECT_THAT(answer.error().message, ::testing::HasSubstr("nobody.invalid"));
}

TEST_F(HostLookupTest, TellsNobodyOnceItIsGone) {
  bool wasCalled = false;
  {
    const HostLookup dropped("localhost", [&wasCalled](const auto&) { wasCalled = true; });
  }
  // What was asked later is answered later.
  static_cast<void>(ask("localhost"));
  EXPECT_FALSE(wasCalled);
}

}  // namespace
}  // namespace fanlight::glib
