// SPDX-License-Identifier: Apache-2.0
// Kinds of settings that are quantities, each within its range. Any thread.
#pragma once

#include <chrono>

#include "base/values.h"
#include "config/value_kind.h"

namespace fanlight::config {

struct Integer {
  using Value = int;
  int min = 0;
  int max = 0;
  int multipleOf = 1;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return std::to_string(value); }
  std::string expects() const;
};

/// Written in whole frames a second.
struct FrameRateRange {
  using Value = base::FrameRate;
  int min = 0;
  int max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return std::to_string(value.numerator); }
  std::string expects() const;
};

/// Written in bit/s, as 2_000_000.
struct BitrateRange {
  using Value = base::Bitrate;
  Value min;
  Value max;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

/// Written with its unit: "500ms", "10s", "2m".
struct DurationRange {
  using Value = std::chrono::milliseconds;
  Value min{};
  Value max{};

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

}  // namespace fanlight::config
