// SPDX-License-Identifier: Apache-2.0
// Making objects, member by member. Any thread.
#pragma once

#include <optional>
#include <set>

#include "json/object.h"

namespace fanlight::json {

ObjectRef newObject();

/// Text that is not UTF-8 is made so: names come from drivers and files, and one wrong byte would cost the reader all.
void put(const ObjectRef& object, const char* name, std::string_view value);
void put(const ObjectRef& object, const char* name, gint64 value);
void put(const ObjectRef& object, const char* name, double value);
void put(const ObjectRef& object, const char* name, ObjectRef value);
void put(const ObjectRef& object, const char* name, ArrayRef value);
/// Not a put(): a pointer would be taken for it.
void putBoolean(const ObjectRef& object, const char* name, bool value);
void putNull(const ObjectRef& object, const char* name);
void putUnlessEmpty(const ObjectRef& object, const char* name, std::string_view value);

void add(const ArrayRef& array, std::string_view text);
void add(const ArrayRef& array, ObjectRef object);

/// A list with `toItem(item)` for each of `range`.
template <class Range, class ToItem>
ArrayRef toArray(const Range& range, ToItem toItem) {
  auto array = ArrayRef::adopt(json_array_new());
  for (const auto& item : range)
    add(array, toItem(item));
  return array;
}

/// A list of Reader::optionalIds(); nothing where there is none.
template <class Id>
void putIds(const ObjectRef& object, const char* name, const std::optional<std::set<Id>>& ids) {
  if (ids)
    put(object, name, toArray(*ids, [](const Id& id) { return id.value(); }));
}

}  // namespace fanlight::json
