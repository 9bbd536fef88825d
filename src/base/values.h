// SPDX-License-Identifier: Apache-2.0
// Value types with their unit in the type: nothing else in the daemon passes a bare number for these. Any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fanlight::base {

/// Bits a second.
struct Bitrate {
  std::int64_t bitsPerSecond = 0;
  auto operator<=>(const Bitrate&) const = default;
};

/// Pixels.
struct Resolution {
  int width = 0;
  int height = 0;
  auto operator<=>(const Resolution&) const = default;
};

/// Frames a second, as the fraction that V4L2 and GStreamer use.
struct FrameRate {
  int numerator = 0;
  int denominator = 1;
  auto operator<=>(const FrameRate&) const = default;
  double perSecond() const { return denominator == 0 ? 0.0 : static_cast<double>(numerator) / denominator; }
};

/// A name that is a type of its own, so that a camera's id is never handed in for a session's.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string value_;
};

using CameraId = Id<struct CameraTag>;
using DeviceId = Id<struct DeviceTag>;
using AudioId = Id<struct AudioTag>;
using InputId = Id<struct InputTag>;
using OutputId = Id<struct OutputTag>;
using IceServerId = Id<struct IceServerTag>;

/// The id of a camera, a sound device, an input, an output, an ICE server or this device is 1 to 32 of a-z, 0-9 and
/// '-': it stands in URLs, MQTT topics and file names.
inline constexpr std::size_t kMaxNameIdLength = 32;
bool isNameId(std::string_view text);

/// The nearest valid id to a human name ("HD Pro Webcam" -> "hd-pro-webcam"); empty where nothing is left.
std::string toNameId(std::string_view name);

}  // namespace fanlight::base
