// SPDX-License-Identifier: Apache-2.0
#include "config/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/value_kind.h"

namespace fanlight::config {
namespace {

using ::testing::StartsWith;

std::string repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

/// The value of the key `a`, described.
std::string describeA(const std::string& value) {
  const auto document = parseDocument("a = " + value);
  return document && document->size() == 1 ? describe(document->front().node) : "not parsed";
}

TEST(Document, GivesEachTypeOfToml) {
  EXPECT_EQ(describeA("true"), "true");
  EXPECT_EQ(describeA("-2_000"), "-2000");
  EXPECT_EQ(describeA("12.5"), "12.5");
  EXPECT_EQ(describeA("inf"), "inf");
  EXPECT_EQ(describeA("nan"), "nan");
  EXPECT_EQ(describeA("2024-01-01"), "a date or time");
  EXPECT_EQ(describeA("10:00:00"), "a date or time");
  EXPECT_EQ(describeA("2024-01-01T10:00:00Z"), "a date or time");
  EXPECT_EQ(describeA("'현관'"), "the text '현관'");
  EXPECT_EQ(describeA("[1, 'x']"), "a list");
  EXPECT_EQ(describeA("{}"), "a table");
}

TEST(Document, KeepsTheOrderAndTheLinesOfTheFile) {
  const auto document = parseDocument("\n[z]\ny = 1\nx = [\n  1,\n  2]\n\n[[a]]\n[[a]]\n");

  ASSERT_TRUE(document);
  ASSERT_EQ(document->size(), 2u);
  const Entry& z = (*document)[0];
  EXPECT_EQ(z.key, "z");
  EXPECT_EQ(z.node.line, 2);
  ASSERT_TRUE(valueOf<Table>(z.node));
  const Table& inZ = *valueOf<Table>(z.node);
  EXPECT_EQ(inZ[0].node.line, 3);
  EXPECT_EQ(inZ[1].node.line, 4);
  EXPECT_EQ((*valueOf<List>(inZ[1].node))[1].line, 6);
  const List& a = *valueOf<List>((*document)[1].node);
  EXPECT_EQ(a[0].line, 8);
  EXPECT_EQ(a[1].line, 9);
}

TEST(Document, TakesEmptyTextByteOrderMarkAndCarriageReturns) {
  EXPECT_TRUE(parseDocument("")->empty());
  EXPECT_TRUE(parseDocument("# nothing\n")->empty());
  const auto document = parseDocument(
      "\xef\xbb\xbf"
      "a = 1\r\nb = 2\r\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->back().node.line, 2);
}

TEST(Document, TellsTheLineOfWhatIsNotToml) {
  for (const std::string broken :
       {"a =", "a = 'x", "a", "a = 1\rb = 2", "a = [1,", "a = 1 b = 2", "a = 99999999999999999999", "a = '\xff'",
        "a = '\xed\xa0\x80'", "a = 1\na = 2", "[a]\n[a]", "a = tru"}) {
    const auto document = parseDocument("# first line\n" + broken);
    ASSERT_FALSE(document) << broken;
    EXPECT_EQ(document.error().line, broken.find('\n') == std::string::npos ? 2 : 3) << broken;
    EXPECT_THAT(document.error().message, StartsWith("not TOML: ")) << broken;
    EXPECT_EQ(document.error().message.find('\n'), std::string::npos) << broken;
  }
}

TEST(Document, RefusesOtherEncodings) {
  using namespace std::string_view_literals;
  EXPECT_FALSE(parseDocument("a = 1\n\0"sv));
  EXPECT_FALSE(parseDocument("\xff\xfe[\0a\0]\0"sv));
}

TEST(Document, LeavesOutWhatLiesDeeperThanAnySetting) {
  const auto document = parseDocument("a = " + repeat("[", 100) + repeat("]", 100));

  ASSERT_TRUE(document);
  const Node* node = &document->front().node;
  int depth = 1;
  for (; !valueOf<List>(*node)->empty(); ++depth)
    node = &valueOf<List>(*node)->front();
  EXPECT_EQ(depth, kMaxDepth);
}

TEST(Document, SurvivesEndlessNesting) {
  EXPECT_FALSE(parseDocument("a = " + repeat("[", 100'000)));
  EXPECT_FALSE(parseDocument("a = " + repeat("{a = ", 50'000)));
}

TEST(Document, RefusesKeysOfManyParts) {
  EXPECT_TRUE(parseDocument(repeat("a.", kMaxKeyParts - 1) + "a = 1"));
  const auto document = parseDocument("\n" + repeat("a.", 120'000) + "a = 1");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().line, 2);
  EXPECT_EQ(document.error().message, "a key has more than 16 parts: the file is left out");
}

}  // namespace
}  // namespace fanlight::config
