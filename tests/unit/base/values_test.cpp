// SPDX-License-Identifier: Apache-2.0
// Ids and values with units.
#include "base/values.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(NameId, IsOneToThirtyTwoLowerCaseLettersDigitsAndDashes) {
  EXPECT_TRUE(isNameId("a"));
  EXPECT_TRUE(isNameId("front-door-2"));
  EXPECT_TRUE(isNameId(std::string(32, 'a')));
  EXPECT_FALSE(isNameId(""));
  EXPECT_FALSE(isNameId(std::string(33, 'a')));
}

TEST(NameId, HasNothingThatMeansSomethingInAnUrlATopicOrAFileName) {
  for (const char c : {'A', '/', '.', '+', '#', '_', ' ', '%', '\0', '\n', '\xc3'})
    EXPECT_FALSE(isNameId(std::string("a") + c + "b")) << static_cast<int>(c);
}

TEST(NameId, IsMadeOfAHumanName) {
  EXPECT_EQ(toNameId("HD Pro Webcam C920"), "hd-pro-webcam-c920");
  EXPECT_EQ(toNameId("porch"), "porch");
}

TEST(NameId, HasOneDashForWhateverStoodBetweenTwoWords) {
  EXPECT_EQ(toNameId("Logitech, Inc.: Webcam"), "logitech-inc-webcam");
  EXPECT_EQ(toNameId("a--b"), "a-b");
}

TEST(NameId, HasNoDashAtItsEnds) {
  EXPECT_EQ(toNameId("  (porch)  "), "porch");
  EXPECT_EQ(toNameId("-a-"), "a");
}

TEST(NameId, IsEmptyWhereNothingOfTheNameIsLeft) {
  EXPECT_EQ(toNameId(""), "");
  EXPECT_EQ(toNameId("정원"), "");
  EXPECT_EQ(toNameId(" -!- "), "");
}

TEST(NameId, IsCutToItsLimitWithoutADashAtTheEnd) {
  EXPECT_EQ(toNameId(std::string(100, 'x')), std::string(32, 'x'));
  EXPECT_EQ(toNameId(std::string(31, 'x') + " yy"), std::string(31, 'x'));
}

TEST(NameId, IsValidWheneverItIsNotEmpty) {
  for (const char* name : {"HD Pro Webcam", "ÜBER cam", "a/../b", "x\ny", "--9--", "UVC Camera (046d:0825)"})
    EXPECT_TRUE(isNameId(toNameId(name))) << name;
}

TEST(Id, OfOneKindIsNotTakenForAnother) {
  EXPECT_FALSE((std::is_convertible_v<CameraId, DeviceId>));
  EXPECT_FALSE((std::is_convertible_v<std::string, CameraId>));
  EXPECT_EQ(CameraId("a"), CameraId("a"));
  EXPECT_LT(CameraId("a"), CameraId("b"));
  EXPECT_TRUE(CameraId().empty());
}

TEST(FrameRate, IsAFractionOfFramesASecond) {
  EXPECT_DOUBLE_EQ((FrameRate{30, 1}.perSecond()), 30.0);
  EXPECT_DOUBLE_EQ((FrameRate{30000, 1001}.perSecond()), 30000.0 / 1001);
}

TEST(FrameRate, IsNoneWithoutADenominator) {
  EXPECT_DOUBLE_EQ((FrameRate{30, 0}.perSecond()), 0.0);
}

}  // namespace
}  // namespace fanlight::base
