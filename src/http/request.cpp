// SPDX-License-Identifier: Apache-2.0
// Looking headers up.
#include "http/request.h"

#include <algorithm>

#include "http/header_value.h"

namespace fanlight::http {

std::string_view RequestHead::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(headers, [name](const Header& header) { return equalsIgnoringCase(header.name, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

int RequestHead::count(std::string_view name) const {
  return static_cast<int>(
      std::ranges::count_if(headers, [name](const Header& header) { return equalsIgnoringCase(header.name, name); }));
}

}  // namespace fanlight::http
