// SPDX-License-Identifier: Apache-2.0
// What is read from trees of files as boards have them, and what is refused.
#include "board/sensors.h"

#include <gmock/gmock.h>

#include "base/log.h"
#include "board/sysfs_fixture.h"

namespace fanlight::board {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string>& logged() {
  static std::vector<std::string> lines;
  return lines;
}

class SensorsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    logged().clear();
    base::setLogSink([](const base::LogLine& line) { logged().emplace_back(line.text); });
  }
  void TearDown() override { base::setLogSink(nullptr); }

  Sensors find(const HeatLimits& limits = {}) const { return Sensors::find(sysfs_.root(), limits); }
  Readings readOnce() const { return find().read(); }
  /// Of the only zone.
  HeatLimits limits(const HeatLimits& usual = {}) const {
    const Readings readings = find(usual).read();
    return readings.temperatures.size() == 1 ? readings.temperatures.front().limits : HeatLimits{};
  }
  std::vector<std::string> zones() const {
    std::vector<std::string> names;
    for (const Temperature& zone : readOnce().temperatures)
      names.push_back(zone.zone);
    return names;
  }

  test::Sysfs sysfs_;
};

TEST_F(SensorsTest, AreNoneWhereNothingIs) {
  Sensors sensors = find();
  EXPECT_TRUE(sensors.empty());
  EXPECT_FALSE(sensors.read().tellAnything());
  EXPECT_TRUE(Sensors::find("/nonexistent", {}).empty());
  EXPECT_THAT(logged(), IsEmpty());
}

