// SPDX-License-Identifier: Apache-2.0
// What a reader gives, and which member it blames.
#include "json/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/values.h"

namespace fanlight::json {
namespace {

class JsonReader : public testing::Test {
 protected:
  Reader& read(std::string_view text) {
    auto parsed = parseObject(text);
    object_ = parsed ? std::move(*parsed) : nullptr;
    EXPECT_TRUE(object_) << text;
    return reader_.emplace(object_.get());
  }
  std::string blamed() const { return reader_->fault() ? reader_->fault()->field + " " + reader_->fault()->why : ""; }

 private:
  ObjectRef object_;
  std::optional<Reader> reader_;
};

TEST_F(JsonReader, GivesWhatIsThere) {
  Reader& reader =
      read(R"({"text":"a","none":null,"number":7,"truth":true,"list":["b","c"],"object":{},"objects":[{},{}]})");

  EXPECT_EQ(reader.text("text", 1), "a");
  EXPECT_EQ(reader.nullableText("none", 1), std::nullopt);
  EXPECT_EQ(reader.optionalText("absent", 1), std::nullopt);
  EXPECT_EQ(reader.integer("number", 0, 7), 7);
  EXPECT_EQ(reader.nullableInteger("none", 0, 7), std::nullopt);
  EXPECT_EQ(reader.optionalInteger("absent", 0, 7), std::nullopt);
  EXPECT_EQ(reader.optionalBoolean("truth"), true);
  EXPECT_EQ(reader.optionalBoolean("absent"), std::nullopt);
  EXPECT_THAT(reader.texts("list", 2, 1), testing::ElementsAre("b", "c"));
  EXPECT_EQ(reader.optionalTexts("absent", 2, 1), std::nullopt);
  EXPECT_EQ(reader.optionalIds<base::CameraId>("list", 2, 1), std::set({base::CameraId("b"), base::CameraId("c")}));
  EXPECT_EQ(reader.optionalIds<base::CameraId>("absent", 2, 1), std::nullopt);
  EXPECT_NE(reader.optionalObject("object"), nullptr);
  EXPECT_EQ(reader.optionalObject("absent"), nullptr);
  EXPECT_EQ(reader.objects("objects", 2).size(), 2U);
  EXPECT_EQ(blamed(), "");
}

TEST_F(JsonReader, BlamesWhatIsMissing) {
  read("{}").text("name", 9);
  EXPECT_EQ(blamed(), "name is missing");
  read("{}").integer("name", 0, 9);
  EXPECT_EQ(blamed(), "name is missing");
  read("{}").texts("name", 9, 9);
  EXPECT_EQ(blamed(), "name is missing");
  read("{}").objects("name", 9);
  EXPECT_EQ(blamed(), "name is missing");
}

TEST_F(JsonReader, BlamesAWrongType) {
  for (const char* text : {R"({"a":1})", R"({"a":null})", R"({"a":[]})", R"({"a":{}})", R"({"a":true})"}) {
    read(text).optionalText("a", 9);
    EXPECT_EQ(blamed(), "a is not a string") << text;
  }
  for (const char* text : {R"({"a":"1"})", R"({"a":1.5})", R"({"a":null})", R"({"a":false})", R"({"a":[]})"}) {
    read(text).optionalInteger("a", 0, 9);
    EXPECT_EQ(blamed(), "a is not a whole number from 0 to 9") << text;
  }
  read(R"({"a":"b"})").optionalTexts("a", 9, 9);
  EXPECT_EQ(blamed(), "a is not a list");
  read(R"({"a":["b",1]})").optionalTexts("a", 9, 9);
  EXPECT_EQ(blamed(), "a is not a string");
  read(R"({"a":[1]})").objects("a", 9);
  EXPECT_EQ(blamed(), "a holds something that is not an object");
  read(R"({"a":[]})").optionalObject("a");
  EXPECT_EQ(blamed(), "a is not an object");
}

TEST_F(JsonReader, BlamesWhatIsOutOfBounds) {
  for (const char* text : {R"({"a":-1})", R"({"a":10})"}) {
    read(text).integer("a", 0, 9);
    EXPECT_EQ(blamed(), "a is not a whole number from 0 to 9") << text;
  }
  Reader& long_ = read(R"({"a":"abc"})");
  long_.text("a", 2);
  EXPECT_EQ(blamed(), "a has more than 2 bytes");
  EXPECT_TRUE(long_.fault()->isTooLarge);
  Reader& many = read(R"({"a":["b","c"]})");
  many.texts("a", 1, 9);
  EXPECT_EQ(blamed(), "a has more than 1 entries");
  EXPECT_TRUE(many.fault()->isTooLarge);
}

TEST_F(JsonReader, KeepsToTheFirstFault) {
  Reader& reader = read(R"({"a":1,"b":2})");
  reader.text("a", 9);
  reader.text("b", 9);
  reader.reject("c", "is odd");

  EXPECT_EQ(blamed(), "a is not a string");
}

}  // namespace
}  // namespace fanlight::json
