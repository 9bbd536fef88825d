// SPDX-License-Identifier: Apache-2.0
// What the device counts and measures, as plain values: filled by the part that knows, read by whatever tells it to
// others. Any thread. What is named as a count never falls while the process lives, whatever is restarted meanwhile.
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

namespace fanlight::telemetry {

using Count = std::uint64_t;
/// How often each thing of a closed list has happened, by its name; those that never did are in it, too.
using Counts = std::map<std::string, Count, std::less<>>;

/// One word of a closed list.
struct Choice {
  std::span<const std::string_view> of;  ///< for as long as the program runs
  std::string_view is;
};

/// What one encode of a camera made.
struct EncodeFigures {
  Count frames = 0;
  Count bytes = 0;  ///< of H.264
  Count keyFrames = 0;
  Count lateFrames = 0;  ///< raw ones, dropped because the encoder was still busy
  /// Who wanted a key frame: one who joins or changes over, one who asked by PLI or FIR, one whose queue overflowed.
  Count joins = 0;
  Count asks = 0;
  Count overflows = 0;
  Count encoderAsks = 0;  ///< how often the encoder was asked, for all of those together
};

/// What was sent to one viewer, or to many.
struct DeliveryFigures {
  Count frames = 0;
  Count bytes = 0;          ///< of H.264, without what RTP and SRTP add
  Count droppedFrames = 0;  ///< from where its queue was full to the next key frame
  Count packets = 0;        ///< as of the last sender report, seconds ago at most
  Count lostPackets = 0;    ///< as of the viewer's last receiver report
  Count resentPackets = 0;
  Count nacks = 0;  ///< messages, each of which may name several packets
  Count plis = 0;
  Count firs = 0;

  DeliveryFigures& operator+=(const DeliveryFigures& other);
};

/// The pair of candidates that ICE has chosen, in RFC 8445's words: host, srflx, prflx, relay.
struct Path {
  std::string_view local;
  std::string_view remote;
  std::string_view protocol;  ///< udp, tcp
  bool operator==(const Path&) const = default;
};

/// What the viewer's own reports say of the way to it; none: it has not reported yet.
struct WayFigures {
  std::optional<base::Duration> roundTrip;
  std::optional<base::Duration> jitter;  ///< of arrival (RFC 3550, 6.4.1)
  std::optional<double> lossRatio;       ///< between its last two reports
  std::optional<Path> path;
};

struct PeerFigures {
  DeliveryFigures sent;
  WayFigures way;
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
};

/// Where those who tell the figures get them. Main thread; blocks for nobody.
class Source {
 public:
  virtual ~Source() = default;
  virtual DeviceFigures figures() const = 0;
};

}  // namespace fanlight::telemetry
