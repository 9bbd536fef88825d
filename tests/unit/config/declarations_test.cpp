// SPDX-License-Identifier: Apache-2.0
#include "config/declarations.h"

#include <set>

#include <gtest/gtest.h>

#include "config/document.h"

namespace fanlight::config {
namespace {

/// Calls `visit(section name, setting, a section with its defaults)` for each setting.
template <class Visit>
void forEachSetting(Visit visit) {
  const Declarations declarations = declare({.encoders = {"x264"}, .patterns = {"bars"}}, "porch");
  const auto visitSection = [&visit](const auto& declaration, auto section) {
    for (const auto& setting : declaration.settings)
      if (setting.setDefault)
        setting.setDefault(section);
    for (const auto& setting : declaration.settings)
      visit(declaration.name, setting, section);
  };
  Settings settings;
  forEachSection(declarations, settings, visitSection);
  visitSection(declarations.iceServer, IceServer{.id = base::IceServerId("home")});
  visitSection(declarations.audio, Audio{.id = base::AudioId("hall")});
  visitSection(declarations.input, Input{.id = base::InputId("bell")});
  visitSection(declarations.output, Output{.id = base::OutputId("door")});
  visitSection(declarations.camera, Camera{.id = base::CameraId("front-door")});
}

TEST(Declarations, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  forEachSetting([&names](const std::string& section, const auto& setting, const auto&) {
    EXPECT_TRUE(names.insert(section + "." + setting.name).second) << "twice: " << section << "." << setting.name;
  });
}

TEST(Declarations, ExplainThemselves) {
  forEachSetting([](const std::string&, const auto& setting, const auto&) {
    EXPECT_FALSE(setting.description.empty()) << setting.name;
    EXPECT_FALSE(setting.expects.empty()) << setting.name;
    EXPECT_EQ(bool(setting.setDefault), !setting.defaultSource.empty()) << setting.name;
    EXPECT_EQ(bool(setting.hasMeaning), !setting.meaning.empty()) << setting.name;
  });
}

TEST(Declarations, TakeTheirOwnDefaults) {
  forEachSetting([](const std::string&, const auto& setting, const auto& section) {
    const std::string printed = setting.print(section);
    if (printed.empty())
      return;
    const auto document = parseDocument("value = " + printed);
    ASSERT_TRUE(document) << printed;
    auto copy = section;
    EXPECT_TRUE(setting.read(document->front().node, copy)) << setting.name << " = " << printed;
    EXPECT_EQ(setting.print(copy), printed);
  });
}

TEST(Declarations, NameTheDeviceAfterItsHost) {
  const auto idOn = [](const std::string& hostName) {
    Device device;
    declare({}, hostName).device.settings.front().setDefault(device);
    return device.id.value();
  };
  EXPECT_EQ(idOn("Rasp_Pi-4"), "rasp-pi-4");
  EXPECT_EQ(idOn("porch.example.org"), "porch");
  EXPECT_EQ(idOn(""), "fanlight");
  EXPECT_EQ(idOn("현관"), "fanlight");
}

}  // namespace
}  // namespace fanlight::config
