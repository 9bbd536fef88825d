// SPDX-License-Identifier: Apache-2.0
// What a person reads of a look at the network: what tests/network/doctor cannot bring about.
#include "app/ice_verdicts.h"

#include <gmock/gmock.h>

namespace fanlight::app {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Kind = ice::ProbeFailure::Kind;
using session::Finding;
using Verdict = Finding::Verdict;
using Outcomes = std::vector<std::pair<std::string, ice::ProbeOutcome>>;

const std::string kServer = "192.0.2.1";
const std::string kServer6 = "2001:db8::1";
const std::string kGlobal6 = "2a05:45::40";

ice::ProbeOutcome good() {
  return ice::Probed{std::chrono::milliseconds(12), {"203.0.113.7", 4444}, std::nullopt};
}

ice::ProbeOutcome bad(Kind kind, int code = 0) {
  return tl::unexpected(ice::ProbeFailure{kind, code, "what was seen"});
}

TriedUrl tried(const std::string& text, const Outcomes& outcomes, CredentialKind credential = CredentialKind::None) {
  const auto url = base::parseIceUrl(text).value();
  TriedUrl one{base::IceServerId("home"), text, url, credential, "", {}};
  for (const auto& [ip, outcome] : outcomes)
    one.attempts.push_back({{ip, url.port}, outcome});
  return one;
}

IceFacts factsOf(std::vector<TriedUrl> urls, std::vector<std::string> ownAddresses = {"10.0.0.2"}) {
  IceFacts facts;
  facts.urls = std::move(urls);
  facts.ownAddresses = std::move(ownAddresses);
  return facts;
}

/// Of one thing.
Finding finding(const std::string& what, const IceFacts& facts) {
  for (const Finding& one : judge(facts))
    if (one.what == what)
      return one;
  ADD_FAILURE() << "nothing is said of: " << what;
  return {};
}

Finding ofTurn(const ice::ProbeOutcome& outcome, CredentialKind credential = CredentialKind::Secret) {
  return finding("turn", factsOf({tried("turn:turn.example", {{kServer, outcome}}, credential)}));
}

TEST(IceVerdicts, AreOneLineWhereNoServerIsSetUp) {
  EXPECT_THAT(judge({}), ElementsAre(Field(&Finding::verdict, Verdict::Ok)));
}

TEST(IceVerdicts, NameTheServerThatCannotBeUsed) {
  IceFacts facts;
  facts.leftOut.push_back({base::IceServerId("home"), "there is no file '/x'", session::FindingCause::ServerFile});
  const auto findings = judge(facts);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, Verdict::Broken);
  EXPECT_EQ(findings[0].evidence, "'home' is not used: there is no file '/x'");
}

TEST(IceVerdicts, TellWhoseCredentialsToCompare) {
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 401), CredentialKind::Secret).advice, HasSubstr("'secret' differs"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 401), CredentialKind::Password).advice, HasSubstr("'password'"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 401), CredentialKind::Service).advice, HasSubstr("ask who runs it"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 401), CredentialKind::None).advice, HasSubstr("wants credentials"));
}

TEST(IceVerdicts, TellRefusalsApart) {
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 486)).evidence, HasSubstr("quota is used up (486)"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 508)).evidence, HasSubstr("no room for another relay (508)"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 403)).evidence, HasSubstr("forbids a relay (403)"));
  EXPECT_THAT(ofTurn(bad(Kind::Refused, 442)).evidence, HasSubstr("what was seen"));
  EXPECT_THAT(ofTurn(bad(Kind::Foreign)).advice, HasSubstr("another program listens there"));
  EXPECT_THAT(ofTurn(bad(Kind::NoWay)).advice, HasSubstr("no route"));
}

TEST(IceVerdicts, PassOverAFamilyThatTheDeviceLacks) {
  const auto url = tried("stun:stun.example", {{kServer6, bad(Kind::NoWay)}, {kServer, good()}});
  EXPECT_EQ(finding("stun", factsOf({url})).verdict, Verdict::Ok);
  EXPECT_EQ(finding("ipv6", factsOf({url})).evidence, "the device has IPv4 alone");
  const auto only6 = finding("stun", factsOf({tried("stun:stun.example", {{kServer6, bad(Kind::NoWay)}})}));
  EXPECT_EQ(only6.verdict, Verdict::Broken);
  EXPECT_THAT(only6.advice, HasSubstr("IPv4"));
}

