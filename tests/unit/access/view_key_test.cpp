// SPDX-License-Identifier: Apache-2.0
// Keys as text: one spelling each, and none that the device did not make.
#include "access/view_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::access {
namespace {

using ::testing::MatchesRegex;

const base::Secret kDeviceKey("a device's key");
const session::GrantId kId("0123456789abcdef");

TEST(ViewKey, IsTheIdAndWhatOnlyTheDeviceMakesOfIt) {
  const base::Secret key = viewKey(kId, kDeviceKey);
  EXPECT_THAT(key.reveal(), MatchesRegex("0123456789abcdef[A-Za-z0-9_-]+"));
  EXPECT_EQ(key.reveal().size(), 16u + 32u);
  EXPECT_EQ(viewKey(kId, kDeviceKey).reveal(), key.reveal());
  EXPECT_NE(viewKey(session::GrantId("0123456789abcdeg"), kDeviceKey).reveal().substr(16), key.reveal().substr(16));
  EXPECT_EQ(verifyViewKey(key, kDeviceKey), kId);
  EXPECT_EQ(unverifiedKeyId(key), kId);
}

TEST(ViewKey, IsNoneOfAnotherDevice) {
  EXPECT_EQ(verifyViewKey(viewKey(kId, base::Secret("another")), kDeviceKey), std::nullopt);
}

TEST(ViewKey, IsNoneThatDiffersAnywhere) {
  const std::string key = viewKey(kId, kDeviceKey).reveal();
  for (std::size_t at = 0; at < key.size(); ++at) {
    std::string other = key;
    other[at] = other[at] == 'a' ? 'b' : 'a';
    EXPECT_EQ(verifyViewKey(base::Secret(other), kDeviceKey), std::nullopt) << at;
    EXPECT_EQ(verifyViewKey(base::Secret(key.substr(0, at)), kDeviceKey), std::nullopt) << at;
    EXPECT_EQ(verifyViewKey(base::Secret(key.substr(at + 1)), kDeviceKey), std::nullopt) << at;
  }
  for (const std::string& other : {key + "=", key + "A", key + std::string(1, '\0'), " " + key, std::string(4000, 'a')})
    EXPECT_EQ(verifyViewKey(base::Secret(other), kDeviceKey), std::nullopt);
}

TEST(ViewKey, HasNoIdThatIsNone) {
  EXPECT_EQ(unverifiedKeyId(base::Secret()), std::nullopt);
  EXPECT_EQ(unverifiedKeyId(base::Secret(std::string(32, 'a'))), std::nullopt);
  EXPECT_EQ(unverifiedKeyId(base::Secret("../x" + std::string(32, 'a'))), std::nullopt);
  EXPECT_EQ(unverifiedKeyId(base::Secret(std::string(65, 'a'))), std::nullopt);
}

}  // namespace
}  // namespace fanlight::access
