// SPDX-License-Identifier: Apache-2.0
// The only place where json-glib parses: what reaches it has passed the check of its letters.
#include "json/object.h"

#include "glib/owned.h"
#include "json/check.h"

namespace fanlight::json {

base::Result<ObjectRef> parseObject(std::string_view text) {
  // Refuses NUL as well, since the length is given.
  if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) == FALSE)
    return base::fail(base::ErrorCode::InvalidArgument, "it is not UTF-8");
  if (const char* fault = findFault(text))
    return base::fail(base::ErrorCode::InvalidArgument, fault);
  const auto parser = glib::Ref<JsonParser>::adopt(json_parser_new_immutable());
  // The parser's own reason quotes the text, so it is not passed on.
  if (json_parser_load_from_data(parser.get(), text.data(), static_cast<gssize>(text.size()), nullptr) == FALSE)
    return base::fail(base::ErrorCode::InvalidArgument, "a bracket, a comma or a colon is out of place");
  JsonNode* root = json_parser_get_root(parser.get());
  if (!root || !JSON_NODE_HOLDS_OBJECT(root))
    return base::fail(base::ErrorCode::InvalidArgument, "it is not an object");
  return ObjectRef::retain(json_node_get_object(root));
}

std::string print(JsonObject* object) {
  const auto root = glib::Ref<JsonNode>::adopt(json_node_new(JSON_NODE_OBJECT));
  json_node_set_object(root.get(), object);
  return glib::takeString(json_to_string(root.get(), FALSE));
}

}  // namespace fanlight::json
