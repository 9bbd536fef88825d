// SPDX-License-Identifier: Apache-2.0
#include "app/ice_verdicts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/address.h"

namespace fanlight::app {
namespace {

using Attempt = TriedUrl::Attempt;
using Kind = ice::ProbeFailure::Kind;
using Scheme = base::IceUrl::Scheme;
using Transport = base::IceUrl::Transport;
using session::Finding;
using session::FindingCause;
using Verdict = Finding::Verdict;

/// RFC 8489 14.8 and RFC 8656 19.
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kQuotaReached = 486;
constexpr int kNoCapacity = 508;

constexpr const char* kForward =
    "forward a range of UDP ports to the device ('ports' and 'advertise' of [ice]), or set up a TURN server";

std::string_view wordFor(const base::IceUrl& url) {
  return url.scheme == Scheme::Stun ? "stun" : "turn";
}

std::string_view wordFor(Transport transport) {
  return transport == Transport::Udp ? "UDP" : "TCP";
}

bool answers(const TriedUrl& tried) {
  return std::ranges::any_of(tried.attempts, [](const Attempt& one) { return one.outcome.has_value(); });
}

/// Somebody there has said something. That nothing listens may be said by a firewall as well.
bool isHeard(const TriedUrl& tried) {
  return std::ranges::any_of(tried.attempts, [](const Attempt& one) {
    return one.outcome || one.outcome.error().kind == Kind::Refused || one.outcome.error().kind == Kind::Foreign;
  });
}

/// Of all servers.
struct Overview {
  /// Those that were asked by one transport.
  struct ByTransport {
    std::set<std::string> hosts;
    bool isHeard = false;  ///< one of them
  };

  explicit Overview(const IceFacts& facts) {
    for (const TriedUrl& tried : facts.urls) {
      ByTransport& by = tried.url.transport == Transport::Udp ? udp : tcp;
      if (!tried.attempts.empty())
        by.hosts.insert(tried.url.host);
      by.isHeard = by.isHeard || isHeard(tried);
      relays = relays || (tried.url.scheme == Scheme::Turn && answers(tried));
    }
    hasIpv6 = std::ranges::any_of(
        facts.ownAddresses, [](const std::string& ip) { return base::isIpv6(ip) && !base::isPrivateAddress(ip); });
  }

