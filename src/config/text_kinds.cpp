// SPDX-License-Identifier: Apache-2.0
// Which texts are names, ids, choices and devices.
#include "config/text_kinds.h"

#include <fmt/format.h>

#include "config/utf8.h"

namespace fanlight::config {
namespace {

constexpr std::string_view kDeviceFolder = "/dev/";

/// Whether every part between slashes is a name: none empty, none "." or "..".
bool hasPlainParts(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..")
      return false;
    if (slash == std::string_view::npos)
      return true;
    path.remove_prefix(slash + 1);
  }
}

bool isNameOfDevice(const std::string& text, std::size_t maxBytes) {
  return !text.empty() && text.size() <= maxBytes && !hasControlCharacter(text);
}

}  // namespace

bool isDeviceFile(std::string_view path) {
  return path.starts_with(kDeviceFolder) && hasPlainParts(path.substr(kDeviceFolder.size()));
}

Parsed<std::string> Text::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  if (const std::size_t count = characterCount(*text); count < 1 || count > maxCharacters)
    return mismatch(node, fmt::format("one of {}", count));
  if (hasControlCharacter(*text))
    return mismatch(node, inQuotes(*text) + ", which has a control character");
  return *text;
}

std::string Text::expects() const {
  return fmt::format("a text of 1 to {} characters", maxCharacters);
}

Parsed<std::string> parseNameId(const Node& node, const std::vector<std::string>& reserved) {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  if (std::ranges::find(reserved, *text) != reserved.end())
    return mismatch(node, inQuotes(*text) + ", which is reserved");
  if (!base::isNameId(*text))
    return mismatch(node, inQuotes(*text));
  return *text;
}

std::string nameIdExpectation() {
  return fmt::format("1 to {} of a-z, 0-9 and '-'", base::kMaxNameIdLength);
}

Parsed<std::size_t> parseOneOf(const Node& node, const std::vector<std::string>& names) {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  const auto name = std::ranges::find(names, *text);
  if (name == names.end())
    return mismatch(node, inQuotes(*text));
  return static_cast<std::size_t>(name - names.begin());
}

Parsed<std::string> TopicPrefix::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  const bool isPlain = text->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") ==
                       std::string::npos;
  if (text->size() > kMaxBytes || !isPlain || !hasPlainParts(*text))
    return mismatch(node, inQuotes(*text));
  return *text;
}

Parsed<std::string> OneOf::parse(const Node& node) const {
  return parseOneOf(node, names).map([this](std::size_t place) { return names[place]; });
}

Parsed<std::string> FilePath::parse(const Node& node) const {
  const auto* path = valueOf<std::string>(node);
  if (!path)
    return mismatch(node);
  if (path->size() > kMaxBytes || !path->starts_with('/') || path->ends_with('/') || hasControlCharacter(*path))
    return mismatch(node, inQuotes(*path));
  return *path;
}

Parsed<std::string> CameraDevice::parse(const Node& node) const {
  const auto* device = valueOf<std::string>(node);
  if (!device)
    return mismatch(node);
  if (*device == "auto")
    return std::string();
  const bool isSound =
      isNameOfDevice(*device, kMaxBytes) && (!device->starts_with(kDeviceFolder) || isDeviceFile(*device));
  return isSound ? Parsed<std::string>(*device) : mismatch(node, inQuotes(*device));
}

Parsed<std::string> SoundDevice::parse(const Node& node) const {
  const auto* device = valueOf<std::string>(node);
  if (!device)
    return mismatch(node);
  return isNameOfDevice(*device, kMaxBytes) ? Parsed<std::string>(*device) : mismatch(node, inQuotes(*device));
}

Parsed<std::string> LineName::parse(const Node& node) const {
  const auto* line = valueOf<std::string>(node);
  if (!line)
    return mismatch(node);
  return isNameOfDevice(*line, kMaxBytes) ? Parsed<std::string>(*line) : mismatch(node, inQuotes(*line));
}

Parsed<std::string> KeyName::parse(const Node& node) const {
  return parseOneOf(node, names).map([this](std::size_t place) { return names[place]; });
}

Parsed<PublicKeyList::Value> PublicKeyList::parse(const Node& node) const {
  const auto texts = parseTexts(node, 0, max);
  if (!texts)
    return tl::unexpected(texts.error());
  Value keys;
  for (const Node& item : *texts) {
    const std::string& text = *valueOf<std::string>(item);
    const bool isPem = text.size() <= kMaxBytes && text.starts_with("-----BEGIN PUBLIC KEY-----\n") &&
                       text.find("-----END PUBLIC KEY-----") != std::string::npos;
    // Not quoted: it may be the wrong half of a key.
    if (!isPem)
      return mismatch(item, "another text");
    keys.push_back(text);
  }
  return keys;
}

std::string PublicKeyList::expects() const {
  return fmt::format("up to {} texts that begin with '-----BEGIN PUBLIC KEY-----'", max);
}

}  // namespace fanlight::config
