// SPDX-License-Identifier: Apache-2.0
// The profiles that a release brings, and which machine gets which.
#include "board/board_profile.h"

#include <filesystem>

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace fanlight::board {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

/// Whose device tree's root says so, or nothing.
Machine machineOf(std::vector<std::string> compatible, std::string dmi = "") {
  return {.model = "", .compatible = std::move(compatible), .dmi = std::move(dmi)};
}

std::vector<std::string> namesOf(const std::vector<Encoder>& encoders, bool isForAuto = true) {
  std::vector<std::string> names;
  for (const Encoder& encoder : encoders)
    if (encoder.isForAuto == isForAuto)
      names.emplace_back(encoder.kind->name);
  return names;
}

TEST(BoardProfiles, AreAllThatLieInTheFolder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(BOARD_PROFILES))
    if (entry.path().extension() == ".toml")
      files.push_back(entry.path().stem());
  std::vector<std::string> ids;
  for (const BoardProfile& profile : boardProfiles())
    ids.push_back(profile.id);
  EXPECT_THAT(ids, UnorderedElementsAreArray(files)) << "one that is missing cannot be read, or is not in the list";
}

TEST(BoardProfiles, EndInAnEncoderThatIsEverywhere) {
  for (const BoardProfile& profile : boardProfiles())
    EXPECT_TRUE(profile.encoders.back().kind->isSoftware) << profile.id;
}

