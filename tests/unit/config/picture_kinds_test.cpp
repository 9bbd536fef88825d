// SPDX-License-Identifier: Apache-2.0
#include "config/picture_kinds.h"

#include <gtest/gtest.h>

#include "config/document.h"

namespace fanlight::config {
namespace {

/// The value, printed again, or what is wrong with it.
template <ValueKind Kind>
std::string reread(const Kind& kind, const std::string& toml) {
  const auto document = parseDocument("value = " + toml);
  EXPECT_TRUE(document) << toml;
  const auto parsed = kind.parse(document->front().node);
  return parsed ? kind.print(*parsed) : "not " + parsed.error().got;
}

TEST(Flag, IsTrueOrFalse) {
  EXPECT_EQ(reread(Flag{}, "true"), "true");
  EXPECT_EQ(reread(Flag{}, "false"), "false");
  EXPECT_EQ(reread(Flag{}, "1"), "not 1");
  EXPECT_EQ(reread(Flag{}, "'yes'"), "not the text 'yes'");
}

TEST(QuarterTurns, AreFour) {
  for (const char* degrees : {"0", "90", "180", "270"})
    EXPECT_EQ(reread(QuarterTurns{}, degrees), degrees);
  for (const char* wrong : {"45", "360", "-90"})
    EXPECT_EQ(reread(QuarterTurns{}, wrong), std::string("not ") + wrong);
}

TEST(ControlTable, KeepsEachKindOfValue) {
  EXPECT_EQ(reread(ControlTable{}, "{ gain = 3, auto = true, ev = 0.5, af-mode = 'continuous' }"),
            "{ af-mode = \"continuous\", auto = true, ev = 0.5, gain = 3 }");
}

TEST(ControlTable, MayBeASectionOfItsOwn) {
  const auto document = parseDocument("[[camera]]\nid = 'a'\n[camera.controls]\ngain = 3\n");
  ASSERT_TRUE(document);
  const auto& camera = *valueOf<Table>(valueOf<List>(document->front().node)->front());
  EXPECT_EQ(ControlTable{}.print(*ControlTable{}.parse(camera.back().node)), "{ gain = 3 }");
}

TEST(ControlTable, IsOfNamesAndPlainValues) {
  EXPECT_EQ(reread(ControlTable{}, "3"), "not 3");
  EXPECT_EQ(reread(ControlTable{}, "{ Gain = 3 }"), "not \"Gain\" = 3");
  EXPECT_EQ(reread(ControlTable{}, "{ 'gain,x' = 3 }"), "not \"gain,x\" = 3");
  EXPECT_EQ(reread(ControlTable{}, "{ gain = [1] }"), "not \"gain\" = a list");
  EXPECT_TRUE(reread(ControlTable{}, "{ gain = '" + std::string(65, 'x') + "' }").starts_with("not \"gain\" = "));
}

TEST(ControlTable, HasALimit) {
  std::string toml = "{ ";
  for (int i = 0; i < 65; ++i)
    toml += (i ? ", c" : "c") + std::to_string(i) + " = 1";
  EXPECT_EQ(reread(ControlTable{}, toml + " }"), "not 65 of them");
}

}  // namespace
}  // namespace fanlight::config
