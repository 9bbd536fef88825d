// SPDX-License-Identifier: Apache-2.0
// Bodies of WHEP's PATCH: real ones, odd ones and broken ones.
#include "signaling/sdp_fragment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::signaling {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHost = "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0\r\n";
constexpr const char* kRelay =
    "a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ relay raddr 192.0.2.1 rport 9\r\n";
constexpr const char* kCredentials = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n";
constexpr const char* kVideo = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n";

SdpFragment parsed(const std::string& text) {
  auto fragment = parseSdpFragment(text);
  EXPECT_TRUE(fragment) << fragment.error().message;
  return fragment ? std::move(*fragment) : SdpFragment();
}

std::string fault(const std::string& text) {
  const auto fragment = parseSdpFragment(text);
  EXPECT_FALSE(fragment) << text;
  return fragment ? "" : fragment.error().message;
}

TEST(SdpFragment, GivesCandidatesWithTheirMidAndUsernameFragment) {
  const auto fragment = parsed(std::string(kCredentials) + kVideo + "a=mid:0\r\n" + kHost + kRelay);
  EXPECT_EQ(fragment.iceUfrag, "EsAw");
  EXPECT_EQ(fragment.icePwd, "P2uYro0UCOQ4zxjKXaWCBui1");
  EXPECT_THAT(fragment.mids, ElementsAre("0"));
  ASSERT_EQ(fragment.candidates.size(), 2U);
  EXPECT_EQ(fragment.candidates[0],
            (session::IceCandidate{"candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0", "0",
                                   std::nullopt, "EsAw"}));
  EXPECT_THAT(fragment.candidates[1].candidate, HasSubstr("typ relay"));
  EXPECT_FALSE(fragment.endOfCandidates);
}

TEST(SdpFragment, TellsTheMediaOfCandidatesApart) {
  const auto fragment =
      parsed(std::string(kVideo) + "a=mid:video\r\n" + kHost + "m=audio 9 RTP/AVP 0\r\na=mid:audio\r\n" + kRelay);
  EXPECT_THAT(fragment.mids, ElementsAre("video", "audio"));
  ASSERT_EQ(fragment.candidates.size(), 2U);
  EXPECT_EQ(fragment.candidates[0].sdpMid, "video");
  EXPECT_EQ(fragment.candidates[1].sdpMid, "audio");
}

TEST(SdpFragment, TakesMidAndCredentialsAfterTheCandidates) {
  const auto fragment = parsed(std::string(kVideo) + kHost + "a=mid:0\r\n" + kCredentials);
  ASSERT_EQ(fragment.candidates.size(), 1U);
  EXPECT_EQ(fragment.candidates[0].sdpMid, "0");
  EXPECT_EQ(fragment.candidates[0].usernameFragment, "EsAw");
}

TEST(SdpFragment, PrefersTheUsernameFragmentOfTheMedia) {
  const auto fragment = parsed(std::string(kCredentials) + kVideo + "a=mid:0\r\na=ice-ufrag:Other\r\n" + kHost +
                               "m=audio 9 RTP/AVP 0\r\na=mid:1\r\n" + kHost);
  EXPECT_EQ(fragment.iceUfrag, "EsAw");
  EXPECT_EQ(fragment.candidates.at(0).usernameFragment, "Other");
  EXPECT_EQ(fragment.candidates.at(1).usernameFragment, "EsAw");
}

TEST(SdpFragment, GivesNoUsernameFragmentWhereThereIsNone) {
  const auto fragment = parsed(std::string(kVideo) + "a=mid:0\r\n" + kHost);
  EXPECT_EQ(fragment.iceUfrag, "");
  EXPECT_EQ(fragment.candidates.at(0).usernameFragment, std::nullopt);
}

TEST(SdpFragment, KnowsTheEndOfCandidates) {
  EXPECT_TRUE(parsed(std::string(kVideo) + "a=mid:0\r\n" + kHost + "a=end-of-candidates\r\n").endOfCandidates);
  EXPECT_TRUE(parsed(std::string("a=end-of-candidates\r\n") + kVideo + "a=mid:0\r\n").endOfCandidates);
}

TEST(SdpFragment, GivesCredentialsAloneForARestart) {
  const auto fragment = parsed(kCredentials);
  EXPECT_EQ(fragment.iceUfrag, "EsAw");
  EXPECT_THAT(fragment.candidates, IsEmpty());
  EXPECT_THAT(fragment.mids, IsEmpty());
}

TEST(SdpFragment, TakesLinesThatEndWithoutCarriageReturnOrNotAtAll) {
  const auto fragment = parsed("a=ice-ufrag:EsAw\nm=video 9 x 96\na=mid:0\na=candidate:1 1 udp 1 192.0.2.1 9 typ host");
  EXPECT_EQ(fragment.iceUfrag, "EsAw");
  EXPECT_EQ(fragment.candidates.at(0).candidate, "candidate:1 1 udp 1 192.0.2.1 9 typ host");
}

TEST(SdpFragment, PassesOverWhatSaysNothingHere) {
  const auto fragment =
      parsed(std::string("a=ice-options:trickle ice2\r\na=group:BUNDLE 0 1\r\na=ice-lite\r\n") + kVideo +
             "c=IN IP4 0.0.0.0\r\na=mid:0\r\na=remote-candidates:1 192.0.2.9 1\r\na=new\r\n" + kHost);
  EXPECT_EQ(fragment.candidates.size(), 1U);
}

