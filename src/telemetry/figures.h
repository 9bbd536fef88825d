// SPDX-License-Identifier: Apache-2.0
// What pictures on their way are counted as, in plain values. Any thread. What is named as a count never falls while
// the process lives, whatever is restarted meanwhile.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace fanlight::telemetry {

using Count = std::uint64_t;
/// How often each thing of a closed list has happened, by its name; those that never did are in it, too.
using Counts = std::map<std::string, Count, std::less<>>;

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
  /// What came after `before`. A viewer may take back some of its losses; nothing is less than none.
  DeliveryFigures since(const DeliveryFigures& before) const;
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

}  // namespace fanlight::telemetry
