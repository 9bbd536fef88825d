// SPDX-License-Identifier: Apache-2.0
// A socket to a STUN or TURN server, over which one question at a time is asked (RFC 8489). Blocks for seconds: for
// programs and threads that nobody waits for.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/address.h"
#include "base/file_descriptor.h"
#include "base/ice_url.h"
#include "base/result.h"

namespace fanlight::ice {

class StunSocket {
 public:
  /// With UDP: from the first packet to the last answer, with two repetitions between; with TCP as long.
  static constexpr std::chrono::milliseconds kPatience{3500};

  /// NotFound: there is no way. Unavailable: nobody listens there. Timeout: with TCP, nobody answers.
  static base::Result<StunSocket> connect(const base::Address& server, base::IceUrl::Transport transport);

  /// From now on to another server, from the same port. UDP alone.
  base::Result<> connectTo(const base::Address& server);
  /// Packets that are larger than a link carries are lost, as with most routers, rather than cut. UDP alone.
  base::Result<> forbidFragments();
  /// Where its packets come from.
  base::Result<base::Address> localAddress() const;
  int family() const { return family_; }

  /// The answer to `request`, by its transaction. Timeout: none came. NotFound, Unavailable: as connect(), as routers
  /// and the host itself say of packets that they refuse; or `request` is larger than this machine's own link carries.
  /// Unsupported: what comes over TCP is not STUN. `request` is a whole message.
  base::Result<std::vector<std::uint8_t>> ask(std::span<const std::uint8_t> request,
                                              std::chrono::milliseconds patience = kPatience);

 private:
  StunSocket(std::unique_ptr<base::FileDescriptor> socket, base::IceUrl::Transport transport, int family)
      : socket_(std::move(socket)), transport_(transport), family_(family) {}

  base::Result<> waitFor(short events, std::chrono::steady_clock::time_point until) const;
  base::Result<> send(std::span<const std::uint8_t> request);
  base::Result<> receive();
  /// None: it is not there yet.
  base::Result<std::optional<std::vector<std::uint8_t>>> takeAnswer(std::span<const std::uint8_t> request);

  std::unique_ptr<base::FileDescriptor> socket_;
  base::IceUrl::Transport transport_;
  int family_;
  std::vector<std::uint8_t> received_;  ///< and not taken yet
};

}  // namespace fanlight::ice
