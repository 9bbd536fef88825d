// SPDX-License-Identifier: Apache-2.0
// What is no JSON though json-glib takes it, and what is JSON.
#include "json/check.h"

#include <string>

#include <gtest/gtest.h>

namespace fanlight::json {
namespace {

/// `depth` lists in one another, the outermost in an object.
std::string nested(int depth) {
  const auto count = static_cast<std::size_t>(depth - 1);
  return "{\"a\":" + std::string(count, '[') + std::string(count, ']') + "}";
}

TEST(JsonCheck, PassesEveryTokenOfJson) {
  for (const char* text :
       {R"({})", R"( { "a" : "b" } )", "\r\n\t{\"a\":1}\n", R"({"a":[true,false,null,{}]})", R"({"a":-0.5e+3})",
        R"({"a":0})", R"({"a":1E9,"b":2e-2})", R"({"a":"\"\\\/\b\f\n\r\t\u00e9"})", R"({"a":"\ud83d\ude00"})",
        R"({"a":"정원"})", R"({"a":123456789012345678})", R"({"a":0.30000000000000004})", R"({"":""})"})
    EXPECT_EQ(findFault(text), nullptr) << text << ": " << findFault(text);
}

TEST(JsonCheck, FindsWhatTheParserWouldTake) {
  for (const char* text : {R"({'a':1})",
                           R"({"a":/* no */1})",
                           "{\"a\":1} // no",
                           R"({"a":1} {"b":2})",
                           R"({"a":01})",
                           R"({"a":0x10})",
                           R"({"a":.5})",
                           R"({"a":1.})",
                           R"({"a":- 1})",
                           R"({"a":1e})",
                           R"({"a":+1})",
                           R"({"a":"\x"})",
                           R"({"a":"\123"})",
                           R"({"a":"\u0000"})",
                           R"({"a":"\ud83dx"})",
                           R"({"a":"\ud83d\u0041"})",
                           R"({"a":"\ud83d"})",
                           R"({"a":"\udc00"})",
                           R"({"a":"\uZZZZ"})",
                           R"({"a":"\u12"})",
                           "{\"a\":\"b\nc\"}",
                           "{\"a\":\"b\tc\"}",
                           R"({"a":1234567890123456789})",
                           R"({"a":-99999999999999999999999})",
                           "\xef\xbb\xbf{}",
                           "\xc2\xa0{}"})
    EXPECT_NE(findFault(text), nullptr) << text;
}

TEST(JsonCheck, FindsWhatIsNoObject) {
  for (const char* text : {"", "  ", "null", "12", R"("x")", "[]", "[{}]", "}", "]", "hello"})
    EXPECT_NE(findFault(text), nullptr) << text;
}

TEST(JsonCheck, FindsWhatEndsTooEarly) {
  const std::string whole = R"({"a":["\u00e9",-1.5e3,true]})";
  ASSERT_EQ(findFault(whole), nullptr);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_NE(findFault(std::string_view(whole).substr(0, length)), nullptr) << whole.substr(0, length);
}

TEST(JsonCheck, FindsWordsThatAreNone) {
  for (const char* text : {R"({"a":NaN})", R"({"a":Infinity})", R"({"a":tru})", R"({"a":TRUE})", R"({a:1})"})
    EXPECT_NE(findFault(text), nullptr) << text;
}

TEST(JsonCheck, TakesNestingUpToItsLimit) {
  EXPECT_EQ(findFault(nested(kMaxDepth)), nullptr);
  EXPECT_NE(findFault(nested(kMaxDepth + 1)), nullptr);
}

TEST(JsonCheck, StopsAtTheLimitHoweverDeepItGoes) {
  EXPECT_STREQ(findFault(R"({"a":)" + std::string(60'000, '[')), "it is nested too deeply");
}

TEST(JsonCheck, DoesNotCountBracketsInStrings) {
  EXPECT_EQ(findFault(R"({"a":")" + std::string(1000, '[') + R"(\"{{{"})"), nullptr);
}

TEST(JsonCheck, FindsNulAnywhere) {
  const std::string text = R"({"a":"b"})";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::string with = text;
    with.insert(at, 1, '\0');
    EXPECT_NE(findFault(with), nullptr) << at;
  }
}

}  // namespace
}  // namespace fanlight::json
