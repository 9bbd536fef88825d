// SPDX-License-Identifier: Apache-2.0
#include "glib/secret_file.h"

#include <string_view>

#include <fmt/format.h>

#include "base/ascii.h"
#include "glib/atomic_file.h"

namespace fanlight::glib {

base::Result<base::Secret> readSecret(const std::string& path) {
  const auto text = readWhole(path, kMaxSecretBytes);
  if (!text)
    return tl::unexpected(text.error());
  if (!*text)
    return base::fail(base::ErrorCode::NotFound, fmt::format("there is no file '{}'", path));
  std::string_view line = base::trim(std::string_view(**text).substr(0, (*text)->find_first_of("\r\n")));
  if (line.empty())
    return base::fail(base::ErrorCode::InvalidArgument, fmt::format("'{}' is empty", path));
  return base::Secret(std::string(line));
}

}  // namespace fanlight::glib
