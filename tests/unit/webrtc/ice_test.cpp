// SPDX-License-Identifier: Apache-2.0
// Which of a viewer's candidates are used.
#include "webrtc/ice.h"

#include <gtest/gtest.h>

namespace fanlight::webrtc {
namespace {

std::string candidate(const std::string& address, const std::string& transport = "udp", const char* component = "1") {
  return std::string("candidate:1 ") + component + " " + transport + " 2113937151 " + address + " 50000 typ host";
}

TEST(ReasonToDrop, KeepsAddressesOfOtherMachines) {
  for (const char* address : {"192.0.2.7", "10.1.2.3", "172.17.0.2", "2001:db8::7", "fd00::1", "100.64.0.9"}) {
    EXPECT_FALSE(reasonToDrop(candidate(address))) << address;
    EXPECT_FALSE(reasonToDrop("a=" + candidate(address))) << address;
    EXPECT_FALSE(reasonToDrop(candidate(address, "UDP"))) << address;
  }
}

TEST(ReasonToDrop, DropsAddressesThatWouldMakeUsProbeOurselvesOrANetwork) {
  for (const char* address :
       {"127.0.0.1", "::1", "0.0.0.0", "::", "224.0.0.251", "ff02::1", "169.254.169.254", "fe80::1"})
    EXPECT_TRUE(reasonToDrop(candidate(address))) << address;
}

TEST(ReasonToDrop, DropsNamesTcpAndOtherComponents) {
  EXPECT_TRUE(reasonToDrop(candidate("0a1b2c3d-0000-4000-8000-000000000000.local")));
  EXPECT_TRUE(reasonToDrop(candidate("example.org")));
  EXPECT_TRUE(reasonToDrop(candidate("192.0.2.7", "tcp")));
  EXPECT_TRUE(reasonToDrop(candidate("192.0.2.7", "udp", "2")));
}

TEST(ReasonToDrop, DropsWhatIsNoCandidate) {
  for (const char* text : {"", "candidate:", "candidate:1 1 udp 1 192.0.2.7", "hello"})
    EXPECT_TRUE(reasonToDrop(text)) << text;
}

}  // namespace
}  // namespace fanlight::webrtc
