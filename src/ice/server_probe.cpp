// SPDX-License-Identifier: Apache-2.0
// By libnice's STUN library, which the daemon's own ICE uses as well.
#include "ice/server_probe.h"

#include <array>

#include <fmt/format.h>
#include <stun/stunagent.h>
#include <stun/usages/bind.h>
#include <stun/usages/turn.h>

#include "ice/socket_address.h"

namespace fanlight::ice {
namespace {

using Kind = ProbeFailure::Kind;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMaxRequestBytes = 2048;
constexpr std::size_t kIpv4AndUdpBytes = 28;
constexpr std::size_t kIpv6AndUdpBytes = 48;
constexpr std::size_t kAttributeHeaderBytes = 4;
/// Comprehension-optional and without a meaning (RFC 8489 18.3), so that servers pass it over.
constexpr auto kFiller = static_cast<StunAttribute>(0xFFFE);
constexpr std::int32_t kLifetimeSeconds = 60;
constexpr int kUnauthorized = 401;
constexpr int kStaleNonce = 438;
constexpr StunUsageTurnCompatibility kTurn = STUN_USAGE_TURN_COMPATIBILITY_RFC5766;

tl::unexpected<ProbeFailure> foreign() {
  return tl::unexpected(ProbeFailure{Kind::Foreign, 0, "what answers there does not speak STUN"});
}

/// An agent that knows the attributes of STUN and TURN.
class Agent {
 public:
  explicit Agent(int flags) {
    stun_agent_init(&agent_, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                    static_cast<StunAgentUsageFlags>(flags));
  }

  StunAgent* get() { return &agent_; }

  /// Of a request of this agent's. `answer` outlives what is read.
  tl::expected<StunMessage, ProbeFailure> read(Bytes& answer) {
    StunMessage message{};
    const auto status =
        stun_agent_validate(&agent_, &message, answer.data(), answer.size(), stun_agent_default_validater, nullptr);
    switch (status) {
      case STUN_VALIDATION_SUCCESS:
      case STUN_VALIDATION_UNKNOWN_ATTRIBUTE:
        return message;
      case STUN_VALIDATION_UNAUTHORIZED:
      case STUN_VALIDATION_UNAUTHORIZED_BAD_REQUEST:
        // Who refuses has no key in common with us.
        if (stun_message_get_class(&message) == STUN_ERROR)
          return message;
        return tl::unexpected(
            ProbeFailure{Kind::Foreign, 0, "its answer is not signed with the credentials that it was shown"});
      default:
        return foreign();
    }
  }

 private:
  StunAgent agent_{};
};

struct Request {
  std::array<std::uint8_t, kMaxRequestBytes> bytes{};
  StunMessage message{};
  std::size_t size = 0;

  std::span<const std::uint8_t> view() const { return std::span(bytes).first(size); }
};

int codeIn(const StunMessage& refusal) {
  int code = 0;
  stun_message_find_error(&refusal, &code);
  return code;
}

tl::unexpected<ProbeFailure> refused(int code) {
  return tl::unexpected(ProbeFailure{Kind::Refused, code, fmt::format("it answers with error {}", code)});
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point began) {
  return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
}

void fill(Request& request, int family, std::size_t packetBytes) {
  const std::size_t used = (family == AF_INET ? kIpv4AndUdpBytes : kIpv6AndUdpBytes) +
                           stun_message_length(&request.message) + kAttributeHeaderBytes;
  if (packetBytes <= used)
    return;
  const Bytes filler(packetBytes - used);
  stun_message_append_bytes(&request.message, kFiller, filler.data(), filler.size());
}

class TurnProbe {
 public:
  TurnProbe(StunSocket& socket, const TurnUser& user)
      : socket_(socket), username_(user.username.begin(), user.username.end()) {
    const std::string& password = user.password.reveal();
    password_.assign(password.begin(), password.end());
  }

  ProbeOutcome run() {
    // Without credentials, with them, and once more where the server's nonce has just ended.
    for (int tries = 0;; ++tries) {
      const auto began = std::chrono::steady_clock::now();
      const Request request = allocation();
      if (request.size == 0)
        return tl::unexpected(ProbeFailure{Kind::Foreign, 0, "the realm or nonce that it asks to see is too long"});
      auto asked = socket_.ask(request.view());
      if (!asked)
        return tl::unexpected(failureOf(asked.error()));
      auto answer = agent_.read(*asked);
      if (!answer)
        return tl::unexpected(answer.error());
      if (stun_message_get_class(&*answer) != STUN_ERROR)
        return take(*answer, since(began));
      const int code = codeIn(*answer);
      const bool isChallenge = (code == kUnauthorized && tries == 0) || (code == kStaleNonce && tries == 1);
      if (!isChallenge)
        return refused(code);
      challenge_ = *answer;
      challengeBytes_ = std::move(*asked);
    }
  }

