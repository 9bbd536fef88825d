// SPDX-License-Identifier: Apache-2.0
// What GLib hands out to be freed.
#include "glib/owned.h"

#include <gio/gio.h>
#include <gtest/gtest.h>

namespace fanlight::glib {
namespace {

TEST(TakeString, CopiesAndFreesTheText) {
  EXPECT_EQ(takeString(g_strdup("text")), "text");
}

TEST(TakeString, IsEmptyForNull) {
  EXPECT_EQ(takeString(nullptr), "");
}

TEST(Owned, FreesAListOfTexts) {
  const Owned<char*> parts(g_strsplit("a b", " ", -1));
  EXPECT_STREQ(parts.get()[1], "b");
}

TEST(ErrorOut, IsFalseUntilAnErrorIsSet) {
  ErrorOut error;
  EXPECT_FALSE(error);
  EXPECT_EQ(error.message(), "no reason given");
  g_set_error(error.out(), G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no file '%s'", "x");
  ASSERT_TRUE(error);
  EXPECT_EQ(error.message(), "no file 'x'");
}

}  // namespace
}  // namespace fanlight::glib
