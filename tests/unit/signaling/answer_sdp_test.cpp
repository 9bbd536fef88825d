// SPDX-License-Identifier: Apache-2.0
// Candidates in answers.
#include "signaling/answer_sdp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::signaling {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kAnswer =
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE video 1\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:video\r\na=sendonly\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=inactive\r\n";

session::IceCandidate candidate(const std::string& address, std::optional<std::string> mid,
                                std::optional<int> index = {}) {
  return {"candidate:1 1 UDP 2015363327 " + address + " 40000 typ host", std::move(mid), index, {}};
}

TEST(AnswerSdp, HasEachCandidateAtTheEndOfItsMedia) {
  const std::string sdp =
      withCandidates(kAnswer, {candidate("192.0.2.1", "video"), candidate("192.0.2.2", "1")}, false);
  EXPECT_EQ(sdp,
            "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE video 1\r\n"
            "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:video\r\na=sendonly\r\n"
            "a=candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host\r\n"
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=inactive\r\n"
            "a=candidate:1 1 UDP 2015363327 192.0.2.2 40000 typ host\r\n");
}

TEST(AnswerSdp, EndsTheCandidatesOfAMediaThatHasSome) {
  const std::string sdp = withCandidates(kAnswer, {candidate("192.0.2.1", "video")}, true);
  EXPECT_THAT(sdp, ::testing::HasSubstr("typ host\r\na=end-of-candidates\r\nm=audio"));
  EXPECT_THAT(sdp, ::testing::EndsWith("a=inactive\r\n"));
}

TEST(AnswerSdp, FindsTheMediaByIndexWhereNoMidFits) {
  const std::string byIndex = withCandidates(kAnswer, {candidate("192.0.2.1", {}, 1)}, false);
  EXPECT_THAT(byIndex,
              ::testing::EndsWith("a=inactive\r\na=candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host\r\n"));
  for (const auto& lost :
       {candidate("192.0.2.1", "gone"), candidate("192.0.2.1", {}, 7), candidate("192.0.2.1", {}, -1)})
    EXPECT_THAT(withCandidates(kAnswer, {lost}, false), ::testing::HasSubstr("a=sendonly\r\na=candidate:"));
}

TEST(AnswerSdp, RepeatsNoCandidateAndTakesNothingThatIsNone) {
  const auto known = candidate("192.0.2.1", "video");
  const std::string once = withCandidates(kAnswer, {known}, false);
  EXPECT_EQ(withCandidates(once, {known, session::IceCandidate{"", "video", 0, {}}, {"x=y", "video", 0, {}}}, false),
            once);
  EXPECT_EQ(withCandidates(withCandidates(once, {}, true), {}, true), withCandidates(once, {}, true));
}

TEST(AnswerSdp, IsLeftAloneWithoutMedia) {
  EXPECT_EQ(withCandidates("v=0\r\n", {candidate("192.0.2.1", "video")}, true), "v=0\r\n");
  EXPECT_EQ(withCandidates("", {candidate("192.0.2.1", "video")}, true), "");
}

TEST(AnswerSdp, IsWrittenWithFullLineEnds) {
  EXPECT_EQ(withCandidates("v=0\nm=video 9 X 96\na=mid:0", {}, false), "v=0\r\nm=video 9 X 96\r\na=mid:0\r\n");
}

TEST(IceUfrags, AreThoseOfAllMedias) {
  EXPECT_THAT(iceUfrags("v=0\r\na=ice-ufrag:one\r\nm=video 9 X 96\na=ice-ufrag:two\na=ice-pwd:x\r\n"),
              ElementsAre("one", "two"));
  EXPECT_THAT(iceUfrags("no sdp at all"), IsEmpty());
}

}  // namespace
}  // namespace fanlight::signaling
