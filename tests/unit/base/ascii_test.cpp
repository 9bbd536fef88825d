// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(Ascii, ChangesTheCaseOfItsOwnLettersOnly) {
  EXPECT_EQ(toLower("Content-Type: TEXT/X9Ä"), "content-type: text/x9Ä");
  EXPECT_EQ(toUpper("4a:ff:zß"), "4A:FF:Zß");
}

TEST(Ascii, ComparesWithoutRegardToCase) {
  EXPECT_TRUE(equalsIgnoringCase("Upgrade", "uPGRADE"));
  EXPECT_FALSE(equalsIgnoringCase("Upgrade", "Upgrades"));
  EXPECT_FALSE(equalsIgnoringCase("[", "{"));
}

TEST(Ascii, TrimsSpacesAndTabsAtTheEnds) {
  EXPECT_EQ(trim(" \t a b\t"), "a b");
  EXPECT_EQ(trim("\n"), "\n");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Ascii, KnowsItsKindsOfCharacters) {
  for (const char c : {'/', ':', '@', '[', '`', '{', '\xe4', '\0'})
    EXPECT_FALSE(isAlphanumeric(c)) << c;
  for (const char c : {'0', '9', 'A', 'Z', 'a', 'z'})
    EXPECT_TRUE(isAlphanumeric(c)) << c;
}

}  // namespace
}  // namespace fanlight::base
