// SPDX-License-Identifier: Apache-2.0
// Calls that come after their object died.
#include "glib/lifetime.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace fanlight::glib {
namespace {

TEST(Lifetime, LetsBoundFunctionsRunWhileItLives) {
  const Lifetime lifetime;
  int calls = 0;
  auto bound = lifetime.bind([&calls] { ++calls; });
  bound();
  bound();
  EXPECT_EQ(calls, 2);
}

TEST(Lifetime, HandsArgumentsOn) {
  const Lifetime lifetime;
  std::string heard;
  const std::function<void(const std::string&, int)> bound =
      lifetime.bind([&heard](const std::string& text, int number) { heard = text + std::to_string(number); });
  bound("a", 1);
  EXPECT_EQ(heard, "a1");
}

TEST(Lifetime, SilencesBoundFunctionsWhenItDies) {
  std::optional<Lifetime> lifetime(std::in_place);
  int calls = 0;
  auto bound = lifetime->bind([&calls] { ++calls; });
  lifetime.reset();
  bound();
  EXPECT_EQ(calls, 0);
}

TEST(Lifetime, SilencesBoundFunctionsWhenItIsEnded) {
  Lifetime lifetime;
  int calls = 0;
  auto bound = lifetime.bind([&calls] { ++calls; });
  lifetime.end();
  bound();
  EXPECT_EQ(calls, 0);
}

TEST(Lifetime, SilencesWhatIsBoundAfterItsEnd) {
  Lifetime lifetime;
  lifetime.end();
  int calls = 0;
  auto bound = lifetime.bind([&calls] { ++calls; });
  bound();
  EXPECT_EQ(calls, 0);
}

TEST(Lifetime, SilencesCopiesOfABoundFunction) {
  std::optional<Lifetime> lifetime(std::in_place);
  int calls = 0;
  const std::function<void()> bound = lifetime->bind([&calls] { ++calls; });
  const std::function<void()> copy = bound;
  lifetime.reset();
  copy();
  EXPECT_EQ(calls, 0);
}

TEST(Lifetime, MayDieInsideABoundFunction) {
  std::optional<Lifetime> lifetime(std::in_place);
  int calls = 0;
  auto bound = lifetime->bind([&] {
    lifetime.reset();
    ++calls;
  });
  bound();
  bound();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace fanlight::glib