 private:
  Request allocation() {
    Request request;
    StunMessage* challenge = challenge_ ? &*challenge_ : nullptr;
    std::uint8_t* password = challenge_ ? password_.data() : nullptr;
    request.size =
        stun_usage_turn_create(agent_.get(), &request.message, request.bytes.data(), request.bytes.size(), challenge,
                               STUN_USAGE_TURN_REQUEST_PORT_NORMAL, -1, kLifetimeSeconds, username_.data(),
                               username_.size(), password, password ? password_.size() : 0, kTurn);
    return request;
  }

  ProbeOutcome take(StunMessage& answer, std::chrono::milliseconds after) {
    sockaddr_storage relayed{};
    sockaddr_storage mapped{};
    sockaddr_storage other{};
    socklen_t relayedLength = sizeof relayed;
    socklen_t mappedLength = sizeof mapped;
    socklen_t otherLength = sizeof other;
    std::uint32_t bandwidth = 0;
    std::uint32_t lifetime = 0;
    const auto what = stun_usage_turn_process(&answer, &relayed, &relayedLength, &mapped, &mappedLength, &other,
                                              &otherLength, &bandwidth, &lifetime, kTurn);
    if (what != STUN_USAGE_TURN_RETURN_MAPPED_SUCCESS && what != STUN_USAGE_TURN_RETURN_RELAY_SUCCESS)
      return foreign();
    giveBack();
    return Probed{after, toAddress(mapped), toAddress(relayed)};
  }

  /// Whether that works is nobody's concern: it ends by itself within a minute.
  void giveBack() {
    Request request;
    request.size = stun_usage_turn_create_refresh(
        agent_.get(), &request.message, request.bytes.data(), request.bytes.size(), challenge_ ? &*challenge_ : nullptr,
        0, username_.data(), username_.size(), password_.data(), password_.size(), kTurn);
    if (request.size > 0)
      static_cast<void>(socket_.ask(request.view()));
  }

  StunSocket& socket_;
  Agent agent_{STUN_AGENT_USAGE_LONG_TERM_CREDENTIALS};
  Bytes username_;
  Bytes password_;
  /// The realm and nonce that the server wants to see, in what it sent.
  std::optional<StunMessage> challenge_;
  Bytes challengeBytes_;
};

}  // namespace

ProbeFailure failureOf(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::Timeout:
      return {Kind::Silent, 0, "no answer"};
    case base::ErrorCode::NotFound:
      return {Kind::NoWay, 0, error.message};
    case base::ErrorCode::Unsupported:
      return {Kind::Foreign, 0, error.message};
    default:
      return {Kind::Closed, 0, error.message};
  }
}

ProbeOutcome probeStun(StunSocket& socket, std::size_t packetBytes, std::chrono::milliseconds patience) {
  Agent agent(0);
  Request request;
  stun_agent_init_request(agent.get(), &request.message, request.bytes.data(), request.bytes.size(), STUN_BINDING);
  fill(request, socket.family(), packetBytes);
  request.size = stun_agent_finish_message(agent.get(), &request.message, nullptr, 0);
  const auto began = std::chrono::steady_clock::now();
  auto asked = socket.ask(request.view(), patience);
  if (!asked)
    return tl::unexpected(failureOf(asked.error()));
  auto answer = agent.read(*asked);
  if (!answer)
    return tl::unexpected(answer.error());
  if (stun_message_get_class(&*answer) == STUN_ERROR)
    return refused(codeIn(*answer));
  sockaddr_storage mapped{};
  sockaddr_storage other{};
  socklen_t mappedLength = sizeof mapped;
  socklen_t otherLength = sizeof other;
  const auto what = stun_usage_bind_process(&*answer, reinterpret_cast<sockaddr*>(&mapped), &mappedLength,
                                            reinterpret_cast<sockaddr*>(&other), &otherLength);
  if (what != STUN_USAGE_BIND_RETURN_SUCCESS)
    return foreign();
  return Probed{since(began), toAddress(mapped), std::nullopt};
}

ProbeOutcome probeTurn(const base::Address& server, base::IceUrl::Transport transport, const TurnUser& user) {
  auto socket = StunSocket::connect(server, transport);
  if (!socket)
    return tl::unexpected(failureOf(socket.error()));
  return TurnProbe(*socket, user).run();
}

}  // namespace fanlight::ice
