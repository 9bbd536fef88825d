// SPDX-License-Identifier: Apache-2.0
// Asks STUN and TURN servers what ICE would ask them, and says what they answer, which libnice itself tells nobody.
// Blocks, as StunSocket.
#pragma once

#include <cstddef>
#include <optional>

#include "base/secret.h"
#include "ice/stun_socket.h"

namespace fanlight::ice {

struct Probed {
  std::chrono::milliseconds after{};     ///< from the last request to its answer
  base::Address mapped;                  ///< where the server sees us
  std::optional<base::Address> relayed;  ///< TURN: where it would have sent for us
};

struct ProbeFailure {
  enum class Kind {
    NoWay,    ///< this machine has none there
    Closed,   ///< nobody listens there, or who does hangs up
    Silent,   ///< no answer
    Refused,  ///< by `code`
    Foreign,  ///< it does not speak the protocol, or not as it should
  };
  Kind kind = Kind::Silent;
  int code = 0;         ///< RFC 8489 and 8656's ERROR-CODE
  std::string message;  ///< for a person
};

using ProbeOutcome = tl::expected<Probed, ProbeFailure>;

/// A binding request, over UDP in one packet of that many bytes with its headers. Smaller than 100: as small as it is.
ProbeOutcome probeStun(StunSocket& socket, std::size_t packetBytes = 0,
                       std::chrono::milliseconds patience = StunSocket::kPatience);

struct TurnUser {
  std::string username;
  base::Secret password;
};

/// An allocation, which is given back.
ProbeOutcome probeTurn(const base::Address& server, base::IceUrl::Transport transport, const TurnUser& user);

/// What StunSocket says, as a failure to be told.
ProbeFailure failureOf(const base::Error& error);

}  // namespace fanlight::ice
