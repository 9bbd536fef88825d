// SPDX-License-Identifier: Apache-2.0
#include "webrtc/candidate_telling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::webrtc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kHost = "candidate:1 1 UDP 2015363327 10.0.0.2 50000 typ host";
constexpr const char* kHost6 = "candidate:2 1 UDP 2015363583 2001:db8::2 50002 typ host";
constexpr const char* kReflexive = "candidate:3 1 UDP 1679819007 192.0.2.7 50001 typ srflx raddr 10.0.0.2 rport 50000";
constexpr const char* kRelayed = "candidate:4 1 UDP 335544575 198.51.100.9 60000 typ relay raddr 192.0.2.7 rport 50001";

TEST(CandidateTelling, TellsWhatThereIs) {
  const CandidateTelling telling;
  for (const char* candidate : {kHost, kHost6, kReflexive, kRelayed, "", "what nobody knows"})
    EXPECT_THAT(telling.tell(candidate), ElementsAre(candidate));
}

TEST(CandidateTelling, AddsWhatIsForwardedToAnAddressOfOurs) {
  const CandidateTelling telling{{"192.0.2.1", "192.0.2.2", "2001:db8::1"}, false};
  EXPECT_THAT(
      telling.tell(kHost),
      ElementsAre(kHost, "candidate:advertised0for1 1 UDP 1679819007 192.0.2.1 50000 typ srflx raddr 0.0.0.0 rport 9",
                  "candidate:advertised1for1 1 UDP 1679818751 192.0.2.2 50000 typ srflx raddr 0.0.0.0 rport 9"));
  EXPECT_THAT(
      telling.tell(kHost6),
      ElementsAre(kHost6, "candidate:advertised2for2 1 UDP 1679818751 2001:db8::1 50002 typ srflx raddr :: rport 9"));
  EXPECT_THAT(telling.tell(kReflexive), ElementsAre(kReflexive)) << "its port is not the one that is forwarded";
  const char* ofTheLink = "candidate:1 1 UDP 1 fe80::2 50000 typ host";
  EXPECT_THAT(telling.tell(ofTheLink), ElementsAre(ofTheLink)) << "no router forwards there";
}

TEST(CandidateTelling, HidesAddressesOfTheNetworkThatWeAreIn) {
  const CandidateTelling telling{{}, true};
  EXPECT_THAT(telling.tell(kHost), IsEmpty());
  EXPECT_THAT(telling.tell("candidate:1 1 UDP 1 fd00::2 50000 typ host"), IsEmpty());
  EXPECT_THAT(telling.tell(kHost6), ElementsAre(kHost6)) << "which the internet knows";
  EXPECT_THAT(telling.tell(kReflexive),
              ElementsAre("candidate:3 1 UDP 1679819007 192.0.2.7 50001 typ srflx raddr 0.0.0.0 rport 9"));
  EXPECT_THAT(telling.tell(kRelayed), ElementsAre(kRelayed));
  EXPECT_THAT(telling.tell("candidate:5 1 UDP 1 100.64.3.4 50001 typ srflx raddr 10.0.0.2 rport 50000"), IsEmpty())
      << "of a carrier's network";
  EXPECT_THAT(telling.tell(""), ElementsAre("")) << "the end of candidates";
}

TEST(CandidateTelling, HidesAnAddressAndTellsWhereItIsForwardedFrom) {
  const CandidateTelling telling{{"192.0.2.1"}, true};
  EXPECT_THAT(
      telling.tell(kHost),
      ElementsAre("candidate:advertised0for1 1 UDP 1679819007 192.0.2.1 50000 typ srflx raddr 0.0.0.0 rport 9"));
}

}  // namespace
}  // namespace fanlight::webrtc
