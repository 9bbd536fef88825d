// SPDX-License-Identifier: Apache-2.0
// The configuration as values; each folder takes its section. What is not set has the value that it has here; ranges
// and meanings are in declarations.cpp. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/address.h"
#include "base/log.h"
#include "base/values.h"

namespace fanlight::config {

struct Device {
  base::DeviceId id{"fanlight"};  ///< set from the host's name
  std::string name;               ///< set from the id
  std::string sysfsRoot = "/sys";
};

struct Http {
  std::vector<base::Address> listen{{"127.0.0.1", 8080}};
  std::vector<base::Address> tlsListen;
  std::string certificate;  ///< a file; empty: the device's own
  std::string key;
  std::vector<std::string> hosts;           ///< lower case
  std::vector<std::string> origins;         ///< "https://home.example:8123", lower case
  std::vector<std::string> trustedProxies;  ///< addresses, as inet_ntop(3) writes them
  int connections = 128;
  int connectionsPerAddress = 16;
};

struct Access {
  std::vector<std::string> fleetKeys;  ///< PEM of P-256 public keys, whose tokens count here
};

struct Limits {
  int viewers = 25;
  int viewersPerCamera = 25;  ///< set from `viewers`
  int viewersPerSource = 16;
};

struct Log {
  base::LogLevel level = base::LogLevel::Info;
};

enum class SourceKind {
  Auto,  ///< a camera that is there; never the test picture
  V4l2,
  Libcamera,
  File,
  Test,
};

/// As it is written: a camera's own names, and values that only it can judge.
using ControlValue = std::variant<bool, std::int64_t, double, std::string>;
using Controls = std::map<std::string, ControlValue, std::less<>>;

struct Camera {
  base::CameraId id;
  std::string name;  ///< set from the id
  SourceKind source = SourceKind::Auto;
  std::string device;  ///< below /dev/, or libcamera's id; empty: any
  /// Not a setting: which one it is, where it was found rather than configured; `device` is empty then.
  std::string foundAs;
  std::string file;  ///< of source 'file'
  std::string pattern = "bars";
  int width = 1280;
  int height = 720;
  base::FrameRate frameRate{30, 1};
  int minFrameRate = 10;
  int rotate = 0;  ///< degrees clockwise: 0, 90, 180 or 270
  bool mirror = false;
  base::Bitrate bitrate{2'000'000};
  std::chrono::milliseconds keyframeInterval = std::chrono::seconds(10);
  std::chrono::milliseconds frozenAfter = std::chrono::seconds(30);  ///< zero: never
  std::string encoder = "auto";
  Controls controls;

  base::Resolution resolution() const { return {width, height}; }
};

/// `cameras` in the order in which the files name them; none: whatever is found.
struct Settings {
  Device device;
  Http http;
  Access access;
  Limits limits;
  Log log;
  std::vector<Camera> cameras;
};

}  // namespace fanlight::config