TEST(IceVerdicts, TellThatIpv6LeadsNowhere) {
  const auto url = tried("stun:stun.example", {{kServer6, bad(Kind::Silent)}, {kServer, good()}});
  const auto facts = factsOf({url}, {"10.0.0.2", kGlobal6});
  EXPECT_EQ(finding("ipv6", facts).verdict, Verdict::Warning);
  EXPECT_EQ(finding("stun", facts).verdict, Verdict::Ok);
  const auto reached = tried("stun:stun.example", {{kServer6, good()}});
  EXPECT_EQ(finding("ipv6", factsOf({reached}, {kGlobal6})).verdict, Verdict::Ok);
}

TEST(IceVerdicts, TakeARejectionForNoProofThatUdpWorks) {
  const auto byUdp = tried("turn:turn.example", {{kServer, bad(Kind::Closed)}});
  const auto byTcp = tried("turn:turn.example:443?transport=tcp", {{kServer, good()}});
  const auto udp = finding("udp", factsOf({byUdp, byTcp}));
  EXPECT_EQ(udp.verdict, Verdict::Warning);
  EXPECT_THAT(udp.advice, StartsWith("pictures go by TURN over TCP"));
  EXPECT_EQ(finding("udp", factsOf({byUdp})).verdict, Verdict::Untried);
}

TEST(IceVerdicts, BlameNoUdpThatWasNotTried) {
  const auto byTcp = tried("turn:turn.example:443?transport=tcp", {{kServer, bad(Kind::Refused, 401)}});
  EXPECT_EQ(finding("udp", factsOf({byTcp})).verdict, Verdict::Untried);
  const auto silent = tried("stun:stun.example", {{kServer, bad(Kind::Silent)}});
  EXPECT_EQ(finding("udp", factsOf({silent})).evidence, "nothing answers: it may be the servers");
}

TEST(IceVerdicts, BlameNoNetworkForOneServerWithoutUdp) {
  const auto byUdp = tried("turn:turn.example", {{kServer, bad(Kind::Silent)}});
  const auto byTcp = tried("turn:turn.example:443?transport=tcp", {{kServer, good()}});
  const auto one = factsOf({byUdp, byTcp});
  EXPECT_THAT(finding("udp", one).evidence, HasSubstr("firewall of the one server"));
  EXPECT_THAT(finding("turn", one).advice, HasSubstr("this network's or its own"));
  const auto two = factsOf({byUdp, byTcp, tried("stun:stun.example", {{kServer, bad(Kind::Silent)}})});
  EXPECT_THAT(finding("udp", two).evidence, Not(HasSubstr("firewall")));
}

TEST(IceVerdicts, PassOverServersOfThisNetworkForTheKindOfNat) {
  auto facts = factsOf({tried("stun:stun.example", {{kServer, good()}})});
  const MappedPort here{{"192.168.1.2", 3478}, {"192.168.1.5", 5000}, {"192.168.1.5", 5000}};
  facts.mappings = {here};
  EXPECT_EQ(finding("nat", facts).verdict, Verdict::Untried);
  facts.mappings = {here, {{kServer, 3478}, {"192.168.1.5", 5000}, {"203.0.113.7", 5000}}};
  EXPECT_THAT(finding("nat", facts).evidence, HasSubstr("takes two servers"));
}

TEST(IceVerdicts, TellThatThereIsNoNat) {
  auto facts = factsOf({tried("stun:stun.example", {{kServer, good()}})});
  facts.mappings = {{{kServer, 3478}, {"203.0.113.7", 4444}, {"203.0.113.7", 4444}}};
  EXPECT_THAT(finding("nat", facts).evidence, StartsWith("none: "));
}

TEST(IceVerdicts, FindNoFaultInARouterThatMapsEachWayAnewWhereThereIsARelay) {
  auto facts = factsOf({tried("turn:turn.example", {{kServer, good()}}, CredentialKind::Secret)});
  facts.mappings = {{{kServer, 3478}, {"10.0.0.2", 5000}, {"203.0.113.7", 4444}},
                    {{"192.0.2.2", 3478}, {"10.0.0.2", 5000}, {"203.0.113.7", 4445}}};
  EXPECT_EQ(finding("nat", facts).verdict, Verdict::Ok);
  facts.urls = {tried("stun:stun.example", {{kServer, good()}})};
  EXPECT_EQ(finding("nat", facts).verdict, Verdict::Warning);
}

TEST(IceVerdicts, GiveAdviceForWhatIsBrokenAndNotForWhatIsFine) {
  for (const Kind kind : {Kind::NoWay, Kind::Closed, Kind::Silent, Kind::Refused, Kind::Foreign})
    EXPECT_THAT(ofTurn(bad(kind)).advice, Not(IsEmpty()));
  EXPECT_THAT(ofTurn(good()).advice, IsEmpty());
}

}  // namespace
}  // namespace fanlight::app
