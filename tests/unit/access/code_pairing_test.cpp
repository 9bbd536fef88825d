// SPDX-License-Identifier: Apache-2.0
// Who becomes the owner, and how long the code is there.
#include "access/code_pairing.h"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "base/fake_wall_clock.h"
#include "session/fakes.h"
#include "temporary_folder.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;
using enum session::RefusalCode;

class CodePairingTest : public testing::Test {
 protected:
  /// The code as the log shows it.
  std::string shown() {
    testing::internal::CaptureStderr();
    pairing_.tick();
    const std::string log = testing::internal::GetCapturedStderr();
    const std::string before = "pairing code ";
    const std::size_t at = log.find(before);
    constexpr std::size_t length = kPairingCodeLength + 1;
    const bool isShown =
        at != std::string::npos && log.substr(at + before.size() + length).starts_with(" within 10 min");
    return isShown ? log.substr(at + before.size(), length) : "";
  }
  session::Answered<session::IssuedToken> claim(const std::string& code, const char* source = "192.0.2.1") {
    return pairing_.claim(base::Secret(code), session::SourceId(source));
  }
  std::unique_ptr<TokenStore> openStore() {
    return TokenStore::open(StateFolder::open(place_.path("state")).value(), base::DeviceId("porch"), wall_).value();
  }

  const TemporaryFolder place_;
  test::FakeWallClock wall_;
  test::SteeredClock clock_;
  GuessLimit guesses_{clock_};
  const std::unique_ptr<TokenStore> store_ = openStore();
  CodePairing pairing_{*store_, guesses_, clock_};
};

TEST_F(CodePairingTest, MakesWhoeverTypesTheCodeTheOwner) {
  const std::string code = shown();
  ASSERT_FALSE(code.empty());
  EXPECT_TRUE(pairing_.isOpen());

  const auto owner = claim(code);

  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->info.rights.size(), session::kRights.size());
  EXPECT_EQ(owner->info.expires, std::nullopt);
  EXPECT_TRUE(store_->hasOwner());
}

TEST_F(CodePairingTest, TakesTheCodeOnce) {
  const std::string code = shown();
  ASSERT_TRUE(claim(code));

  EXPECT_FALSE(pairing_.isOpen());
  EXPECT_EQ(claim(code).error().code, NoPairing);
  EXPECT_EQ(shown(), "");
}

TEST_F(CodePairingTest, ForgivesWhatIsEasilyMistyped) {
  std::string code = shown();
  std::ranges::replace(code, '0', 'o');
  std::ranges::replace(code, '1', 'l');
  std::ranges::transform(code, code.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
  code.erase(code.find('-'), 1);

  EXPECT_TRUE(claim(" " + code + " "));
}

TEST_F(CodePairingTest, RefusesEveryOtherCode) {
  const std::string code = shown();
  EXPECT_EQ(claim("").error().code, WrongCode);
  EXPECT_EQ(claim(code.substr(1)).error().code, WrongCode);
  EXPECT_EQ(claim(code + "A").error().code, WrongCode);
  std::string other = code;
  other[0] = other[0] == 'A' ? 'B' : 'A';
  EXPECT_EQ(claim(other).error().code, WrongCode);
  EXPECT_FALSE(store_->hasOwner());
}

TEST_F(CodePairingTest, LooksAtNoCodeOfWhoHasGuessedTooOften) {
  const std::string code = shown();
  for (int time = 0; time < 10; ++time)
    EXPECT_EQ(claim("AAAA-AAAA", "192.0.2.66").error().code, WrongCode);

  EXPECT_EQ(claim(code, "192.0.2.66").error().code, TooManyTries);
  EXPECT_TRUE(claim(code, "192.0.2.1"));
}

TEST_F(CodePairingTest, IsOverAfterSomeMinutes) {
  const std::string code = shown();
  clock_.advance(kPairingTime - 1s);
  pairing_.tick();
  EXPECT_TRUE(pairing_.isOpen());
  clock_.advance(1s);
  pairing_.tick();

  EXPECT_FALSE(pairing_.isOpen());
  EXPECT_EQ(claim(code).error().code, NoPairing);
  EXPECT_EQ(shown(), "");
}

TEST_F(CodePairingTest, IsNotForADeviceThatHasAnOwner) {
  ASSERT_TRUE(store_->issue(ownerRequest()));

  EXPECT_EQ(shown(), "");
  EXPECT_FALSE(pairing_.isOpen());
}

TEST_F(CodePairingTest, EndsWhenAnOwnerComesByAnotherWay) {
  const std::string code = shown();
  ASSERT_TRUE(openStore()->issue(ownerRequest()));
  store_->refresh();
  pairing_.tick();

  EXPECT_EQ(claim(code).error().code, NoPairing);
}

TEST_F(CodePairingTest, BeginsAnewAfterAReset) {
  const std::string code = shown();
  ASSERT_TRUE(claim(code));
  pairing_.tick();

  ASSERT_TRUE(store_->reset());
  const std::string next = shown();

  EXPECT_NE(next, "");
  EXPECT_NE(next, code);
  EXPECT_TRUE(claim(next));
}

}  // namespace
}  // namespace fanlight::access
