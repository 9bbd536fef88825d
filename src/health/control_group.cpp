// SPDX-License-Identifier: Apache-2.0
// Only of the unified hierarchy: systemd has no other since 2024.
#include "health/control_group.h"

#include <filesystem>
#include <fstream>
#include <string_view>

namespace fanlight::health {

std::string controlGroupFile(const std::string& name) {
  constexpr std::string_view kUnified = "0::";
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);)
    if (line.starts_with(kUnified)) {
      const std::filesystem::path folder = "/sys/fs/cgroup" + line.substr(kUnified.size());
      std::error_code ignored;
      if (std::filesystem::exists(folder / name, ignored))
        return folder / name;
    }
  return {};
}

}  // namespace fanlight::health
