// SPDX-License-Identifier: Apache-2.0
// Heads, well formed and nearly so.
#include "http/head_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using ::testing::ElementsAre;

/// The status that a head is refused with; 0: it is well formed.
unsigned statusOf(std::string_view head) {
  const auto parsed = parseHead(head);
  return parsed ? 0 : parsed.error().status;
}

/// The path of a GET of `target`; "refused".
std::string pathOf(const std::string& target) {
  const auto parsed = parseHead("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
  return parsed ? parsed->path : "refused";
}

TEST(HeadLength, IsUpToTheEmptyLine) {
  EXPECT_EQ(headLength("GET / HTTP/1.1\r\n\r\nbody\r\n\r\n"), 18u);
  EXPECT_FALSE(headLength(""));
  EXPECT_FALSE(headLength("GET / HTTP/1.1\r\n\r"));
  EXPECT_FALSE(headLength("GET / HTTP/1.1\n\n"));
}

TEST(ParseHead, ReadsAllOfIt) {
  const auto head = parseHead("POST /a?b=c HTTP/1.1\r\nHost: example:80\r\nX-Y:  some value\t\r\nEmpty:\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "POST");
  EXPECT_EQ(head->path, "/a");
  EXPECT_EQ(head->query, "b=c");
  EXPECT_EQ(head->targetHost, "example:80");
  EXPECT_THAT(head->headers,
              ElementsAre(Header{"Host", "example:80"}, Header{"X-Y", "some value"}, Header{"Empty", ""}));
}

TEST(ParseHead, KeepsAQueryAsItCame) {
  const auto queryOf = [](const std::string& target) {
    return parseHead("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n")->query;
  };
  EXPECT_EQ(queryOf("/a"), "");
  EXPECT_EQ(queryOf("/a?"), "");
  EXPECT_EQ(queryOf("/?a=%2Fb?c&d"), "a=%2Fb?c&d");
  EXPECT_EQ(queryOf("http://one/?x"), "x");
}

TEST(ParseHead, TakesTheHostOfAnAbsoluteTarget) {
  const auto head = parseHead("GET http://one:81/x?y HTTP/1.1\r\nHost: two\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->targetHost, "one:81");
  EXPECT_EQ(head->path, "/x");
  EXPECT_EQ(pathOf("HTTP://one"), "/");
  EXPECT_EQ(pathOf("http://one?x=/y"), "refused");
  EXPECT_EQ(pathOf("http:///x"), "refused");
  EXPECT_EQ(pathOf("https://one/"), "refused");
}

TEST(ParseHead, DecodesThePath) {
  EXPECT_EQ(pathOf("/a%20b%C3%A9"), "/a b\xc3\xa9");
  EXPECT_EQ(pathOf("/%2Fa"), "//a");
  EXPECT_EQ(pathOf("/a+b"), "/a+b");
  EXPECT_EQ(pathOf("*"), "*");
}

TEST(ParseHead, RefusesPathsThatAreNone) {
  for (const char* target :
       {"",     "x",   "//h/%", "/%zz",  "/%2",       "/a%00b",    "/%0d%0a",     "/%7f", "/%ff", "/a#b",
        "/a b", "/..", "/a/..", "/../a", "/%2e%2e/a", "/a/%2e%2e", "/a%2f..%2fb", "%2f",  "?x",   "/\x80"})
    EXPECT_EQ(pathOf(target), "refused") << target;
}

TEST(ParseHead, KnowsTwoVersions) {
  EXPECT_EQ(statusOf("GET / HTTP/1.1\r\n\r\n"), 0u);
  EXPECT_EQ(statusOf("GET / HTTP/1.0\r\n\r\n"), 0u);
  for (const char* version : {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0"})
    EXPECT_EQ(statusOf(std::string("GET / ") + version + "\r\n\r\n"), 505u) << version;
  for (const char* version : {"", "HTTP/1", "HTTP/1.1 ", " HTTP/1.1", "http/1.1", "HTTP/11.1", "HTCPCP/1.0"})
    EXPECT_EQ(statusOf(std::string("GET / ") + version + "\r\n\r\n"), 400u) << version;
}

TEST(ParseHead, RefusesRequestLinesThatAreNone) {
  for (const char* line : {"", "GET", "GET /", "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET\t/ HTTP/1.1",
                           "G(T / HTTP/1.1", "GET / / HTTP/1.1", "G\xc3\x89T / HTTP/1.1"})
    EXPECT_EQ(statusOf(std::string(line) + "\r\n\r\n"), 400u) << line;
}

TEST(ParseHead, RefusesHeadersThatAreNone) {
  for (const std::string& header :
       {std::string("NoColon"), std::string(": value"), std::string("Name : value"), std::string(" Folded: value"),
        std::string("\tFolded"), std::string("Na me: value"), std::string("Name: a\nOther: b"),
        std::string("Name: a\rb"), std::string("Name: \0", 7), std::string("Name: a\x01"), std::string("Name: \x7f"),
        std::string("N\xc3\xa4me: a")})
    EXPECT_EQ(statusOf("GET / HTTP/1.1\r\n" + header + "\r\n\r\n"), 400u) << header;
}

TEST(ParseHead, LeavesTextOfOtherAlphabetsInValues) {
  const auto head = parseHead("GET / HTTP/1.1\r\nName: gr\xc3\xbc\xc3\x9f\te\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->find("name"), "gr\xc3\xbc\xc3\x9f\te");
}

}  // namespace
}  // namespace fanlight::http