TEST_F(SensorsTest, ReadATemperature) {
  sysfs_.zone(0, "cpu-thermal", 61'250);
  const Readings readings = readOnce();
  ASSERT_EQ(readings.temperatures.size(), 1U);
  EXPECT_EQ(readings.temperatures[0].zone, "cpu-thermal");
  EXPECT_DOUBLE_EQ(readings.temperatures[0].celsius, 61.25);
  EXPECT_EQ(readings.temperatures[0].limits, (HeatLimits{75, 65}));
  EXPECT_EQ(readings.isUnderVoltage, std::nullopt);
  EXPECT_EQ(readings.isThrottled, std::nullopt);
  EXPECT_EQ(readings.isFrequencyCapped, std::nullopt);
}

TEST_F(SensorsTest, LeaveOutZonesThatAreNotTheProcessors) {
  sysfs_.zone(0, "bigcore0-thermal", 50'000);
  sysfs_.zone(1, "iwlwifi_1", 50'000);
  sysfs_.zone(2, "PMIC-Die", 100'000);
  sysfs_.zone(3, "x86_pkg_temp", 50'000);
  EXPECT_THAT(zones(), ElementsAre("bigcore0-thermal", "x86_pkg_temp"));
}

TEST_F(SensorsTest, BeginBelowWhereTheKernelThrottles) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.tripPoint(0, 0, "passive", 70'000);
  sysfs_.tripPoint(0, 1, "passive", 75'000);
  sysfs_.tripPoint(0, 2, "critical", 95'000);
  EXPECT_EQ(limits(), (HeatLimits{65, 55}));
}

TEST_F(SensorsTest, BeginBelowTheLastTripPointWhereTheGovernorHoldsTheTemperatureThere) {
  sysfs_.zone(0, "soc-thermal", 50'000);
  sysfs_.tripPoint(0, 0, "passive", 70'000);
  sysfs_.tripPoint(0, 1, "passive", 78'000);
  sysfs_.write(test::Sysfs::zoneFile(0, "policy"), "power_allocator");
  EXPECT_EQ(limits(), (HeatLimits{73, 63}));
}

TEST_F(SensorsTest, BeginBelowWhereTheKernelPowersOff) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.tripPoint(0, 0, "critical", 85'000);
  EXPECT_EQ(limits(), (HeatLimits{70, 60}));
}

TEST_F(SensorsTest, BeginBelowAHotTripPoint) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.tripPoint(0, 0, "hot", 80'000);
  EXPECT_EQ(limits(), (HeatLimits{70, 60}));
}

TEST_F(SensorsTest, AreNeverLaterThanUsualForATripPoint) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.tripPoint(0, 0, "critical", 110'000);
  sysfs_.tripPoint(0, 1, "active", 50'000);
  EXPECT_EQ(limits(), (HeatLimits{75, 65})) << "a fan's point says nothing";
  EXPECT_EQ(limits({90, 80}), (HeatLimits{90, 80}));
}

TEST_F(SensorsTest, IgnoreTripPointsThatAreNotSet) {
  sysfs_.zone(0, "acpitz", 50'000);
  sysfs_.tripPoint(0, 0, "passive", 0);
  sysfs_.tripPoint(0, 1, "passive", -273'200);
  sysfs_.tripPoint(0, 2, "critical", 210'000);
  EXPECT_EQ(limits(), (HeatLimits{75, 65}));
}

TEST_F(SensorsTest, ReadTheAlarmOfTheSupply) {
  sysfs_.write("class/hwmon/hwmon0/name", "cpu_thermal");
  sysfs_.write("class/hwmon/hwmon0/in0_lcrit_alarm", "1");
  sysfs_.voltageAlarm("0");
  EXPECT_EQ(readOnce().isUnderVoltage, false) << "another one's alarm is not the supply's";
  sysfs_.voltageAlarm("1");
  EXPECT_EQ(readOnce().isUnderVoltage, true);
}

TEST_F(SensorsTest, ReadTheFirmwaresBits) {
  sysfs_.firmware("0");
  EXPECT_EQ(readOnce().isUnderVoltage, false);
  EXPECT_EQ(readOnce().isThrottled, false);
  sysfs_.firmware("4");
  EXPECT_EQ(readOnce().isThrottled, true);
  EXPECT_EQ(readOnce().isFrequencyCapped, false);
  sysfs_.firmware("2");
  EXPECT_EQ(readOnce().isFrequencyCapped, true);
  sysfs_.firmware("50005");
  EXPECT_EQ(readOnce().isUnderVoltage, true);
  EXPECT_EQ(readOnce().isThrottled, false) << "that is the supply's fault, not heat's";
}

TEST_F(SensorsTest, TellFromTheKeptBitsWhatWasSoSinceTheLastReading) {
  sysfs_.firmware("50000");
  Sensors sensors = find();
  EXPECT_EQ(sensors.read().isUnderVoltage, false) << "before the first one: nobody knows when";
  EXPECT_EQ(sensors.read().isUnderVoltage, false);
  sysfs_.firmware("0");
  EXPECT_EQ(sensors.read().isUnderVoltage, false);
  sysfs_.firmware("10000");
  EXPECT_EQ(sensors.read().isUnderVoltage, true);
  EXPECT_EQ(sensors.read().isUnderVoltage, false);
}

TEST_F(SensorsTest, ReadTheFirmwareOfAPi5) {
  sysfs_.write("devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "4");
  EXPECT_EQ(readOnce().isThrottled, true);
}

TEST_F(SensorsTest, LeaveTheFirmwaresFileAloneWhereTheKernelHasAnother) {
  sysfs_.voltageAlarm("0");
  sysfs_.firmware("1");
  EXPECT_EQ(readOnce().isUnderVoltage, false);
}

TEST_F(SensorsTest, TellThatTheKernelSlowsTheProcessorDown) {
  sysfs_.cooler(0, "pwm-fan", "3");
  EXPECT_EQ(readOnce().isThrottled, std::nullopt) << "a fan slows nothing down";
  sysfs_.cooler(1, "thermal-cpufreq-0", "0");
  EXPECT_EQ(readOnce().isThrottled, false);
  sysfs_.cooler(1, "thermal-cpufreq-0", "2");
  sysfs_.cooler(2, "cpufreq-cpu4", "0");
  EXPECT_EQ(readOnce().isThrottled, true) << "one of them is enough";
}

TEST_F(SensorsTest, TellThatTheClockIsCapped) {
  sysfs_.clock("1800000", "1800000");
  EXPECT_EQ(readOnce().isFrequencyCapped, false);
  sysfs_.clock("1800000", "600000");
  EXPECT_EQ(readOnce().isFrequencyCapped, true);
}

TEST_F(SensorsTest, SayOnceWhatTheyRefuse) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  Sensors sensors = find();
  for (const char* garbage : {"", "warm", "50000 ", "0x50", "999999999", "-300000", "99999999999999999999", "50.5"}) {
    sysfs_.write(test::Sysfs::zoneFile(0, "temp"), garbage);
    EXPECT_THAT(sensors.read().temperatures, IsEmpty()) << garbage;
  }
  sysfs_.writeRaw(test::Sysfs::zoneFile(0, "temp"), std::string(100'000, '5'));
  EXPECT_THAT(sensors.read().temperatures, IsEmpty());
  ASSERT_THAT(logged(), ElementsAre(HasSubstr("thermal_zone0/temp' has ''")));
  sysfs_.zone(0, "cpu-thermal", 50'000);
  EXPECT_EQ(sensors.read().temperatures.size(), 1U) << "it is used again when it can be";
}

TEST_F(SensorsTest, SayOnceThatAFileIsGone) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.zone(1, "gpu-thermal", 40'000);
  Sensors sensors = find();
  sysfs_.remove(test::Sysfs::zoneFile(0, "temp"));
  EXPECT_EQ(sensors.read().temperatures.size(), 1U) << "the other one still counts";
  EXPECT_EQ(sensors.read().temperatures.size(), 1U);
  EXPECT_THAT(logged(), ElementsAre(HasSubstr("thermal_zone0/temp' is gone")));
}

TEST_F(SensorsTest, RefuseWordsOfTheFirmwareAndTheSupplyThatTheyDoNotKnow) {
  sysfs_.voltageAlarm("2");
  EXPECT_EQ(readOnce().isUnderVoltage, std::nullopt);
  sysfs_.remove("class/hwmon");
  for (const char* garbage : {"throttled=0x50005", "100", "fffffffff", "-1", ""}) {
    sysfs_.firmware(garbage);
    EXPECT_EQ(readOnce().isUnderVoltage, std::nullopt) << garbage;
  }
}

TEST_F(SensorsTest, AreDescribedEachInALine) {
  sysfs_.zone(0, "cpu-thermal", 50'000);
  sysfs_.voltageAlarm("0");
  EXPECT_THAT(find().describe(),
              ElementsAre(HasSubstr("under-voltage (" + sysfs_.root()),
                          HasSubstr("cpu-thermal, hot from 75 °C, cool below 65 °C (" + sysfs_.root())));
}

TEST_F(SensorsTest, AreNotWithoutBound) {
  for (int number = 0; number < 100; ++number)
    sysfs_.zone(number, "cpu-thermal", 50'000);
  EXPECT_EQ(readOnce().temperatures.size(), 64U);
}

}  // namespace
}  // namespace fanlight::board
