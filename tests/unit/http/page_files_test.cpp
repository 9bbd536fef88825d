// SPDX-License-Identifier: Apache-2.0
// The page's files, as they were linked into this program.
#include "http/page_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PageFilesTest : public ::testing::Test {
 protected:
  Response get(std::string path, std::vector<Header> headers = {}) {
    return pageResponse(files_, RequestHead{"GET", std::move(path), "localhost", std::move(headers)}, framers_);
  }
  Response getWithQuery(std::string path, std::string query) {
    RequestHead head{"GET", std::move(path), "localhost", {}};
    head.query = std::move(query);
    return pageResponse(files_, head, framers_);
  }
  std::string tagOf(const std::string& path) { return files_.find(path)->entityTag; }

  const std::vector<std::string> framers_ = {"https://home.example", "http://wall.example:8080"};
  ResourceFiles files_{"/fanlight/test-page"};
};

TEST_F(PageFilesTest, AreSentWithTheirTypeAndTag) {
  const Response response = get("/page.js");
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(response.contentType, "text/javascript; charset=utf-8");
  EXPECT_EQ(response.text(), "// SPDX-License-Identifier: Apache-2.0\n");
  EXPECT_THAT(response.headers, Contains(Header{"ETag", tagOf("/page.js")}));
  EXPECT_THAT(response.headers, Contains(Header{"Cache-Control", "no-cache"}));
}

TEST_F(PageFilesTest, AnswerTheRootWithTheIndex) {
  EXPECT_EQ(get("/").text(), "<!doctype html>\n<title>test</title>\n");
  EXPECT_EQ(get("/").contentType, "text/html; charset=utf-8");
  EXPECT_EQ(tagOf("/"), tagOf("/index.html"));
}

TEST_F(PageFilesTest, AreNotSentAgainToWhoHasThem) {
  const Response response = get("/page.js", {{"If-None-Match", "\"old\", " + tagOf("/page.js")}});
  EXPECT_EQ(response.status, 304u);
  EXPECT_EQ(response.text(), "");
  EXPECT_EQ(get("/page.js", {{"If-None-Match", tagOf("/index.html")}}).status, 200u);
}

TEST_F(PageFilesTest, OfferOneFileAloneForOthersFrames) {
  for (const char* query : {"embed", "camera=porch&embed", "embed=&camera=porch", "lang=ko&embed=1&x"}) {
    const Response response = getWithQuery("/", query);
    EXPECT_EQ(response.text(), "<!doctype html>\n<title>embedded</title>\n") << query;
    EXPECT_EQ(response.framedBy, framers_) << query;
    EXPECT_THAT(response.headers, ElementsAre(Header{"Cache-Control", "no-store"})) << query;
  }
  for (const char* query : {"", "camera=embed", "embedded", "camera=a&xembed=1", "&&=embed", "Embed", "%65mbed"}) {
    EXPECT_EQ(getWithQuery("/", query).text(), "<!doctype html>\n<title>test</title>\n") << query;
    EXPECT_THAT(getWithQuery("/", query).framedBy, IsEmpty()) << query;
  }
}

TEST_F(PageFilesTest, AreInNobodysFrameByTheirOwnNames) {
  for (const char* path : {"/embed.html", "/index.html", "/page.js", "//", "/./"})
    EXPECT_THAT(getWithQuery(path, "embed").framedBy, IsEmpty()) << path;
}

TEST_F(PageFilesTest, HaveDifferentTags) {
  EXPECT_NE(tagOf("/page.js"), tagOf("/index.html"));
}

TEST_F(PageFilesTest, EndAtTheirOwnFolder) {
  for (const char* path :
       {"/nothing.js", "/../secret.txt", "/..", "/page.js/", "//page.js", "/./page.js", "*", "/assets", "/assets/"})
    EXPECT_EQ(get(path).status, 404u) << path;
}

}  // namespace
}  // namespace fanlight::http
