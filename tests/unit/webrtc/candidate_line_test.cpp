// SPDX-License-Identifier: Apache-2.0
#include "webrtc/candidate_line.h"

#include <gtest/gtest.h>

namespace fanlight::webrtc {
namespace {

constexpr const char* kReflexive = "candidate:2 1 udp 1694498815 192.0.2.7 50001 typ srflx raddr 10.0.0.2 rport 50000";

TEST(CandidateLine, IsTakenApart) {
  EXPECT_EQ(parseCandidateLine(kReflexive),
            (CandidateLine{"2", "1", "udp", "1694498815", "192.0.2.7", "50001", "srflx", "10.0.0.2", "50000", ""}));
  EXPECT_EQ(parseCandidateLine("a=candidate:1 1 UDP 1 2001:db8::7 9 typ host generation 0 ufrag abcd"),
            (CandidateLine{"1", "1", "UDP", "1", "2001:db8::7", "9", "host", "", "", "generation 0 ufrag abcd"}));
}

TEST(CandidateLine, IsWrittenAsItWasRead) {
  for (const std::string& text :
       {std::string(kReflexive), std::string(kReflexive) + " generation 0",
        std::string("candidate:1 1 tcp 1 192.0.2.7 9 typ host tcptype active generation 0 network-cost 999")})
    EXPECT_EQ(toText(*parseCandidateLine(text)), text);
}

TEST(CandidateLine, IsNoneWithoutAType) {
  for (const char* text : {"", "candidate:", "candidate:1 1 udp 1 192.0.2.7 9", "candidate:1 1 udp 1 192.0.2.7 9 typ",
                           "candidate:1 1 udp 1 192.0.2.7 9 type host", "candidate:1 1 udp 1 192.0.2.7 9 typ "})
    EXPECT_FALSE(parseCandidateLine(text)) << text;
}

}  // namespace
}  // namespace fanlight::webrtc
