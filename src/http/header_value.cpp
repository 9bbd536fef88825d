// SPDX-License-Identifier: Apache-2.0
// Small grammar of RFC 9110 section 5.6.
#include "http/header_value.h"

#include <algorithm>

#include "base/ascii.h"

namespace fanlight::http {
namespace {

constexpr std::string_view kBearer = "bearer ";

}  // namespace

std::vector<std::string_view> listMembers(std::string_view value) {
  std::vector<std::string_view> members;
  bool isQuoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= value.size(); ++at) {
    if (at < value.size() && value[at] == '"')
      isQuoted = !isQuoted;
    if (at < value.size() && (value[at] != ',' || isQuoted))
      continue;
    if (const auto member = base::trim(value.substr(start, at - start)); !member.empty())
      members.push_back(member);
    start = at + 1;
  }
  return members;
}

std::string mediaType(std::string_view contentType) {
  return base::toLower(base::trim(contentType.substr(0, contentType.find(';'))));
}

std::string bearerToken(std::string_view authorization) {
  if (!base::equalsIgnoringCase(authorization.substr(0, kBearer.size()), kBearer))
    return "";
  return std::string(base::trim(authorization.substr(kBearer.size())));
}

bool namesEntityTag(std::string_view value, std::string_view tag) {
  if (base::trim(value) == "*")
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
