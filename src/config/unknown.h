// SPDX-License-Identifier: Apache-2.0
// What to say about a name that no setting and no section has. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/declarations.h"

namespace fanlight::config {

/// A section and its settings by their names.
struct SectionNames {
  std::string name;   ///< "camera"
  std::string title;  ///< "[[camera]]"
  std::vector<std::string> keys;
};
using KnownNames = std::vector<SectionNames>;

KnownNames knownNames(const Declarations& declarations);

/// A key that `section` has not; the message calls it `where`. Hints, in this order: the section that has such a key,
/// the nearest key, all keys.
std::string unknownKey(std::string_view key, const SectionNames& section, const std::string& where,
                       const KnownNames& known);
/// A table at the top level that is no section.
std::string unknownSection(std::string_view name, const KnownNames& known);
/// A value at the top level, where only sections are.
std::string keyOutsideSections(std::string_view key, const KnownNames& known);

}  // namespace fanlight::config
