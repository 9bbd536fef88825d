// SPDX-License-Identifier: Apache-2.0
// The messages between viewer and device, as values. Field names on the wire are W3C's; see codec.h. Any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "session/access.h"
#include "session/catalogue.h"
#include "session/command.h"
#include "session/device_troubles.h"
#include "session/ice_servers.h"
#include "session/outputs.h"
#include "session/peer.h"
#include "session/rings.h"
#include "session/session.h"

namespace fanlight::signaling {

/// Limits of what comes in, the same on every transport; `welcome` tells them.
inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;
inline constexpr std::size_t kMaxSdpBytes = 48 * 1024;
inline constexpr std::size_t kMaxCandidateBytes = 2 * 1024;
inline constexpr int kMaxSessionsPerChannel = 16;

struct DeviceInfo {
  base::DeviceId id;
  std::string name;
  std::string version;
};

/// A closed list; the names on the wire are in names.cpp.
enum class ErrorCode {
  BadMessage,
  UnknownType,
  OutOfOrder,
  TooLarge,
  TooManyCandidates,
  RateLimited,
  Unauthorized,
  Expired,
  Revoked,
  NotYet,
  ClockUnset,
  WrongCode,
  NoPairing,
  BadCommand,
  Forbidden,
  UnknownCamera,
  UnknownSession,
  SessionExists,
  Busy,
  UnsupportedOffer,
  BadOffer,
  UnknownCommand,
  Internal,
};

// viewer → device

struct Hello {
  base::Secret token;  ///< empty: none
};
struct OfferMessage {
  session::SessionId session;
  base::CameraId camera;
  std::string sdp;
  std::optional<session::SessionId> replaces;
};
struct CandidateMessage {  // both ways
  session::SessionId session;
  session::IceCandidate candidate;
};
struct CommandError {
  ErrorCode code;
  std::string message;
};
struct CommandMessage {
  std::string id;
  std::string name;
  tl::expected<session::Command, CommandError> command;  ///< the error: why it cannot be carried out
};
struct ByeFromViewer {
  session::SessionId session;
  std::string reason;  ///< in the viewer's words, for the log
};
using FromViewer = std::variant<Hello, OfferMessage, CandidateMessage, CommandMessage, ByeFromViewer>;

// device → viewer

/// Somebody rings, or has been answered.
struct RingMessage {
  session::Ring ring;
  base::Duration age{};
};
struct Welcome {
  DeviceInfo device;
  std::vector<session::CameraInfo> cameras;
  std::set<session::Right> rights;
  std::vector<session::IceServer> iceServers;
  session::DeviceTroubles::Set troubles;     ///< none for who may do nothing about them
  std::vector<RingMessage> rings;            ///< those that wait for an answer
  std::vector<session::OutputInfo> outputs;  ///< those that the viewer may open
};
/// Takes the place of those of `welcome`, before their credentials end.
struct IceMessage {
  std::vector<session::IceServer> iceServers;
};
struct DeviceMessage {
  session::DeviceTroubles::Set troubles;  ///< all that there are now
};
struct AnswerMessage {
  session::SessionId session;
  std::string sdp;
};
struct CameraStateMessage {
  base::CameraId camera;
  session::CameraState state;
  std::string reason;
  std::optional<session::EncoderInfo> encoder;
  std::optional<session::AwayCause> cause;
  std::optional<session::SlowedBy> slowed;
  bool isFrozen = false;
  std::optional<session::AudioInfo> audio;
};
struct SessionStateMessage {
  session::SessionId session;
  base::CameraId camera;
  session::SessionState state;
};
/// Of what the viewer did not ask for just now; see session::Floor.
struct TalkMessage {
  session::Floor::Change change;
};
struct Outcome {
  std::string command;  ///< the id of the command
  tl::expected<session::CommandValue, CommandError> result;
};
struct ByeFromDevice {
  session::SessionId session;
  session::EndReason reason;
};
struct ErrorMessage {
  std::optional<session::SessionId> session;
  ErrorCode code;
  std::string message;
};
using ToViewer = std::variant<Welcome, IceMessage, DeviceMessage, AnswerMessage, CandidateMessage, CameraStateMessage,
                              SessionStateMessage, TalkMessage, RingMessage, Outcome, ByeFromDevice, ErrorMessage>;

}  // namespace fanlight::signaling
