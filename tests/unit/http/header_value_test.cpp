// SPDX-License-Identifier: Apache-2.0
// Reading header values.
#include "http/header_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ListMembers, AreTrimmedAndNeverEmpty) {
  EXPECT_THAT(listMembers(" a ,, b\t,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(listMembers(" , "), IsEmpty());
}

TEST(ListMembers, KeepCommasInsideQuotes) {
  EXPECT_THAT(listMembers("\"a,b\", \"c\""), ElementsAre("\"a,b\"", "\"c\""));
}

TEST(MediaType, IsLowerCaseWithoutParameters) {
  EXPECT_EQ(mediaType(" Application/SDP ; charset=utf-8"), "application/sdp");
  EXPECT_EQ(mediaType(""), "");
  EXPECT_NE(mediaType("application/sdpx"), "application/sdp");
}

TEST(BearerToken, IsTakenFromTheBearerSchemeOnly) {
  EXPECT_EQ(bearerToken("Bearer abc"), "abc");
  EXPECT_EQ(bearerToken("bearer   abc "), "abc");
  EXPECT_EQ(bearerToken("Basic abc"), "");
  EXPECT_EQ(bearerToken("Bearerabc"), "");
  EXPECT_EQ(bearerToken("Bearer"), "");
  EXPECT_EQ(bearerToken(""), "");
}

TEST(EntityTag, IsNamedByItselfOrByAStar) {
  EXPECT_TRUE(namesEntityTag("\"tag\"", "\"tag\""));
  EXPECT_TRUE(namesEntityTag("\"other\", \"tag\"", "\"tag\""));
  EXPECT_TRUE(namesEntityTag(" * ", "\"tag\""));
}

TEST(EntityTag, IsNotNamedByAnythingNearIt) {
  EXPECT_FALSE(namesEntityTag("", "\"tag\""));
  EXPECT_FALSE(namesEntityTag("tag", "\"tag\""));
  EXPECT_FALSE(namesEntityTag("W/\"tag\"", "\"tag\""));
  EXPECT_FALSE(namesEntityTag("\"tag", "\"tag\""));
  EXPECT_FALSE(namesEntityTag("\"TAG\"", "\"tag\""));
  EXPECT_FALSE(namesEntityTag("\"x, \"tag\"", "\"tag\""));
}

TEST(Quote, EscapesWhatWouldEndIt) {
  EXPECT_EQ(quote(R"(a"b\c)"), R"("a\"b\\c")");
}

}  // namespace
}  // namespace fanlight::http
