// SPDX-License-Identifier: Apache-2.0
// The tables of hosts and origins.
#include "http/host_policy.h"

#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

struct HostRow {
  const char* authority;
  const char* localAddress;
  bool isAllowed;
};

class HostTable : public ::testing::TestWithParam<HostRow> {};

TEST_P(HostTable, DecidesEachRow) {
  const HostPolicy policy({"Cam.Example", "192.0.2.7", "door.example:8443", "not a name"}, "board.lan");
  EXPECT_EQ(policy.allows(GetParam().authority, GetParam().localAddress), GetParam().isAllowed)
      << "'" << GetParam().authority << "' at " << GetParam().localAddress;
}

INSTANTIATE_TEST_SUITE_P(
    HostPolicy, HostTable,
    ::testing::Values(
        // loopback, by name and number, also through a tunnel that ends elsewhere
        HostRow{"localhost", "127.0.0.1", true}, HostRow{"LocalHost:8080", "127.0.0.1", true},
        HostRow{"localhost.", "127.0.0.1", true}, HostRow{"localhost:8080", "192.168.1.5", true},
        HostRow{"127.0.0.1:8080", "127.0.0.1", true}, HostRow{"127.8.9.1", "127.0.0.1", true},
        HostRow{"[::1]:8080", "::1", true}, HostRow{"[0:0:0:0:0:0:0:1]", "::1", true},
        // the address that it came in at
        HostRow{"192.168.1.5:8080", "192.168.1.5", true}, HostRow{"192.168.1.6:8080", "192.168.1.5", false},
        HostRow{"[2001:db8::5]", "2001:db8::5", true}, HostRow{"[2001:DB8:0::5]:80", "2001:db8::5", true},
        HostRow{"[2001:db8::6]", "2001:db8::5", false},
        // names of the config and of the machine
        HostRow{"cam.example", "192.168.1.5", true}, HostRow{"CAM.EXAMPLE:1234", "192.168.1.5", true},
        HostRow{"192.0.2.7", "192.168.1.5", true}, HostRow{"door.example", "192.168.1.5", true},
        HostRow{"board.lan", "192.168.1.5", true}, HostRow{"board.local", "192.168.1.5", true},
        // others, however near
        HostRow{"evil.example", "127.0.0.1", false}, HostRow{"localhost.evil.example", "127.0.0.1", false},
        HostRow{"evil-localhost", "127.0.0.1", false}, HostRow{"cam.example.evil", "127.0.0.1", false},
        HostRow{"board", "192.168.1.5", false}, HostRow{"127.0.0.1.evil.example", "127.0.0.1", false},
        HostRow{"2130706433", "127.0.0.1", false}, HostRow{"0.0.0.0", "127.0.0.1", false}));

INSTANTIATE_TEST_SUITE_P(
    NotAnAuthority, HostTable,
    ::testing::Values(HostRow{"", "127.0.0.1", false}, HostRow{":8080", "127.0.0.1", false},
                      HostRow{"localhost:80:80", "127.0.0.1", false}, HostRow{"localhost:http", "127.0.0.1", false},
                      HostRow{"user@localhost", "127.0.0.1", false}, HostRow{"[::1", "::1", false},
                      HostRow{"[::1]x", "::1", false}, HostRow{"[localhost]", "127.0.0.1", false},
                      HostRow{"[127.0.0.1]", "127.0.0.1", false}, HostRow{"local host", "127.0.0.1", false},
                      HostRow{"localhost, evil.example", "127.0.0.1", false}, HostRow{".", "127.0.0.1", false},
                      HostRow{"localhost/x", "127.0.0.1", false}, HostRow{"not a name", "127.0.0.1", false}));

TEST(HostPolicy, RefusesANameBeyondTheLengthOfAny) {
  EXPECT_FALSE(hostOf(std::string(256, 'a')));
  EXPECT_TRUE(hostOf(std::string(255, 'a')));
}

struct OriginRow {
  const char* origin;
  const char* authority;
  bool isOwn;
};

class OriginTable : public ::testing::TestWithParam<OriginRow> {};

TEST_P(OriginTable, DecidesEachRow) {
  EXPECT_EQ(isOwnOrigin(GetParam().origin, "http", GetParam().authority), GetParam().isOwn)
      << "'" << GetParam().origin << "' to '" << GetParam().authority << "'";
}

INSTANTIATE_TEST_SUITE_P(Origin, OriginTable,
                         ::testing::Values(OriginRow{"http://127.0.0.1:8080", "127.0.0.1:8080", true},
                                           OriginRow{"http://[::1]:8080", "[::1]:8080", true},
                                           OriginRow{"http://cam.example", "cam.example", true},
                                           OriginRow{"HTTP://Cam.Example", "cam.example", true},
                                           OriginRow{"http://cam.example", "cam.example:80", true},
                                           OriginRow{"http://cam.example:80", "cam.example", true},
                                           OriginRow{"https://cam.example", "cam.example", false},
                                           OriginRow{"http://cam.example:8081", "cam.example:8080", false},
                                           OriginRow{"http://cam.example", "cam.example:8080", false},
                                           OriginRow{"http://localhost:8080", "127.0.0.1:8080", false},
                                           OriginRow{"http://cam.example.evil", "cam.example", false},
                                           OriginRow{"http://evil.cam.example", "cam.example", false},
                                           OriginRow{"http://cam.example/", "cam.example", false},
                                           OriginRow{"http://u@cam.example", "cam.example", false},
                                           OriginRow{"null", "cam.example", false}, OriginRow{"", "cam.example", false},
                                           OriginRow{"cam.example", "cam.example", false},
                                           OriginRow{"file://", "cam.example", false},
                                           OriginRow{"http://", "", true}));  // no Host is refused before

}  // namespace
}  // namespace fanlight::http
