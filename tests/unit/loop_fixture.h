// SPDX-License-Identifier: Apache-2.0
// A main loop for tests that wait on events: it runs until a condition holds, or fails naming what was awaited.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "glib/event_source.h"
#include "glib/main_context.h"

namespace fanlight::test {

/// What any awaited event may take on a loaded machine; reached only by a test that fails.
inline constexpr std::chrono::seconds kPatience{20};

class LoopFixture : public ::testing::Test {
 protected:
  /// Runs the loop until `isDone`. The condition is looked at after each event, and every 5 ms for what other threads
  /// do.
  void runUntil(const std::string& what, const std::function<bool()>& isDone) {
    bool isLate = false;
    const auto watchdog = glib::EventSource::timer(context_, kPatience, [&isLate] {
      isLate = true;
      return glib::Continue::No;
    });
    const auto look =
        glib::EventSource::timer(context_, std::chrono::milliseconds(5), [] { return glib::Continue::Yes; });
    while (!isDone() && !isLate)
      context_.iterate(true);
    ASSERT_FALSE(isLate) << "waited in vain for: " << what;
  }

  glib::MainContext context_ = glib::MainContext::main();
};

}  // namespace fanlight::test
