// SPDX-License-Identifier: Apache-2.0
// Why the core said no to a viewer: a closed list, which each transport maps to its own words.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace fanlight::session {

enum class RefusalCode {
  BadOffer,          ///< not SDP, or SDP that breaks a limit
  UnsupportedOffer,  ///< SDP with nothing that this device can send
  UnknownCamera,
  UnknownSession,
  SessionExists,  ///< a second offer in one session
  TooManyCandidates,
  Busy,          ///< a limit of viewers is reached
  Unauthorized,  ///< no token came, or not one of this device's
  Expired,
  Revoked,
  NotYet,        ///< a token that will be good later
  ClockUnset,    ///< a token that ends, while the device does not know what time it is
  TooManyTries,  ///< with wrong ones, from one source
  WrongCode,     ///< for pairing
  NoPairing,     ///< the device has an owner, or shows no code any more
  BadCommand,    ///< a command with arguments that make no sense
  Forbidden,     ///< the grant lacks the right, or the camera
  Internal,
};

struct Refusal {
  RefusalCode code = RefusalCode::Internal;
  std::string message;  ///< for a person; what failed, the thing in quotes, what happens next
};

/// What the core answers a viewer with.
template <class T>
using Answered = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(RefusalCode code, std::string message) {
  return tl::unexpected<Refusal>(Refusal{code, std::move(message)});
}

}  // namespace fanlight::session
