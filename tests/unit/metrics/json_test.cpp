// SPDX-License-Identifier: Apache-2.0
#include "metrics/json.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "figures.h"
#include "json/object.h"
#include "metrics/device_metrics.h"

namespace fanlight::metrics {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// How many series of `name` are in it; none where it is not there.
std::size_t seriesIn(JsonObject* object, const std::string& name) {
  JsonNode* node = json_object_get_member(object, name.c_str());
  if (!node)
    return 0;
  return JSON_NODE_HOLDS_ARRAY(node) ? json_array_get_length(json_node_get_array(node)) : 1;
}

TEST(MetricsAsJson, HaveEachSeriesThatThereIs) {
  const auto figures = test::everything();
  const auto object = json::parseObject(toJson(figures));
  ASSERT_TRUE(object);
  const Families families = familiesOf(figures);
  EXPECT_EQ(json_object_get_size(object->get()), families.size());
  for (const auto& family : families)
    EXPECT_EQ(seriesIn(object->get(), family.name), family.metric.size()) << family.name;
}

TEST(MetricsAsJson, AreNumbersAndListsOfThemByTheirLabels) {
  const std::string text = toJson(test::everything());
  EXPECT_THAT(text, HasSubstr(R"("fanlight_http_connections":5,)"));
  EXPECT_THAT(text, HasSubstr(R"({"camera":"porch","value":9007199254740991})"));
  EXPECT_THAT(text, HasSubstr(R"("process_cpu_seconds_total":1.5,)"));
  EXPECT_THAT(text, HasSubstr(R"({"sensor":"cpu-thermal","value":51.5})"));
}

TEST(MetricsAsJson, AreJsonWhateverANameOrANumberIs) {
  telemetry::DeviceFigures device;
  device.temperatures = {{"a\"b\\c\nd", std::numeric_limits<double>::quiet_NaN()}, {"\xff", 1e300}};
  const std::string text = toJson(device);
  EXPECT_TRUE(json::parseObject(text));
  EXPECT_THAT(text, HasSubstr(R"("value":null)"));
  EXPECT_THAT(text, Not(HasSubstr("\n")));
}

TEST(MetricsAsJson, TakeNoMoreOfAViewerThanTheirHeaderPromises) {
  constexpr int kMore = 100;
  const telemetry::DeviceFigures few = test::everything();
  EXPECT_LT(toJson(test::with(few, kMore)).size() - toJson(few).size(), kMore * kJsonBytesAViewer);
}

}  // namespace
}  // namespace fanlight::metrics
