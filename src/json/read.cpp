// SPDX-License-Identifier: Apache-2.0
// json-glib's getters answer a wrong type with a critical: every type is asked for first.
#include "json/read.h"

namespace fanlight::json {

bool isText(JsonNode* node) {
  return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
}

bool Reader::isNull(const char* name) const {
  JsonNode* node = find(name);
  return !node || JSON_NODE_HOLDS_NULL(node);
}

bool Reader::require(const char* name) {
  if (find(name))
    return true;
  reject(name, "is missing");
  return false;
}

void Reader::reject(std::string_view name, std::string_view why, bool isTooLarge) {
  if (!fault_)
    fault_ = Fault{std::string(name), std::string(why), isTooLarge};
}

std::string Reader::textOf(JsonNode* node, const char* name, std::size_t limit) {
  if (!isText(node)) {
    reject(name, "is not a string");
    return {};
  }
  std::string value = json_node_get_string(node);
  if (value.size() > limit)
    reject(name, "has more than " + std::to_string(limit) + " bytes", true);
  return value;
}

std::string Reader::text(const char* name, std::size_t limit) {
  return require(name) ? textOf(find(name), name, limit) : std::string();
}

std::optional<std::string> Reader::optionalText(const char* name, std::size_t limit) {
  JsonNode* node = find(name);
  return node ? std::optional(textOf(node, name, limit)) : std::nullopt;
}

std::optional<std::string> Reader::nullableText(const char* name, std::size_t limit) {
  return isNull(name) ? std::nullopt : optionalText(name, limit);
}

JsonArray* Reader::listOf(JsonNode* node, const char* name, std::size_t count) {
  if (!JSON_NODE_HOLDS_ARRAY(node)) {
    reject(name, "is not a list");
    return nullptr;
  }
  JsonArray* list = json_node_get_array(node);
  if (json_array_get_length(list) > count) {
    reject(name, "has more than " + std::to_string(count) + " entries", true);
    return nullptr;
  }
  return list;
}

std::optional<std::vector<std::string>> Reader::optionalTexts(const char* name, std::size_t count, std::size_t limit) {
  JsonNode* node = find(name);
  if (!node)
    return std::nullopt;
  std::vector<std::string> texts;
  JsonArray* list = listOf(node, name, count);
  const guint length = list ? json_array_get_length(list) : 0;
  for (guint at = 0; at < length; ++at)
    texts.push_back(textOf(json_array_get_element(list, at), name, limit));
  return texts;
}

std::vector<std::string> Reader::texts(const char* name, std::size_t count, std::size_t limit) {
  return require(name) ? optionalTexts(name, count, limit).value_or(std::vector<std::string>())
                       : std::vector<std::string>();
}

std::optional<gint64> Reader::optionalInteger(const char* name, gint64 least, gint64 most) {
  JsonNode* node = find(name);
  if (!node)
    return std::nullopt;
  const bool isWhole = JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_INT64;
  const gint64 value = isWhole ? json_node_get_int(node) : least;
  if (!isWhole || value < least || value > most)
    reject(name, "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return value;
}

gint64 Reader::integer(const char* name, gint64 least, gint64 most) {
  return require(name) ? optionalInteger(name, least, most).value_or(least) : least;
}

std::optional<gint64> Reader::nullableInteger(const char* name, gint64 least, gint64 most) {
  return isNull(name) ? std::nullopt : optionalInteger(name, least, most);
}

std::optional<bool> Reader::optionalBoolean(const char* name) {
  JsonNode* node = find(name);
  if (!node)
    return std::nullopt;
  const bool isBoolean = JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_BOOLEAN;
  if (!isBoolean)
    reject(name, "is neither true nor false");
  return isBoolean && json_node_get_boolean(node) != FALSE;
}

bool Reader::boolean(const char* name) {
  return require(name) && optionalBoolean(name).value_or(false);
}

JsonObject* Reader::optionalObject(const char* name) {
  JsonNode* node = find(name);
  if (!node)
    return nullptr;
  if (JSON_NODE_HOLDS_OBJECT(node))
    return json_node_get_object(node);
  reject(name, "is not an object");
  return nullptr;
}

std::vector<JsonObject*> Reader::objects(const char* name, std::size_t count) {
  std::vector<JsonObject*> objects;
  if (!require(name))
    return objects;
  JsonArray* list = listOf(find(name), name, count);
  const guint length = list ? json_array_get_length(list) : 0;
  for (guint at = 0; at < length; ++at) {
    JsonNode* node = json_array_get_element(list, at);
    if (JSON_NODE_HOLDS_OBJECT(node))
      objects.push_back(json_node_get_object(node));
    else
      reject(name, "holds something that is not an object");
  }
  return objects;
}

}  // namespace fanlight::json
