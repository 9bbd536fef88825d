// SPDX-License-Identifier: Apache-2.0
// The main of test programs whose tests use GStreamer, which must be initialised before the first of them.
#include <gst/gst.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  // First, since tests are made for each encoder that is here.
  gst_init(nullptr, nullptr);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
