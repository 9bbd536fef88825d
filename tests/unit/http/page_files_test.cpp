// SPDX-License-Identifier: Apache-2.0
// The page's files, as they were linked into this program.
#include "http/page_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using ::testing::Contains;

class PageFilesTest : public ::testing::Test {
 protected:
  Response get(std::string path, std::vector<Header> headers = {}) {
    return pageResponse(files_, RequestHead{"GET", std::move(path), "localhost", std::move(headers)});
  }
  std::string tagOf(const std::string& path) { return files_.find(path)->entityTag; }

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
