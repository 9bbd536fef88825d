// SPDX-License-Identifier: Apache-2.0
// The figures of the whole device, in plain values: each filled by the part that knows it, read by whatever tells them
// to others. Any thread, but for the source.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/values.h"
#include "telemetry/figures.h"

namespace fanlight::telemetry {

/// One word of a closed list.
struct Choice {
  std::span<const std::string_view> of;  ///< for as long as the program runs
  std::string_view is;
};

struct ViewerFigures {
  std::string session;  ///< as the log names it: enough to follow it, too little to end it; no two have the same
  base::CameraId camera;
  Choice state;
  base::Duration age{};
  PeerFigures peer;
};

struct CameraFigures {
  base::CameraId id;
  Choice state;
  base::Resolution resolution;  ///< and rate: what it gives, or was asked for where it has not started yet
  base::FrameRate frameRate;
  EncodeFigures encode;
  std::string encoder;                 ///< "x264enc"; empty: nothing encodes, or it has not run yet
  std::string encoderKind;             ///< "software"; empty: it has not run yet
  std::optional<double> encoderCores;  ///< CPU time over time, as last measured
  std::optional<base::Duration> sinceLastFrame;
  Count starts = 0;       ///< of its pipeline, wanted ones and restarts
  Counts restarts;        ///< because of a fault, by what was started anew: "encoder", "pipeline"
  bool isFrozen = false;  ///< it gives one picture again and again
  double paceRatio = 1;   ///< of its pictures a second; less while the board is spared
  Count sessions = 0;     ///< that were let in
  DeliveryFigures sent;   ///< to all its viewers, those that have left among them
};

struct ProcessFigures {
  std::chrono::duration<double> cpu{};        ///< user and system, of all threads
  std::chrono::duration<double> startedAt{};  ///< since 1970, by the wall clock
  std::uint64_t residentBytes = 0;
  std::uint64_t virtualBytes = 0;
  std::uint64_t threads = 0;
  std::uint64_t descriptors = 0;
  std::uint64_t maxDescriptors = 0;
};

struct SensorFigures {
  std::string name;
  double celsius = 0;
};

struct DeviceFigures {
  std::string version;
  std::optional<ProcessFigures> process;
  std::vector<CameraFigures> cameras;
  std::vector<ViewerFigures> viewers;  ///< that are there now
  Counts refusals;                     ///< of sessions, by reason
  Counts ends;                         ///< of sessions, by reason
  Counts restarts;  ///< that were left to others, since the machine started; empty: nobody counts them
  /// What may fail around the daemon, by the name of the event with which it begins.
  std::map<std::string, bool, std::less<>> troubles;
  std::vector<SensorFigures> temperatures;  ///< empty: nobody measures here
  int connections = 0;                      ///< to the HTTP listeners
  struct Broker {
    bool isConnected = false;
    Counts refusals;  ///< of messages to the device, by reason
  };
  std::optional<Broker> broker;  ///< none: there is none
};

/// Where those who tell the figures get them. Main thread; blocks for nobody.
class Source {
 public:
  virtual ~Source() = default;
  virtual DeviceFigures figures() const = 0;
};

}  // namespace fanlight::telemetry
