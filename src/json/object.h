// SPDX-License-Identifier: Apache-2.0
// json-glib: owned references, text to object and back. Any thread.
#pragma once

#include <string>
#include <string_view>

#include <json-glib/json-glib.h>

#include "base/result.h"
#include "glib/ref.h"

namespace fanlight::glib {

template <>
struct RefTraits<JsonParser> : GObjectRefTraits<JsonParser> {};

template <>
struct RefTraits<JsonNode> {
  static void ref(JsonNode* node) { json_node_ref(node); }
  static void unref(JsonNode* node) { json_node_unref(node); }
};

template <>
struct RefTraits<JsonObject> {
  static void ref(JsonObject* object) { json_object_ref(object); }
  static void unref(JsonObject* object) { json_object_unref(object); }
};

template <>
struct RefTraits<JsonArray> {
  static void ref(JsonArray* array) { json_array_ref(array); }
  static void unref(JsonArray* array) { json_array_unref(array); }
};

}  // namespace fanlight::glib

namespace fanlight::json {

using ObjectRef = glib::Ref<JsonObject>;
using ArrayRef = glib::Ref<JsonArray>;

/// The one object in `text`, whose size the caller has judged. Of fields of the same name the last one counts.
/// InvalidArgument: what is wrong with it, to stand after a colon.
base::Result<ObjectRef> parseObject(std::string_view text);

/// On one line.
std::string print(JsonObject* object);

}  // namespace fanlight::json
