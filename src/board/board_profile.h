// SPDX-License-Identifier: Apache-2.0
// What is known of a board before anything is tried on it: board/*.toml. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "board/encoders.h"
#include "board/machine.h"
#include "board/sensors.h"

namespace fanlight::board {

/// How far a profile was tried.
enum class Proof { Hardware, Emulation, Source };

struct BoardProfile {
  std::string id;                       ///< its file: "raspberry-pi-4"
  std::string name;                     ///< for people
  std::vector<std::string> deviceTree;  ///< entries of a root's `compatible`
  std::vector<std::string> dmi;         ///< patterns with * and ? for Machine::dmi
  std::vector<Encoder> encoders;        ///< in the order of trying
  Proof proof = Proof::Source;
  HeatLimits heat;
};

/// Fails with InvalidArgument: what is wrong, and in which line.
base::Result<BoardProfile> readBoardProfile(std::string id, std::string_view toml);

/// Those that this release brings, in the order of their ids.
const std::vector<BoardProfile>& boardProfiles();

/// The profile for the machine: by the most specific part of its device tree that a profile names, else by the longest
/// pattern that fits its DMI, else the generic one.
const BoardProfile& profileOf(const Machine& machine);

/// The profile's encoders, and after them the others, which only who names them gets.
std::vector<Encoder> encodersOf(const BoardProfile& profile);

}  // namespace fanlight::board
