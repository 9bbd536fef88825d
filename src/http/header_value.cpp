// SPDX-License-Identifier: Apache-2.0
// Small grammar of RFC 9110 section 5.6.
#include "http/header_value.h"

#include <algorithm>

namespace fanlight::http {
namespace {

constexpr std::string_view kBearer = "bearer ";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string toLower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> listMembers(std::string_view value) {
  std::vector<std::string_view> members;
  bool isQuoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= value.size(); ++at) {
    if (at < value.size() && value[at] == '"')
      isQuoted = !isQuoted;
    if (at < value.size() && (value[at] != ',' || isQuoted))
      continue;
    if (const auto member = trim(value.substr(start, at - start)); !member.empty())
      members.push_back(member);
    start = at + 1;
  }
  return members;
}

std::string mediaType(std::string_view contentType) {
  return toLower(trim(contentType.substr(0, contentType.find(';'))));
}

std::string bearerToken(std::string_view authorization) {
  if (!equalsIgnoringCase(authorization.substr(0, kBearer.size()), kBearer))
    return "";
  return std::string(trim(authorization.substr(kBearer.size())));
}

bool namesEntityTag(std::string_view value, std::string_view tag) {
  if (trim(value) == "*")
    return true;
  const auto members = listMembers(value);
  return std::ranges::find(members, tag) != members.end();
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace fanlight::http
