// SPDX-License-Identifier: Apache-2.0
// Which computer this is, as its firmware says. Any thread; reads a few small files.
#pragma once

#include <string>
#include <vector>

namespace fanlight::board {

struct Machine {
  std::string model;  ///< for people: "Raspberry Pi 4 Model B Rev 1.4"; empty where nothing is told
  /// The device tree's `compatible` of its root, the most specific first (Devicetree Specification, 2.3.1).
  std::vector<std::string> compatible;
  std::string dmi;  ///< SMBIOS's vendor and product: "LENOVO 20HRCTO1WW"
};

/// `root`: of the file system; others for tests.
Machine lookAtMachine(const std::string& root = "/");

}  // namespace fanlight::board
