// SPDX-License-Identifier: Apache-2.0
#include "mqtt/sealing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sealed_viewer.h"

namespace fanlight::mqtt {
namespace {

using test::SealedViewer;
using ::testing::HasSubstr;
using ::testing::Not;

class Sealing : public ::testing::Test {
 protected:
  SealedWay openFor(SealedViewer& viewer) {
    auto opening = answerOpen(device_, viewer.open());
    EXPECT_TRUE(opening && viewer.take(opening->opened));
    return std::move(opening->way);
  }

  const DeviceKey device_ = DeviceKey::create();
};

TEST_F(Sealing, CarriesTextsBothWays) {
  SealedViewer viewer(device_.publicText());
  SealedWay way = openFor(viewer);
  for (const std::string& text : {std::string("hello"), std::string(), std::string(60'000, 'x')}) {
    EXPECT_EQ(way.open(viewer.way->seal(text)), text);
    EXPECT_EQ(viewer.way->open(way.seal(text)), text);
  }
}

TEST_F(Sealing, ShowsNothingOfATextAndNeverTheSame) {
  SealedViewer viewer(device_.publicText());
  openFor(viewer);
  const std::string first = viewer.way->seal("token-of-the-owner");
  EXPECT_THAT(first, Not(HasSubstr("token")));
  EXPECT_NE(first, viewer.way->seal("token-of-the-owner"));
  EXPECT_EQ(first.size(), std::string("token-of-the-owner").size() + kSealBytes);
}

TEST_F(Sealing, TakesNothingThatWasAltered) {
  SealedViewer viewer(device_.publicText());
  SealedWay way = openFor(viewer);
  const std::string sealed = viewer.way->seal("hello");
  for (std::size_t place = 0; place < sealed.size(); ++place) {
    std::string altered = sealed;
    altered[place] = static_cast<char>(altered[place] ^ 1);
    EXPECT_EQ(way.open(altered), std::nullopt) << place;
  }
  EXPECT_EQ(way.open(sealed.substr(0, sealed.size() - 1)), std::nullopt);
  EXPECT_EQ(way.open(sealed), "hello");
}

TEST_F(Sealing, TakesNothingTwiceAndNothingOutOfOrder) {
  SealedViewer viewer(device_.publicText());
  SealedWay way = openFor(viewer);
  const std::string first = viewer.way->seal("first");
  const std::string second = viewer.way->seal("second");
  EXPECT_EQ(way.open(second), "second");
  EXPECT_EQ(way.open(second), std::nullopt);
  EXPECT_EQ(way.open(first), std::nullopt);
  EXPECT_EQ(way.open(viewer.way->seal("third")), "third");
}

TEST_F(Sealing, TakesNothingOfTheOtherWayOrOfAnotherChannel) {
  SealedViewer viewer(device_.publicText());
  SealedViewer other(device_.publicText());
  SealedWay way = openFor(viewer);
  openFor(other);
  EXPECT_EQ(way.open(way.seal("mine")), std::nullopt);
  EXPECT_EQ(way.open(other.way->seal("hello")), std::nullopt);
}

TEST_F(Sealing, IsOpenedAnewByAnOldOpenToNobodysUse) {
  SealedViewer viewer(device_.publicText());
  const std::string open = viewer.open();
  SealedWay way = openFor(viewer);
  const std::string hello = viewer.way->seal("hello");
  EXPECT_EQ(way.open(hello), "hello");
  auto replayed = answerOpen(device_, open);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(replayed->way.open(hello), std::nullopt);
}

TEST_F(Sealing, IsOpenedByTheOneDeviceAlone) {
  const DeviceKey another = DeviceKey::create();
  SealedViewer viewer(device_.publicText());
  const auto opening = answerOpen(another, viewer.open());
  ASSERT_TRUE(opening);
  EXPECT_FALSE(viewer.take(opening->opened));
  SealedViewer other(device_.publicText());
  const auto ofOther = answerOpen(device_, other.open());
  ASSERT_TRUE(ofOther);
  EXPECT_FALSE(viewer.take(ofOther->opened));
}

TEST_F(Sealing, IsOpenedByNothingElse) {
  const SealedViewer viewer(device_.publicText());
  const std::string open = viewer.open();
  for (const std::string& text : {std::string(), open.substr(1), open + "x", std::string(1, '\x02') + open.substr(1),
                                  std::string(33, '\0'), std::string(1, '\x01') + std::string(32, '\0')})
    EXPECT_FALSE(answerOpen(device_, text)) << text.size();
}

TEST_F(Sealing, HasAKeyThatIsKeptAsText) {
  const auto kept = DeviceKey::fromText(device_.toText());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->publicText(), device_.publicText());
  EXPECT_EQ(device_.publicText().size(), 43U);
  EXPECT_NE(DeviceKey::create().publicText(), device_.publicText());
  for (const char* text : {"", "AAAA", "not a key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    EXPECT_FALSE(DeviceKey::fromText(base::Secret(text))) << text;
}

TEST_F(Sealing, HasATagWhereItIsLongEnough) {
  EXPECT_EQ(tagOf(""), "");
  EXPECT_EQ(tagOf(std::string("\x03") + "12345678"), "");
  EXPECT_EQ(tagOf(std::string("\x03") + "12345678" + std::string(24, 'x')), "12345678");
  EXPECT_EQ(tagOf(std::string("\x02") + "12345678" + std::string(24, 'x')), "");
}

}  // namespace
}  // namespace fanlight::mqtt
