// SPDX-License-Identifier: Apache-2.0
// Which files make up the configuration, and their texts. Any thread; reads the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/problem.h"

namespace fanlight::config {

inline constexpr std::size_t kMaxFileBytes = std::size_t{256} * 1024;
/// Of fanlight.d.
inline constexpr std::size_t kMaxDropIns = 64;

/// Where to look.
struct Sources {
  std::optional<std::string> named;                      ///< by --config; it must be there
  std::string standard = "/etc/fanlight/fanlight.toml";  ///< where none is named; may be absent
  std::string hostName;                                  ///< for the default of the device's id
};

struct FileText {
  std::string path;
  std::string text;
};

/// The files that could be read, in the order in which they count: the main one, then fanlight.d/*.toml beside it in
/// byte order. Names that begin with a dot are left out, as shells do. What could not be read is in `problems`.
std::vector<FileText> readFiles(const Sources& sources, std::vector<Problem>& problems);

}  // namespace fanlight::config
