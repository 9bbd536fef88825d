// SPDX-License-Identifier: Apache-2.0
// What is written, as text.
#include "json/write.h"

#include <gtest/gtest.h>

#include "base/values.h"

namespace fanlight::json {
namespace {

TEST(JsonWrite, WritesEveryKindOfMember) {
  const auto object = newObject();
  put(object, "text", "a\"b");
  put(object, "whole", gint64{7});
  put(object, "real", 0.5);
  put(object, "object", newObject());
  put(object, "list", toArray(std::vector<std::string>{"c", "d"}, [](const std::string& item) { return item; }));
  put(object, "objects", toArray(std::vector<int>{1}, [](int) { return newObject(); }));
  putIds(object, "ids", std::optional(std::set{base::CameraId("f")}));
  putIds(object, "absent", std::optional<std::set<base::CameraId>>());
  putBoolean(object, "truth", true);
  putNull(object, "nothing");
  putUnlessEmpty(object, "absent", "");
  putUnlessEmpty(object, "present", "e");

  EXPECT_EQ(print(object.get()),
            R"({"text":"a\"b","whole":7,"real":0.5,"object":{},"list":["c","d"],"objects":[{}],"ids":["f"],)"
            R"("truth":true,"nothing":null,"present":"e"})");
}

TEST(JsonWrite, MakesTextUtf8) {
  const auto object = newObject();
  put(object, "name", "caf\xe9");

  EXPECT_EQ(print(object.get()), "{\"name\":\"caf\xef\xbf\xbd\"}");
}

}  // namespace
}  // namespace fanlight::json
