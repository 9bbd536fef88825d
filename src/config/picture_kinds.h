// SPDX-License-Identifier: Apache-2.0
// Kinds of settings of a camera's picture: how it stands, and the camera's own controls. Any thread.
#pragma once

#include "config/settings.h"
#include "config/value_kind.h"

namespace fanlight::config {

/// true or false.
struct Flag {
  using Value = bool;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value ? "true" : "false"; }
  std::string expects() const { return "true or false"; }
};

/// A quarter turn, or two or three of them, clockwise.
struct QuarterTurns {
  using Value = int;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return std::to_string(value); }
  std::string expects() const { return "0, 90, 180 or 270 (degrees, clockwise)"; }
};

/// A table of a camera's own names and values. Only the camera knows which there are.
struct ControlTable {
  using Value = Controls;
  static constexpr std::size_t kMaxControls = 64;
  static constexpr std::size_t kMaxBytes = 64;  ///< of a name, and of a text

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

}  // namespace fanlight::config
