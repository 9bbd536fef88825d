// SPDX-License-Identifier: Apache-2.0
// The kernel's files on device tree and SMBIOS.
#include "board/machine.h"

#include <sstream>

#include "glib/atomic_file.h"

namespace fanlight::board {
namespace {

constexpr std::size_t kMaxBytes = 4096;

/// Empty where there is none.
std::string readFile(const std::string& path) {
  return glib::readOrEmpty(path, kMaxBytes);
}

/// Up to the first NUL or line break, which all of these files end in.
std::string readLine(const std::string& path) {
  const std::string text = readFile(path);
  return text.substr(0, text.find_first_of(std::string_view("\0\n", 2)));
}

}  // namespace

Machine lookAtMachine(const std::string& root) {
  const std::string tree = root + "/sys/firmware/devicetree/base/";
  const std::string smbios = root + "/sys/class/dmi/id/";
  Machine machine;
  std::istringstream compatible(readFile(tree + "compatible"));
  for (std::string one; std::getline(compatible, one, '\0');)
    machine.compatible.push_back(one);
  machine.dmi = readLine(smbios + "sys_vendor");
  if (const std::string product = readLine(smbios + "product_name"); !product.empty())
    machine.dmi += (machine.dmi.empty() ? "" : " ") + product;
  machine.model = readLine(tree + "model");
  if (machine.model.empty())
    machine.model = machine.dmi;
  return machine;
}

}  // namespace fanlight::board
