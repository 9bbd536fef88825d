// SPDX-License-Identifier: Apache-2.0
// Hints by exact name first, then by likeness.
#include "config/unknown.h"

#include <algorithm>

#include <fmt/format.h>

#include "config/nearest.h"
#include "config/utf8.h"

namespace fanlight::config {
namespace {

template <class Section>
SectionNames namesOf(const SectionDeclaration<Section>& declaration, const std::string& title) {
  SectionNames names{declaration.name, title, {}};
  for (const auto& setting : declaration.settings)
    names.keys.push_back(setting.name);
  return names;
}

std::string join(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : between) + word;
  return text;
}

std::string joinQuoted(std::vector<std::string> words) {
  std::ranges::transform(words, words.begin(), [](const std::string& word) { return inQuotes(word); });
  return join(words, ", ");
}

/// The titles of the sections that have a setting of this name.
std::vector<std::string> homesOf(std::string_view key, const KnownNames& known) {
  std::vector<std::string> titles;
  for (const SectionNames& section : known)
    if (std::ranges::find(section.keys, key) != section.keys.end())
      titles.push_back(section.title);
  return titles;
}

template <class Field>
std::vector<std::string> all(Field SectionNames::*field, const KnownNames& known) {
  std::vector<std::string> values;
  for (const SectionNames& section : known)
    values.push_back(section.*field);
  return values;
}

}  // namespace

KnownNames knownNames(const Declarations& declarations) {
  KnownNames known;
  const auto add = [&known](const auto& declaration) { known.push_back(namesOf(declaration, titleOf(declaration))); };
  forEachSection(declarations, add);
  forEachList(declarations, add);
  return known;
}

std::string unknownKey(std::string_view key, const SectionNames& section, const std::string& where,
                       const KnownNames& known) {
  const std::string what = fmt::format("unknown key {} in {}: ", inQuotes(key), where);
  if (const auto homes = homesOf(key, known); !homes.empty())
    return what + "it belongs in " + join(homes, " or ");
  if (const auto meant = nearest(key, section.keys))
    return what + "did you mean " + inQuotes(*meant) + "?";
  return what + "known are " + joinQuoted(section.keys);
}

std::string unknownSection(std::string_view name, const KnownNames& known) {
  const std::string what = fmt::format("unknown section {}: ", inQuotes(name));
  if (const auto meant = nearest(name, all(&SectionNames::name, known)))
    return what + "did you mean " + std::ranges::find(known, *meant, &SectionNames::name)->title + "?";
  return what + "known are " + join(all(&SectionNames::title, known), ", ");
}

std::string keyOutsideSections(std::string_view key, const KnownNames& known) {
  const std::string what = fmt::format("key {} outside of all sections: ", inQuotes(key));
  if (const auto homes = homesOf(key, known); !homes.empty())
    return what + "it belongs in " + join(homes, " or ");
  return what + "known are " + join(all(&SectionNames::title, known), ", ");
}

}  // namespace fanlight::config
