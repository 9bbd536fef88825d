// SPDX-License-Identifier: Apache-2.0
// Reading an object's members as what they should be. Any thread.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "json/object.h"

namespace fanlight::json {

/// What is wrong with a member: "field 'NAME' WHY" makes a sentence of it.
struct Fault {
  std::string field;
  std::string why;
  bool isTooLarge = false;
};

/// The first member that is wrong is remembered and decides; what is read then is of no use. Members that nobody asks
/// for are ignored.
class Reader {
 public:
  explicit Reader(JsonObject* object) : object_(object) {}

  /// `limit`: in bytes.
  std::string text(const char* name, std::size_t limit);
  std::optional<std::string> optionalText(const char* name, std::size_t limit);
  /// As W3C's dictionaries have it: null says the same as nothing.
  std::optional<std::string> nullableText(const char* name, std::size_t limit);
  std::optional<std::vector<std::string>> optionalTexts(const char* name, std::size_t count, std::size_t limit);
  std::vector<std::string> texts(const char* name, std::size_t count, std::size_t limit);

  /// A list of names as what they stand for: `Id` is made of a text.
  template <class Id>
  std::optional<std::set<Id>> optionalIds(const char* name, std::size_t count, std::size_t limit) {
    const auto all = optionalTexts(name, count, limit);
    return all ? std::optional(std::set<Id>(all->begin(), all->end())) : std::nullopt;
  }

  gint64 integer(const char* name, gint64 least, gint64 most);
  std::optional<gint64> optionalInteger(const char* name, gint64 least, gint64 most);
  std::optional<gint64> nullableInteger(const char* name, gint64 least, gint64 most);

  bool boolean(const char* name);
  std::optional<bool> optionalBoolean(const char* name);

  /// Null where there is none.
  JsonObject* optionalObject(const char* name);
  std::vector<JsonObject*> objects(const char* name, std::size_t count);

  /// For what only the caller can judge.
  void reject(std::string_view name, std::string_view why, bool isTooLarge = false);
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  JsonNode* find(const char* name) const { return json_object_get_member(object_, name); }
  bool isNull(const char* name) const;
  bool require(const char* name);
  std::string textOf(JsonNode* node, const char* name, std::size_t limit);
  JsonArray* listOf(JsonNode* node, const char* name, std::size_t count);

  JsonObject* object_;
  std::optional<Fault> fault_;
};

/// Whether `node` is a string; null is none.
bool isText(JsonNode* node);

}  // namespace fanlight::json
