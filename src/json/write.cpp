// SPDX-License-Identifier: Apache-2.0
// json-glib's setters, with owners.
#include "json/write.h"

#include "glib/owned.h"

namespace fanlight::json {
namespace {

std::string toUtf8(std::string_view text) {
  return glib::takeString(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
}

}  // namespace

ObjectRef newObject() {
  return ObjectRef::adopt(json_object_new());
}

void put(const ObjectRef& object, const char* name, std::string_view value) {
  json_object_set_string_member(object.get(), name, toUtf8(value).c_str());
}

void put(const ObjectRef& object, const char* name, gint64 value) {
  json_object_set_int_member(object.get(), name, value);
}

void put(const ObjectRef& object, const char* name, double value) {
  json_object_set_double_member(object.get(), name, value);
}

void put(const ObjectRef& object, const char* name, ObjectRef value) {
  json_object_set_object_member(object.get(), name, value.release());
}

void put(const ObjectRef& object, const char* name, ArrayRef value) {
  json_object_set_array_member(object.get(), name, value.release());
}

void putBoolean(const ObjectRef& object, const char* name, bool value) {
  json_object_set_boolean_member(object.get(), name, value ? TRUE : FALSE);
}

void putNull(const ObjectRef& object, const char* name) {
  json_object_set_null_member(object.get(), name);
}

void putUnlessEmpty(const ObjectRef& object, const char* name, std::string_view value) {
  if (!value.empty())
    put(object, name, value);
}

void add(const ArrayRef& array, std::string_view text) {
  json_array_add_string_element(array.get(), toUtf8(text).c_str());
}

void add(const ArrayRef& array, ObjectRef object) {
  json_array_add_object_element(array.get(), object.release());
}

}  // namespace fanlight::json
