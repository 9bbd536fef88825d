// SPDX-License-Identifier: Apache-2.0
#include "doorbell/key_names.h"

#include <set>

#include <gtest/gtest.h>
#include <linux/input-event-codes.h>

namespace fanlight::doorbell {
namespace {

TEST(KeyNames, AreTheKernels) {
  EXPECT_EQ(keyCode("KEY_ENTER"), KEY_ENTER);
  EXPECT_EQ(keyCode("BTN_0"), BTN_0);
  EXPECT_EQ(keyCode("KEY_ENTRE"), std::nullopt);
  EXPECT_EQ(keyCode(""), std::nullopt);
}

TEST(KeyNames, AreThereOnceEachAndFitIntoAnEvent) {
  const auto names = keyNames();
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
  for (const std::string& name : names)
    EXPECT_LT(*keyCode(name), KEY_CNT) << name;
}

}  // namespace
}  // namespace fanlight::doorbell
