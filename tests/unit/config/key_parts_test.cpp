// SPDX-License-Identifier: Apache-2.0
#include "config/key_parts.h"

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

TEST(KeyParts, TakesKeysUpToTheLimit) {
  EXPECT_EQ(findLongKey("a.b.c = 1\n[d.e.f]\n", 3), std::nullopt);
}

TEST(KeyParts, TellsTheLineOfALongKeyWhereverAKeyMayStand) {
  EXPECT_EQ(findLongKey("a = 1\nb.c.d.e = 1", 3), 2);
  EXPECT_EQ(findLongKey("\n\n[a.b.c.d]", 3), 3);
  EXPECT_EQ(findLongKey("a = {b.c.d.e = 1}", 3), 1);
  EXPECT_EQ(findLongKey("a = {b = 1, c.d.e.f = 1}", 3), 1);
  EXPECT_EQ(findLongKey(R"("a" . 'b' . "c" . d = 1)", 3), 1);
}

TEST(KeyParts, LooksPastStringsAndComments) {
  EXPECT_EQ(findLongKey("# ........\na = 1", 3), std::nullopt);
  EXPECT_EQ(findLongKey("a = \"...\\\"...\"", 3), std::nullopt);
  EXPECT_EQ(findLongKey("a = '...\\'", 3), std::nullopt);
  EXPECT_EQ(findLongKey("a = \"\"\"..\n\"..\n\"\"..\"\"\"", 3), std::nullopt);
  EXPECT_EQ(findLongKey("a = '''....'''", 3), std::nullopt);
}

TEST(KeyParts, FindsKeysBehindStringsThatEndInQuotes) {
  EXPECT_EQ(findLongKey("a = [\"\"\"x\"\"\"\", {b.c.d.e = 1}]", 3), 1);
  EXPECT_EQ(findLongKey("a = ['''x'''', {b.c.d.e = 1}]", 3), 1);
  EXPECT_EQ(findLongKey("a = ['''''', {b.c.d.e = 1}]", 3), 1);
}

TEST(KeyParts, EndsWhereAStringDoesNot) {
  EXPECT_EQ(findLongKey("a = \"\"\"....", 3), std::nullopt);
  EXPECT_EQ(findLongKey("a = \"....\\", 3), std::nullopt);
}

}  // namespace
}  // namespace fanlight::config
