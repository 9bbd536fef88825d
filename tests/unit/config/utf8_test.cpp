// SPDX-License-Identifier: Apache-2.0
#include "config/utf8.h"

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

TEST(Utf8, CountsCharactersAsPeopleDo) {
  EXPECT_EQ(characterCount(""), 0u);
  EXPECT_EQ(characterCount("porch"), 5u);
  EXPECT_EQ(characterCount("현관 문"), 4u);
}

TEST(Utf8, FindsControlCharactersOfAllThreeRanges) {
  EXPECT_TRUE(hasControlCharacter("a\nb"));
  EXPECT_TRUE(hasControlCharacter("a\x7f"));
  EXPECT_TRUE(hasControlCharacter("a\xc2\x85"));
  EXPECT_FALSE(hasControlCharacter("Tür \xc2\xa0 현관"));
}

TEST(Utf8, PrintableLeavesNothingForATerminalToObey) {
  EXPECT_EQ(printable("a\x1b[31mb\r\nc\xc2\x9b"
                      "d"),
            "a?[31mb??c?d");
}

TEST(Utf8, QuotesCutLongTextsBetweenCharacters) {
  std::string tooLong;
  std::string cut;
  for (std::size_t i = 0; i < kMaxQuotedCharacters; ++i)
    cut += "문";
  tooLong = cut + "x";

  EXPECT_EQ(inQuotes(cut), "'" + cut + "'");
  EXPECT_EQ(inQuotes(tooLong), "'" + cut + "…'");
}

}  // namespace
}  // namespace fanlight::config
