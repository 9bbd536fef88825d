// SPDX-License-Identifier: Apache-2.0
// The names of the events that are logged during a test.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/log.h"

namespace fanlight::doorbell {

class LoggedEventsTest : public ::testing::Test {
 protected:
  LoggedEventsTest() {
    events().clear();
    base::setLogSink([](const base::LogLine& line) {
      for (const base::LogField& field : line.fields)
        if (field.name == "EVENT")
          events().emplace_back(field.value);
    });
  }
  ~LoggedEventsTest() override { base::setLogSink(nullptr); }

  static std::vector<std::string>& events() {
    static std::vector<std::string> names;
    return names;
  }
};

}  // namespace fanlight::doorbell
