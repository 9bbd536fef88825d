// SPDX-License-Identifier: Apache-2.0
// Comparing without telling where they differ.
#include "base/secret.h"

namespace fanlight::base {

bool isEqual(const Secret& one, std::string_view other) {
  const std::string& text = one.reveal();
  if (text.size() != other.size())
    return false;
  unsigned difference = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    difference |= static_cast<unsigned char>(text[at]) ^ static_cast<unsigned char>(other[at]);
  // Read through volatile, so that no compiler stops at the first difference.
  const volatile unsigned found = difference;
  return found == 0;
}

}  // namespace fanlight::base
