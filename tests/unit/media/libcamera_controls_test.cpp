// SPDX-License-Identifier: Apache-2.0
// Judged by the properties of an element. libcamerasrc has none on Debian 12, so another element's stand for them here;
// the suite "board" shows its own.
#include "media/libcamera_controls.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "gst/element.h"

namespace fanlight::media {
namespace {

class LibcameraControls : public ::testing::Test {
 protected:
  /// What the element is told, or why nothing.
  std::string told(const config::Controls& wanted) const {
    const auto properties = toProperties("porch", element_.get(), wanted);
    if (!properties)
      return properties.error().message;
    std::string text;
    for (const auto& [name, value] : *properties)
      text += name + "=" + value + ";";
    return text;
  }
  std::string rangeOf(const std::string& name) const {
    const auto controls = listLibcameraControls(element_.get());
    const auto control = std::ranges::find(controls, name, &LibcameraControl::name);
    return control == controls.end() ? "none" : control->range;
  }

  gst::Ref<GstElement> element_ = *gst::makeElement("videobalance");
};

TEST_F(LibcameraControls, AreTheElementsOwnProperties) {
  EXPECT_EQ(rangeOf("brightness"), "-1 to 1");
  EXPECT_EQ(rangeOf("saturation"), "0 to 2");
  EXPECT_EQ(rangeOf("qos"), "none") << "of the class that it is derived from";
  EXPECT_EQ(rangeOf("name"), "none") << "of every element";
}

TEST_F(LibcameraControls, AreListedByTheirNames) {
  const auto controls = listLibcameraControls(element_.get());
  ASSERT_FALSE(controls.empty());
  EXPECT_TRUE(std::ranges::is_sorted(controls, {}, &LibcameraControl::name));
}

TEST_F(LibcameraControls, TellTheWordsOfAnEnumeration) {
  element_ = *gst::makeElement("videotestsrc");
  EXPECT_EQ(rangeOf("animation-mode"), "'frames', 'wall-time' or 'running-time'");
  EXPECT_EQ(rangeOf("flip"), "true or false");
}

TEST_F(LibcameraControls, TellNoLimitsThatAreOnlyThoseOfTheType) {
  element_ = *gst::makeElement("videotestsrc");
  EXPECT_EQ(rangeOf("xoffset"), "a whole number");
}

TEST_F(LibcameraControls, AreToldAsTheElementReadsThem) {
  EXPECT_EQ(told({}), "");
  EXPECT_EQ(told({{"brightness", 0.5}, {"saturation", std::int64_t{2}}}), "brightness=0.5;saturation=2;");
  element_ = *gst::makeElement("videotestsrc");
  EXPECT_EQ(told({{"flip", false}, {"pattern", std::string("ball")}}), "flip=false;pattern=ball;");
}

TEST_F(LibcameraControls, SayWhichOneIsNotThere) {
  const std::string missing =
      "libcamera lets no control 'britness' be set on 'porch'; 'fanlight devices' lists those that it lets";
  EXPECT_EQ(told({{"britness", std::int64_t{1}}}), missing);
  EXPECT_NE(told({{"name", std::string("x")}}), "name=x;") << "an element's name is no control";
}

TEST_F(LibcameraControls, SayWhatWouldBeTaken) {
  EXPECT_EQ(told({{"brightness", 1.5}}), "the control 'brightness' of 'porch' takes -1 to 1, not '1.5'");
  EXPECT_EQ(told({{"brightness", true}}), "the control 'brightness' of 'porch' takes -1 to 1, not 'true'");
  EXPECT_EQ(told({{"brightness", std::string("nan")}}), "the control 'brightness' of 'porch' takes -1 to 1, not 'nan'");
  element_ = *gst::makeElement("videotestsrc");
  EXPECT_EQ(told({{"flip", std::string("perhaps")}}),
            "the control 'flip' of 'porch' takes true or false, not 'perhaps'");
  EXPECT_EQ(told({{"animation-mode", std::string("guess")}}),
            "the control 'animation-mode' of 'porch' takes 'frames', 'wall-time' or 'running-time', not 'guess'");
  EXPECT_TRUE(told({{"animation-mode", std::int64_t{999}}}).ends_with(", not '999'"));
}

}  // namespace
}  // namespace fanlight::media