  ByTransport udp;
  ByTransport tcp;
  bool relays = false;  ///< one relays for us
  bool hasIpv6 = false;
};

std::string describe(const ice::Probed& probed, const base::Address& server) {
  auto text = fmt::format("answers at {} after {} ms", base::toText(server), probed.after.count());
  if (probed.relayed)
    text += ", and relays from " + base::toText(*probed.relayed);
  return text;
}

FindingCause causeOf(CredentialKind refused) {
  switch (refused) {
    case CredentialKind::Secret:
      return FindingCause::SecretDiffers;
    case CredentialKind::Password:
      return FindingCause::PasswordRefused;
    case CredentialKind::Service:
      return FindingCause::ServiceCredentialsRefused;
    case CredentialKind::None:
      break;
  }
  return FindingCause::CredentialsMissing;
}

FindingCause causeOf(const TriedUrl& tried, const ice::ProbeFailure& failure) {
  switch (failure.kind) {
    case Kind::Refused:
      if (failure.code == kUnauthorized)
        return causeOf(tried.credential);
      if (failure.code == kForbidden)
        return FindingCause::RelayForbidden;
      if (failure.code == kQuotaReached || failure.code == kNoCapacity)
        return FindingCause::RelayFull;
      return FindingCause::Refused;
    case Kind::Closed:
      return FindingCause::Closed;
    case Kind::Foreign:
      return FindingCause::Foreign;
    case Kind::NoWay:
      return FindingCause::NoRoute;
    case Kind::Silent:
      break;
  }
  return FindingCause::Silent;
}

std::string adviceFor(FindingCause cause, const TriedUrl& tried, const Overview& overview) {
  switch (cause) {
    case FindingCause::SecretDiffers:
      return "'secret' differs from the server's ('static-auth-secret' of coturn), or one of the two clocks is wrong";
    case FindingCause::PasswordRefused:
      return "compare 'username' and the file of 'password' with what the server knows";
    case FindingCause::ServiceCredentialsRefused:
      return "the service hands out credentials that its server does not take: ask who runs it";
    case FindingCause::CredentialsMissing:
      return "the server wants credentials: set 'secret', or 'username' and 'password'";
    case FindingCause::RelayForbidden:
      return "the server's configuration forbids it: see its log";
    case FindingCause::RelayFull:
      return "it relays as much as it may: raise its quotas ('user-quota', 'total-quota' and 'bps-capacity' of coturn)";
    case FindingCause::Refused:
      return "see the server's log for what it says of this";
    case FindingCause::Closed:
      return fmt::format(
          "look whether the server runs and listens at port {} by {}, and whether a firewall rejects that",
          tried.url.port, wordFor(tried.url.transport));
    case FindingCause::Foreign:
      return "another program listens there: compare the port with the server's configuration";
    case FindingCause::NoRoute:
      return "the device has no route there: see 'ip route'";
    default:
      break;
  }
  const bool isUdpSilent = tried.url.transport == Transport::Udp && !overview.udp.isHeard;
  // More than one, and TCP goes through: what is said of UDP says all.
  if (isUdpSilent && overview.tcp.isHeard && overview.udp.hosts.size() > 1)
    return "";
  if (isUdpSilent && !overview.tcp.isHeard)
    return "the server is away, or no UDP leaves this network: what answers by TCP would tell";
  return fmt::format("the server is away, or a firewall drops {} to port {}, this network's or its own",
                     wordFor(tried.url.transport), tried.url.port);
}

std::string_view reasonOf(const ice::ProbeFailure& failure) {
  if (failure.kind != Kind::Refused)
    return failure.message;
  switch (failure.code) {
    case kUnauthorized:
      return "it refuses the credentials (401)";
    case kForbidden:
      return "it forbids a relay (403)";
    case kQuotaReached:
      return "this user's quota is used up (486)";
    case kNoCapacity:
      return "it has no room for another relay (508)";
    default:
      return failure.message;
  }
}

Finding judge(const TriedUrl& tried, const Overview& overview) {
  const auto named = [&tried](std::string_view said) {
    return fmt::format("'{}' {}: {}", tried.server.value(), tried.text, said);
  };
  Finding finding{Verdict::Ok, std::string(wordFor(tried.url)), "", ""};
  if (!tried.unresolved.empty()) {
    finding.verdict = Verdict::Broken;
    finding.evidence = named(fmt::format("its name has no address: {}", tried.unresolved));
    finding.cause = FindingCause::NameUnknown;
    finding.advice = "compare the name in 'urls' with the server's; if others have none either, see /etc/resolv.conf";
    return finding;
  }
  if (tried.attempts.empty()) {
    finding.verdict = Verdict::Untried;
    finding.cause = FindingCause::BrowsersOnly;
    finding.evidence = named("for browsers alone; the device does not speak TLS to a TURN server");
    return finding;
  }
  std::vector<std::string> good;
  std::vector<std::string> bad;
  const ice::ProbeFailure* why = nullptr;
  for (const auto& [server, outcome] : tried.attempts) {
    if (outcome) {
      good.push_back(describe(*outcome, server));
    } else if (!base::isIpv6(server.ip) || overview.hasIpv6) {
      // The one that says most: a refusal before silence.
      why = !why || outcome.error().kind == Kind::Refused ? &outcome.error() : why;
      bad.push_back(fmt::format("{} from {}", reasonOf(outcome.error()), base::toText(server)));
    }
  }
  if (good.empty() && !why) {
    finding.verdict = Verdict::Broken;
    finding.cause = FindingCause::Ipv6Only;
    finding.evidence = named("it has addresses of IPv6 alone, and this device none");
    finding.advice = "use a server that has an address of IPv4";
    return finding;
  }
  finding.evidence = named(fmt::format("{}", fmt::join(good.empty() ? bad : good, "; ")));
  if (!good.empty())
    return finding;
  finding.verdict = Verdict::Broken;
  finding.cause = causeOf(tried, *why);
  finding.advice = adviceFor(*finding.cause, tried, overview);
  return finding;
}

Finding ofLeftOut(const IceFacts::LeftOut& leftOut) {
  Finding finding{Verdict::Broken, "servers", fmt::format("'{}' is not used: {}", leftOut.server.value(), leftOut.why),
                  "", leftOut.cause};
  if (leftOut.cause == FindingCause::ServerFile)
    finding.advice =
        "the file must be there and be readable by who runs this; what systemd hands to the service nobody else sees";
  else if (leftOut.cause == FindingCause::ServerService)
    finding.advice = "compare 'service' and 'service_token' with what its operator told you";
  else
    finding.advice = "see 'time'";
  return finding;
}

Finding ofUdp(const Overview& overview) {
  const auto& [udp, tcp, relays, hasIpv6] = overview;
  if (udp.hosts.empty())
    return {Verdict::Untried, "udp", "no server is asked by it", "", FindingCause::UdpUnasked};
  if (udp.isHeard)
    return {Verdict::Ok, "udp", "it goes out and comes back", ""};
  if (!tcp.isHeard)
    return {Verdict::Untried, "udp",
            tcp.hosts.empty() ? "nothing answers: it may be the servers" : "nothing answers, by TCP neither", "",
            FindingCause::UdpUnknown};
  auto evidence = fmt::format("nothing answers by it, and by TCP there are answers{}",
                              udp.hosts.size() > 1 ? "" : "; it may be the firewall of the one server that was asked");
  if (relays)
    return {Verdict::Warning, "udp", std::move(evidence),
            "pictures go by TURN over TCP, later than they could: let UDP out of this network",
            FindingCause::UdpRelayed};
  return {Verdict::Warning, "udp", std::move(evidence),
          "let UDP out of this network, or set up TURN by TCP ('turn:HOST:443?transport=tcp')",
          FindingCause::UdpBlocked};
}

/// Not those of servers on this very network, which see no router.
std::vector<MappedPort> mappedOutside(const IceFacts& facts) {
  std::vector<MappedPort> outside;
  std::ranges::copy_if(facts.mappings, std::back_inserter(outside), [](const MappedPort& one) {
    return !base::isPrivateAddress(one.mapped.ip) || !base::isPrivateAddress(one.local.ip);
  });
  return outside;
}

/// RFC 4787 4.1.
Finding ofNat(const IceFacts& facts, const Overview& overview) {
  const auto mappings = mappedOutside(facts);
  if (mappings.empty())
    return {Verdict::Untried, "nat", "no server outside of this network answers a STUN request", "",
            FindingCause::NatUnknown};
  const MappedPort& first = mappings.front();
  if (first.local.ip == first.mapped.ip)
    return {Verdict::Ok, "nat", fmt::format("none: the device itself has the address {}", first.local.ip), ""};
  const auto seen = fmt::format("{} of the device is {}", base::toText(first.local), base::toText(first.mapped));
  if (mappings.size() == 1)
    return {Verdict::Ok, "nat", seen + " outside; which kind it is takes two servers of different addresses to tell",
            ""};
  const bool isAlike =
      std::ranges::all_of(mappings, [&first](const MappedPort& one) { return one.mapped == first.mapped; });
  if (isAlike)
    return {Verdict::Ok, "nat", seen + " for all outside (endpoint-independent mapping)", ""};
  auto evidence = fmt::format("{} for one server and {} for another (address-dependent mapping)", seen,
                              base::toText(mappings[1].mapped));
  if (overview.relays)
    return {Verdict::Ok, "nat", evidence + ": TURN relays for who is behind such a router, too", ""};
  return {Verdict::Warning, "nat", evidence + ": viewers on mobile networks and behind such routers find no way",
          kForward, FindingCause::NatDependent};
}

Finding ofMtu(const IceFacts& facts) {
  if (!facts.largestPacket)
    return {Verdict::Untried, "mtu", "no server answers a STUN request that is made larger", "",
            FindingCause::MtuUnknown};
  const std::size_t bytes = *facts.largestPacket;
  if (bytes >= kNeededPacket)
    return {Verdict::Ok, "mtu", fmt::format("packets of {} bytes arrive; {} are needed", bytes, kNeededPacket), ""};
  return {Verdict::Broken, "mtu",
          fmt::format("packets of {} bytes arrive, and none of the {} that pictures need", bytes, kNeededPacket),
          "raise the MTU of the tunnel or line in between, to 1280 at least", FindingCause::MtuSmall};
}

Finding ofIpv6(const IceFacts& facts, const Overview& overview) {
  if (!overview.hasIpv6)
    return {Verdict::Ok, "ipv6", "the device has IPv4 alone", ""};
  bool isTried = false;
  for (const TriedUrl& tried : facts.urls)
    for (const auto& [server, outcome] : tried.attempts) {
      if (!base::isIpv6(server.ip))
        continue;
      isTried = true;
      if (outcome || outcome.error().kind == Kind::Refused)
        return {Verdict::Ok, "ipv6", fmt::format("{} is reached by it", base::toText(server)), ""};
    }
  if (!isTried)
    return {Verdict::Untried, "ipv6", "the device has an address, and no server has one", "",
            FindingCause::Ipv6Untried};
  return {Verdict::Warning, "ipv6", "the device has an address, and nothing answers by it",
          "ask whoever runs this network: who tries IPv6 first waits for nothing", FindingCause::Ipv6Broken};
}

}  // namespace

session::Findings judge(const IceFacts& facts) {
  if (facts.urls.empty() && facts.leftOut.empty())
    return {{Verdict::Ok, "servers", "no STUN or TURN server is set up: for this network, a VPN or a forwarded port",
             "to be reached from elsewhere, see [[ice_server]]", FindingCause::NoServers}};
  const Overview overview(facts);
  session::Findings findings;
  for (const IceFacts::LeftOut& leftOut : facts.leftOut)
    findings.push_back(ofLeftOut(leftOut));
  for (const TriedUrl& tried : facts.urls)
    findings.push_back(judge(tried, overview));
  if (facts.urls.empty())
    return findings;
  findings.push_back(ofUdp(overview));
  findings.push_back(ofNat(facts, overview));
  findings.push_back(ofMtu(facts));
  findings.push_back(ofIpv6(facts, overview));
  return findings;
}

}  // namespace fanlight::app