TEST(SdpFragment, TakesAddressesOfEveryKind) {
  for (const char* address : {"2001:db8::1", "2b7a1c7e-6d6b-4e0c-9f2e-0d9a5b1c2d3e.local", "viewer.example"}) {
    const auto fragment =
        parsed(std::string(kVideo) + "a=mid:0\r\na=candidate:1 1 tcp 1 " + address + " 9 typ host\r\n");
    EXPECT_THAT(fragment.candidates.at(0).candidate, HasSubstr(address));
  }
}

TEST(SdpFragment, NamesTheLineThatIsWrong) {
  EXPECT_EQ(fault(std::string(kVideo) + "a=mid:0\r\nnonsense\r\n"),
            "cannot read the SDP fragment: line 3: it is not printable text after a letter and '='; none of its "
            "candidates is used");
}

TEST(SdpFragment, RefusesLinesThatAreNoSdp) {
  for (const char* line : {"\r\n", "a\r\n", "=a\r\n", "{\"candidate\":\"\"}\r\n", "a=x\x01y\r\n", "a=\xc3\xa9\r\n",
                           "a=mid:0\ra=mid:1\r\n", "a:mid=0\r\n"})
    EXPECT_THAT(fault(std::string(kVideo) + "a=mid:0\r\n" + line), HasSubstr("line 3: ")) << line;
}

TEST(SdpFragment, RefusesNul) {
  EXPECT_THAT(fault(std::string("a=mid\0:0", 8)), HasSubstr("printable"));
}

TEST(SdpFragment, RefusesCandidatesThatAreNone) {
  for (const char* candidate :
       {"a=candidate", "a=candidate:", "a=candidate:1 1 udp 1 192.0.2.1 9 typ",
        "a=candidate:1 1 udp 1 192.0.2.1 9 x host", "a=candidate:1  1 udp 1 192.0.2.1 9 typ host",
        "a=candidate: 1 udp 1 192.0.2.1 9 typ host"})
    EXPECT_THAT(fault(std::string(kVideo) + "a=mid:0\r\n" + candidate + "\r\n"), HasSubstr("not a candidate"))
        << candidate;
}

TEST(SdpFragment, RefusesCandidatesOfNoMedia) {
  EXPECT_THAT(fault(kHost), HasSubstr("line 1: a candidate belongs to a media"));
  EXPECT_THAT(fault(std::string(kVideo) + kHost), HasSubstr("has no 'mid'"));
  EXPECT_THAT(fault(std::string(kVideo) + kHost + "m=audio 9 x 0\r\na=mid:1\r\n"),
              HasSubstr("line 3: the media before"));
}

TEST(SdpFragment, RefusesMidsOutOfPlace) {
  EXPECT_THAT(fault("a=mid:0\r\n"), HasSubstr("'mid' belongs to a media"));
  EXPECT_THAT(fault(std::string(kVideo) + "a=mid:0\r\na=mid:1\r\n"), HasSubstr("once"));
  EXPECT_THAT(fault(std::string(kVideo) + "a=mid:\r\n"), HasSubstr("not a 'mid'"));
  EXPECT_THAT(fault(std::string(kVideo) + "a=mid:a b\r\n"), HasSubstr("not a 'mid'"));
}

TEST(SdpFragment, RefusesCredentialsThatIceDoesNotHave) {
  for (const std::string& ufrag :
       {std::string("abc"), std::string(257, 'a'), std::string("ab c"), std::string("ab\"d")})
    EXPECT_THAT(fault("a=ice-ufrag:" + ufrag + "\r\n"), HasSubstr("username fragment")) << ufrag;
  for (const std::string& pwd : {std::string(21, 'a'), std::string(257, 'a'), std::string(22, '-')})
    EXPECT_THAT(fault("a=ice-pwd:" + pwd + "\r\n"), HasSubstr("ICE password")) << pwd;
  EXPECT_EQ(parsed("a=ice-ufrag:" + std::string(256, '+') + "\r\n").iceUfrag.size(), 256U);
}

TEST(SdpFragment, RefusesNothingAtAll) {
  EXPECT_THAT(fault(""), HasSubstr("it is empty"));
}

TEST(SdpFragment, TakesCandidatesUpToItsLimit) {
  std::string text = std::string(kVideo) + "a=mid:0\r\n";
  for (std::size_t i = 0; i < kMaxSdpFragmentCandidates; ++i)
    text += kHost;
  EXPECT_EQ(parsed(text).candidates.size(), kMaxSdpFragmentCandidates);
  EXPECT_THAT(fault(text + kHost), HasSubstr("too many candidates"));
}

TEST(SdpFragment, TakesLinesUpToTheirLimit) {
  const std::string line = "a=" + std::string(kMaxSdpFragmentLineBytes - 2, 'x');
  EXPECT_EQ(parsed(line + "\r\n").candidates.size(), 0U);
  EXPECT_THAT(fault(line + "x\r\n"), HasSubstr("too long"));
}

TEST(SdpFragment, TakesTextUpToItsLimit) {
  std::string text;
  while (text.size() + 4 <= kMaxSdpFragmentBytes)
    text += "a=x\n";
  ASSERT_EQ(text.size(), kMaxSdpFragmentBytes);
  EXPECT_EQ(parsed(text).candidates.size(), 0U);
  EXPECT_THAT(fault(text + "\n"), HasSubstr("more than 16384 bytes"));
}

}  // namespace
}  // namespace fanlight::signaling
