// SPDX-License-Identifier: Apache-2.0
// Looking headers up.
#include "http/request.h"

#include <algorithm>

#include "base/ascii.h"

namespace fanlight::http {

std::string_view toText(Scheme scheme) {
  return scheme == Scheme::Https ? "https" : "http";
}

namespace {

auto isNamed(std::string_view name) {
  return [name](const Header& header) { return base::equalsIgnoringCase(header.name, name); };
}

}  // namespace

std::string_view RequestHead::find(std::string_view name) const {
  const auto found = std::ranges::find_if(headers, isNamed(name));
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view RequestHead::findLast(std::string_view name) const {
  const auto found = std::find_if(headers.rbegin(), headers.rend(), isNamed(name));
  return found == headers.rend() ? std::string_view() : std::string_view(found->value);
}

int RequestHead::count(std::string_view name) const {
  return static_cast<int>(std::ranges::count_if(headers, isNamed(name)));
}

}  // namespace fanlight::http
