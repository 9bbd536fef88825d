// SPDX-License-Identifier: Apache-2.0
#include "config/text_kinds.h"

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

Node text(std::string value) {
  return {std::move(value), 1};
}

/// What follows "must be …, not" in the problem; "fine" where there is none.
template <ValueKind Kind>
std::string complaint(const Kind& kind, const Node& node) {
  const auto parsed = kind.parse(node);
  return parsed ? "fine" : parsed.error().got;
}

TEST(Text, TakesWhatPeopleCallThings) {
  const Text kind{8};
  EXPECT_EQ(kind.parse(text("현관 문")).value(), "현관 문");
  EXPECT_EQ(complaint(kind, text("12345678")), "fine");
  EXPECT_EQ(complaint(kind, text("123456789")), "one of 9");
  EXPECT_EQ(complaint(kind, text("")), "one of 0");
  EXPECT_EQ(complaint(kind, text("a\tb")), "'a?b', which has a control character");
  EXPECT_EQ(complaint(kind, {std::int64_t(5), 1}), "5");
  EXPECT_EQ(kind.expects(), "a text of 1 to 8 characters");
}

TEST(Text, PrintsQuotesAndBackslashesSoThatTheyAreReadBack) {
  EXPECT_EQ(Text{64}.print(R"(the "old" \ door)"), R"("the \"old\" \\ door")");
}

TEST(NameId, TakesIdsThatAreNotReserved) {
  const NameId<base::CameraId> kind{{"status"}};
  EXPECT_EQ(kind.parse(text("front-door-2")).value(), base::CameraId("front-door-2"));
  EXPECT_EQ(complaint(kind, text("Front Door")), "'Front Door'");
  EXPECT_EQ(complaint(kind, text("")), "''");
  EXPECT_EQ(complaint(kind, text(std::string(32, 'a'))), "fine");
  EXPECT_EQ(complaint(kind, text(std::string(33, 'a'))), "'" + std::string(33, 'a') + "'");
  EXPECT_EQ(complaint(kind, text("status")), "'status', which is reserved");
  EXPECT_EQ(complaint(kind, {true, 1}), "true");
  EXPECT_EQ(kind.print(base::CameraId("a")), "\"a\"");
  EXPECT_EQ(kind.expects(), "1 to 32 of a-z, 0-9 and '-'");
}

enum class Colour { Red, Green };

TEST(Choice, MapsWordsToAnEnumAndBack) {
  const Choice<Colour> kind{{{"red", Colour::Red}, {"green", Colour::Green}}};
  EXPECT_EQ(kind.parse(text("green")).value(), Colour::Green);
  EXPECT_EQ(complaint(kind, text("Green")), "'Green'");
  EXPECT_EQ(complaint(kind, {1.5, 1}), "1.5");
  EXPECT_EQ(kind.print(Colour::Red), "\"red\"");
  EXPECT_EQ(kind.expects(), "one of 'red', 'green'");
}

TEST(OneOf, TakesKnownNamesOnly) {
  const OneOf kind{{"auto", "x264"}};
  EXPECT_EQ(kind.parse(text("x264")).value(), "x264");
  EXPECT_EQ(complaint(kind, text("x265")), "'x265'");
  EXPECT_EQ(complaint(kind, {List{}, 1}), "a list");
  EXPECT_EQ(kind.expects(), "one of 'auto', 'x264'");
}

TEST(CameraDevice, TakesPlainPathsBelowDev) {
  const CameraDevice kind;
  EXPECT_EQ(kind.parse(text("/dev/v4l/by-id/usb-0")).value(), "/dev/v4l/by-id/usb-0");
  for (const std::string path : {"", "/dev/", "/dev/../etc/passwd", "/dev/v4l/..", "/dev//x", "/dev/./x", "/dev/v4l/"})
    EXPECT_EQ(complaint(kind, text(path)), "'" + path + "'");
  EXPECT_EQ(complaint(kind, text("/dev/a\nb")), "'/dev/a?b'");
  EXPECT_NE(complaint(kind, text("/dev/" + std::string(CameraDevice::kMaxBytes, 'a'))), "fine");
}

TEST(CameraDevice, TakesWhatMayBeAnIdOfLibcamera) {
  const CameraDevice kind;
  for (const char* id : {"/base/soc/i2c0mux/i2c@1/imx708@1a", "platform/vimc.0 Sensor B", R"(\_SB_.PCI0.LNK1)"})
    EXPECT_EQ(kind.parse(text(id)).value(), id);
}

TEST(CameraDevice, TakesAutoForNone) {
  EXPECT_EQ(CameraDevice{}.parse(text("auto")).value(), "");
}

TEST(IsDeviceFile, TellsThemFromOtherPathsAndNames) {
  EXPECT_TRUE(isDeviceFile("/dev/video0"));
  for (const char* other : {"video0", "/device", "/etc/passwd", "/base/soc/i2c@1", ""})
    EXPECT_FALSE(isDeviceFile(other)) << other;
}

TEST(SoundDevice, TakesWhatAlsaAndPulseAudioCallTheirs) {
  for (const char* name : {"hw:1", "plughw:CARD=Device,DEV=0", "alsa_input.usb-C-Media.mono-fallback"})
    EXPECT_EQ(complaint(SoundDevice{}, text(name)), "fine") << name;
  EXPECT_EQ(complaint(SoundDevice{}, text("")), "''");
  EXPECT_EQ(complaint(SoundDevice{}, text("a\nb")), "'a?b'");
  EXPECT_EQ(complaint(SoundDevice{}, {std::int64_t(1), 1}), "1");
  EXPECT_EQ(SoundDevice{}.print(""), "");
}

TEST(FilePath, TakesWholePathsOnly) {
  const FilePath kind;
  EXPECT_EQ(kind.parse(text("/etc/fanlight/key.pem")).value(), "/etc/fanlight/key.pem");
  for (const char* wrong : {"", "key.pem", "./key.pem", "/etc/fanlight/", "/etc/\n"})
    EXPECT_NE(complaint(kind, text(wrong)), "fine") << wrong;
  EXPECT_NE(complaint(kind, text("/" + std::string(FilePath::kMaxBytes, 'a'))), "fine");
  EXPECT_EQ(kind.print(""), "") << "none is set";
  EXPECT_EQ(FilePath{"a folder's whole path"}.expects(), "a folder's whole path");
}

TEST(CameraDevice, PrintsNothingWhereNoneIsSet) {
  EXPECT_EQ(CameraDevice{}.print(""), "");
  EXPECT_EQ(CameraDevice{}.print("/dev/video0"), "\"/dev/video0\"");
}

}  // namespace
}  // namespace fanlight::config
