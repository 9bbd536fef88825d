// SPDX-License-Identifier: Apache-2.0
// What people are given to open.
#include "app/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::app {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

session::IssuedToken issued(std::optional<std::set<base::CameraId>> cameras = {}) {
  session::IssuedToken token{base::Secret("abc"), {}};
  token.info.cameras = std::move(cameras);
  return token;
}

TEST(Links, CarryTheTokenWhereNoBrowserSendsIt) {
  EXPECT_EQ(linkOf("http://porch:8080", issued()), "http://porch:8080/#token=abc");
  EXPECT_EQ(linkOf("http://porch:8080/", issued()), "http://porch:8080/#token=abc");
}

TEST(Links, OpenTheOneCameraThatTheyAreFor) {
  EXPECT_EQ(linkOf("http://porch", issued(std::set{base::CameraId("front")})), "http://porch/?camera=front#token=abc");
  EXPECT_EQ(linkOf("http://porch", issued(std::set{base::CameraId("back"), base::CameraId("front")})),
            "http://porch/#token=abc");
}

TEST(Links, HaveAKeyInTheirPath) {
  const base::Secret key("abc");
  const base::CameraId front("front");
  EXPECT_EQ(whepUrlOf("http://porch:8080", key, front), "http://porch:8080/k/abc/whep/front");
  EXPECT_EQ(whepUrlOf("https://porch/", key, front), "https://porch/k/abc/whep/front");
}

TEST(Links, LeadToWhereTheDeviceListens) {
  config::Http http;
  http.listen = {{"127.0.0.1", 8080}, {"::1", 8081}, {"127.0.0.1", 0}};
  http.tlsListen = {{"::", 8443}};

  EXPECT_THAT(listenedUrls(http), ElementsAre("https://[::]:8443", "http://127.0.0.1:8080", "http://[::1]:8081"));
}

TEST(Links, NameTheMachinesAddressesWhereItListensEverywhere) {
  for (const char* everywhere : {"https://0.0.0.0:8443/", "https://[::]:8443/"}) {
    const auto urls = reachableUrls({everywhere});
    EXPECT_THAT(urls, Each(HasSubstr(":8443/")));
    EXPECT_THAT(urls, Each(Not(HasSubstr(everywhere))));
  }
  EXPECT_THAT(reachableUrls({"http://127.0.0.1:8080"}), ElementsAre("http://127.0.0.1:8080"));
  EXPECT_THAT(reachableUrls({}), IsEmpty());
}

TEST(Links, ForAPhoneLeadToAnotherMachineWhereOneCan) {
  EXPECT_EQ(bestForAPhone({"http://127.0.0.1:8080", "https://[::1]:8443", "https://192.0.2.1:8443"}),
            "https://192.0.2.1:8443");
  EXPECT_EQ(bestForAPhone({"http://127.0.0.1:8080"}), "http://127.0.0.1:8080");
}

}  // namespace
}  // namespace fanlight::app