TEST(BoardProfiles, GiveHardwareABoundWhereItsBoardsAreKnownToBreak) {
  const Machine pi = machineOf({"raspberrypi,4-model-b", "brcm,bcm2711"});
  EXPECT_EQ(profileOf(pi).encoders.front().limits, (EncoderLimits{"4", {20'000'000}, {25'000}, {{1920, 1088}}}));
}

TEST(BoardProfiles, SayFromWhichTemperatureOnTheBoardIsHot) {
  EXPECT_EQ(profileOf(machineOf({"raspberrypi,4-model-b"})).heat, (HeatLimits{75, 65}));
  EXPECT_EQ(profileOf(machineOf({}, "LENOVO 20HRCTO1WW")).heat, (HeatLimits{90, 80}));
}

TEST(ProfileOf, GoesByTheMostSpecificPartOfTheDeviceTree) {
  EXPECT_EQ(profileOf(machineOf({"raspberrypi,4-model-b", "brcm,bcm2711"})).id, "raspberry-pi-4");
  EXPECT_EQ(profileOf(machineOf({"raspberrypi,5-model-b", "brcm,bcm2712"})).id, "raspberry-pi-5");
  EXPECT_EQ(profileOf(machineOf({"raspberrypi,model-zero-2-w", "brcm,bcm2837"})).id, "raspberry-pi-zero-2-w");
  EXPECT_EQ(profileOf(machineOf({"raspberrypi,3-model-b-plus", "brcm,bcm2837"})).id, "raspberry-pi-3");
}

TEST(ProfileOf, GoesByDmiWhereThereIsNoDeviceTree) {
  EXPECT_EQ(profileOf(machineOf({}, "LENOVO 20HRCTO1WW")).id, "x86");
}

TEST(ProfileOf, IsTheGenericOneForAMachineThatNobodyKnows) {
  EXPECT_EQ(profileOf(machineOf({"acme,board"})).id, "generic");
  EXPECT_EQ(profileOf(machineOf({})).id, "generic");
}

TEST(EncodersOf, PutTheProfilesFirstAndKeepTheOthersForWhoNamesThem) {
  const auto encoders = encodersOf(profileOf(machineOf({"raspberrypi,5-model-b"})));
  EXPECT_THAT(namesOf(encoders), ElementsAre("x264enc", "openh264enc"));
  EXPECT_THAT(namesOf(encoders, false), ElementsAre("v4l2h264enc", "vah264enc"));
}

struct BadProfile {
  const char* name;
  const char* toml;
  const char* says;
};
class AWrongProfile : public ::testing::TestWithParam<BadProfile> {};

TEST_P(AWrongProfile, IsRefusedWithTheLineAndTheReason) {
  const auto profile = readBoardProfile("mine", GetParam().toml);
  ASSERT_FALSE(profile);
  EXPECT_THAT(profile.error().message, HasSubstr("board profile 'mine': "));
  EXPECT_THAT(profile.error().message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    BoardProfiles, AWrongProfile,
    ::testing::Values(
        BadProfile{"NoToml", "name =", "line 1: not TOML"},
        BadProfile{"Empty", "", "it needs a 'name' and at least one [[encoder]]"},
        BadProfile{"UnknownKey", "\nnaem = 'x'", "line 2: there is no key 'naem'"},
        BadProfile{"UnknownMatch", "[match]\nusb = ['x']", "line 2: there is no key 'match.usb'"},
        BadProfile{"UnknownLimit", "[[encoder]]\nfastest = 3", "line 2: there is no key 'encoder.fastest'"},
        BadProfile{"UnknownEncoder", "[[encoder]]\nname = 'abacus'", "line 2: there is no encoder 'abacus'"},
        BadProfile{"NoReason", "[[encoder]]\nname = 'x264enc'", "each [[encoder]] needs a 'name' and a 'reason'"},
        BadProfile{"WrongType", "name = 3", "line 1: 'name' cannot be 3"},
        BadProfile{"WrongItem", "[match]\ndevice_tree = [3]", "line 2: 'device_tree' cannot be 3"},
        BadProfile{"WrongTable", "match = 'x'", "line 1: 'match' cannot be the text 'x'"},
        BadProfile{"WrongLevel", "[[encoder]]\nlowest_level = '9'", "line 2: there is no level '9'"},
        BadProfile{"NoSize", "[[encoder]]\nlargest = [1]", "line 2: 'largest' is a width and a height"},
        BadProfile{"NoStep", "[[encoder]]\nbitrate_step = 0", "line 2: 'bitrate_step' must be at least 1"},
        BadProfile{"UnknownHeat", "[heat]\nwarm = 70", "line 2: there is no key 'heat.warm'"},
        BadProfile{"ColdHeat", "[heat]\nhot = 70\ncool = 70", "line 1: 'heat.cool' must be below 'heat.hot'"},
        BadProfile{"WrongHeat", "[heat]\nhot = 'very'", "line 2: 'hot' cannot be the text 'very'"},
        BadProfile{"WrongProof", "proof = 'yes'", "line 1: 'proof' is hardware, emulation or source"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(LookAtMachine, ReadsADeviceTree) {
  const TemporaryFolder root;
  using namespace std::string_view_literals;
  root.write("sys/firmware/devicetree/base/compatible", "raspberrypi,4-model-b\0brcm,bcm2711\0"sv);
  root.write("sys/firmware/devicetree/base/model", "Raspberry Pi 4 Model B Rev 1.4\0"sv);
  const Machine machine = lookAtMachine(root.path());
  EXPECT_EQ(machine.model, "Raspberry Pi 4 Model B Rev 1.4");
  EXPECT_THAT(machine.compatible, ElementsAre("raspberrypi,4-model-b", "brcm,bcm2711"));
}

TEST(LookAtMachine, ReadsDmi) {
  const TemporaryFolder root;
  root.write("sys/class/dmi/id/sys_vendor", "LENOVO\n");
  root.write("sys/class/dmi/id/product_name", "20HRCTO1WW\n");
  EXPECT_EQ(lookAtMachine(root.path()).dmi, "LENOVO 20HRCTO1WW");
  EXPECT_EQ(lookAtMachine(root.path()).model, "LENOVO 20HRCTO1WW");
}

TEST(LookAtMachine, FindsNothingWhereNothingIsTold) {
  const TemporaryFolder root;
  const Machine machine = lookAtMachine(root.path());
  EXPECT_EQ(machine.model, "");
  EXPECT_EQ(machine.dmi, "");
  EXPECT_TRUE(machine.compatible.empty());
}

}  // namespace
}  // namespace fanlight::board
