// SPDX-License-Identifier: Apache-2.0
// getrandom(2) as text.
#include "base/random.h"

#include <cstdlib>
#include <vector>

#include <sys/random.h>

#include "base/log.h"

namespace fanlight::base {
namespace {

std::vector<unsigned char> randomBytes(std::size_t count) {
  std::vector<unsigned char> bytes(count);
  // 256 bytes or less are never cut short; it can only fail where the system call is forbidden.
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    logError("base", "the kernel's random generator cannot be used; stopping, since ids would be guessable");
    std::abort();
  }
  return bytes;
}

}  // namespace

std::string randomId() {
  std::string id;
  for (const unsigned char byte : randomBytes(16))
    id += fmt::format("{:02x}", byte);
  return id;
}

std::string randomText(std::string_view alphabet, std::size_t length) {
  std::string text;
  for (const unsigned char byte : randomBytes(length))
    text += alphabet[byte % alphabet.size()];
  return text;
}

}  // namespace fanlight::base
