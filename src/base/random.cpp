// SPDX-License-Identifier: Apache-2.0
// getrandom(2) as text.
#include "base/random.h"

#include <array>
#include <cstdlib>

#include <sys/random.h>

#include "base/log.h"

namespace fanlight::base {

std::string randomId() {
  std::array<unsigned char, 16> bytes{};
  // 256 bytes or less are never cut short; it can only fail where the system call is forbidden.
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    logError("base", "the kernel's random generator cannot be used; stopping, since ids would be guessable");
    std::abort();
  }
  std::string id;
  for (const unsigned char byte : bytes)
    id += fmt::format("{:02x}", byte);
  return id;
}

}  // namespace fanlight::base
