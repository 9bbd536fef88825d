// SPDX-License-Identifier: Apache-2.0
// Reading offers: those that browsers really made, and those that nobody should.
#include "webrtc/offer.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "webrtc/recorded_offer.h"

namespace fanlight::webrtc {
namespace {

using session::RefusalCode;
using test::joined;
using test::movedToSession;
using test::recordedOffer;
using test::replaced;
using test::replacedAll;
using test::sectionsOf;
using test::withBundledLine;
using test::withoutLines;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<MediaRole> rolesOf(const Offer& offer) {
  std::vector<MediaRole> roles;
  for (const MediaLine& line : offer.lines)
    roles.push_back(line.role);
  return roles;
}

RefusalCode refusalOf(const std::string& sdp) {
  const auto offer = parseOffer(sdp);
  EXPECT_FALSE(offer);
  return offer ? RefusalCode::Internal : offer.error().code;
}

TEST(ParseOffer, GivesEachLineOfThePageItsRole) {
  const auto offer = parseOffer(recordedOffer("chromium-page"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Audio, MediaRole::Data));
  EXPECT_EQ(offer->lines[0].mid, "0");
}

TEST(ParseOffer, ChoosesThePayloadTypeOfConstrainedBaseline) {
  const std::string sdp = recordedOffer("chromium-page");
  const auto offer = parseOffer(sdp);
  ASSERT_TRUE(offer);
  const std::string expected = "a=fmtp:" + std::to_string(offer->video().payload.type) +
                               " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n";
  EXPECT_THAT(sdp, HasSubstr(expected));
  EXPECT_THAT(offer->video().payload.formatParameters, HasSubstr("profile-level-id=42e01f"));
}

TEST(ParseOffer, TakesTheIdsOfHeaderExtensionsFromTheOffer) {
  const std::string sdp = recordedOffer("chromium-page");
  const auto offer = parseOffer(sdp);
  ASSERT_TRUE(offer);
  const HeaderExtensions& extensions = offer->video().payload.extensions;
  ASSERT_TRUE(extensions.transportWideCc && extensions.playoutDelay);
  EXPECT_THAT(sdp, HasSubstr("a=extmap:" + std::to_string(*extensions.transportWideCc) +
                             " http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"));
  EXPECT_THAT(sdp, HasSubstr("a=extmap:" + std::to_string(*extensions.playoutDelay) +
                             " http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"));
}

TEST(ParseOffer, SendsNoTransportWideNumbersWithoutFeedbackForThem) {
  const auto offer = parseOffer(replacedAll(recordedOffer("chromium-page"), "transport-cc\r\n", "goog-remb\r\n"));
  ASSERT_TRUE(offer);
  EXPECT_FALSE(offer->video().payload.extensions.transportWideCc);
}

TEST(ParseOffer, TakesLinesInAnyOrderAndNumber) {
  const auto offer = parseOffer(recordedOffer("chromium-audio-first-three-lines"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Audio, MediaRole::Video, MediaRole::Audio));
}

TEST(ParseOffer, TakesOneOfEachAndRejectsWhatIsMore) {
  std::string sdp = recordedOffer("chromium-page");
  std::string more = sdp.substr(sdp.find("m=video"));
  for (const char* mid : {"0", "1", "2"})
    more = replaced(more, std::string("a=mid:") + mid + "\r\n", std::string("a=mid:more") + mid + "\r\n");
  const auto offer = parseOffer(replaced(sdp, "BUNDLE 0 1 2", "BUNDLE 0 1 2 more0 more1 more2") + more);
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Audio, MediaRole::Data, MediaRole::Rejected,
                                           MediaRole::Rejected, MediaRole::Rejected));
}

TEST(ParseOffer, RejectsALineWhoseMidAnotherOneHas) {
  const std::string sdp = recordedOffer("chromium-page");
  const auto offer = parseOffer(replaced(sdp, "a=mid:1", "a=mid:0"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Rejected, MediaRole::Data));
}

TEST(ParseOffer, RejectsWhatIsNotBundledWithVideo) {
  const std::string sdp = recordedOffer("chromium-page");
  for (const char* groups : {"a=group:BUNDLE 0 2", "a=group:BUNDLE 0 2 unknown",
                             "a=group:BUNDLE 1\r\na=group:BUNDLE 0 2", "a=group:LS 0 1\r\na=group:BUNDLE 2 0"}) {
    const auto offer = parseOffer(replaced(sdp, "a=group:BUNDLE 0 1 2", groups));
    ASSERT_TRUE(offer) << offer.error().message;
    EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Rejected, MediaRole::Data)) << groups;
    EXPECT_FALSE(offer->lines[1].sharesTransport) << groups;
  }
}

TEST(ParseOffer, TakesVideoAloneWithoutABundle) {
  for (const char* name : {"chromium-page", "chromium-audio-first-three-lines"}) {
    const auto offer = parseOffer(withoutLines(recordedOffer(name), "a=group:BUNDLE"));
    ASSERT_TRUE(offer) << offer.error().message;
    for (const MediaLine& line : offer->lines)
      EXPECT_EQ(line.role != MediaRole::Rejected, line.form.kind == "video") << name;
    EXPECT_TRUE(offer->bundle.empty());
    EXPECT_EQ(offer->transport.line, offer->video().index);
  }
}

TEST(ParseOffer, TakesTheTransportOfTheFirstLineOfTheBundleThatIsUsed) {
  std::vector<std::string> sections = sectionsOf(recordedOffer("chromium-page"));
  sections[2] = replaced(sections[2], "a=ice-ufrag:f1R6", "a=ice-ufrag:ofAudio");
  const auto offer = parseOffer(replaced(joined(sections), "BUNDLE 0 1 2", "BUNDLE 1 0 2"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_EQ(offer->transport.line, 1u);
  EXPECT_EQ(offer->transport.iceUfrag, "ofAudio");
  sections[2] = replaced(sections[2], "m=audio 9 UDP", "m=audio 9 TCP");
  const auto silent = parseOffer(replaced(joined(sections), "BUNDLE 0 1 2", "BUNDLE 1 0 2"));
  ASSERT_TRUE(silent) << silent.error().message;
  EXPECT_EQ(silent->transport.line, 0u);
  EXPECT_EQ(silent->transport.iceUfrag, "f1R6");
}

TEST(ParseOffer, KeepsTheLineThatTheBundleStandsOnWhateverItsCodec) {
  const std::string sdp = replaced(recordedOffer("chromium-page"), "opus/48000/2", "speex/48000");
  const auto behind = parseOffer(sdp);
  ASSERT_TRUE(behind) << behind.error().message;
  EXPECT_THAT(rolesOf(*behind), ElementsAre(MediaRole::Video, MediaRole::Rejected, MediaRole::Data));
  const auto first = parseOffer(replaced(sdp, "BUNDLE 0 1 2", "BUNDLE 1 0 2"));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_THAT(rolesOf(*first), ElementsAre(MediaRole::Video, MediaRole::Audio, MediaRole::Data));
  EXPECT_TRUE(first->lines[1].isForeign);
  EXPECT_EQ(first->transport.line, 1u);
  const auto unnumbered = parseOffer(replaced(replaced(sdp, "BUNDLE 0 1 2", "BUNDLE 1 0 2"),
                                              "m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio 9 UDP/TLS/RTP/SAVPF x"));
  ASSERT_TRUE(unnumbered) << unnumbered.error().message;
  EXPECT_EQ(unnumbered->lines[1].role, MediaRole::Rejected);
}

TEST(ParseOffer, TakesFeedbackAsPionWritesIt) {
  const auto offer = parseOffer(recordedOffer("pion-go2rtc"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_EQ(offer->video().payload.type, 97u);
  EXPECT_TRUE(offer->video().payload.feedback.nack);
  EXPECT_TRUE(offer->video().payload.feedback.pictureLoss);
  EXPECT_TRUE(offer->video().payload.extensions.transportWideCc);
}

TEST(ParseOffer, TakesWhatGStreamersSourceLeavesOut) {
  for (const char* name : {"gstreamer-whepsrc", "gstreamer-whepsrc-pcmu"}) {
    const auto offer = parseOffer(recordedOffer(name));
    ASSERT_TRUE(offer) << name << ": " << offer.error().message;
    EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Audio, MediaRole::Video)) << name;
    EXPECT_EQ(offer->video().payload.type, 127u);
    EXPECT_EQ(offer->transport.line, 0u);
  }
}

TEST(ParseOffer, TakesDataOnlyAsWebRtcDefinesIt) {
  const std::string sdp = recordedOffer("chromium-page");
  for (const std::string& other :
       {withoutLines(sdp, "a=sctp-port"), replaced(sdp, "a=sctp-port:5000", "a=sctp-port:0"),
        replaced(sdp, "a=sctp-port:5000", "a=sctp-port:65536"), replaced(sdp, "webrtc-datachannel", "other"),
        replaced(sdp, "UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")}) {
    const auto offer = parseOffer(other);
    ASSERT_TRUE(offer) << offer.error().message;
    EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Audio, MediaRole::Rejected));
  }
}

TEST(ParseOffer, TakesTheDirectionOfTheSessionWhereALineHasNone) {
  std::vector<std::string> sections = sectionsOf(withoutLines(recordedOffer("chromium-video-only"), "a=recvonly"));
  sections[0] += "a=sendonly\r\n";
  EXPECT_EQ(refusalOf(joined(sections)), RefusalCode::UnsupportedOffer);
}

TEST(ParseOffer, IgnoresHeaderExtensionsItCannotWrite) {
  const std::string sdp = recordedOffer("chromium-video-only");
  const std::string uri = " http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
  for (const char* id : {"0", "15", "255", "256", "4096", "-1", "99999999999", "x", ""}) {
    const auto offer = parseOffer(replaced(sdp, "a=extmap:5" + uri, std::string("a=extmap:") + id + uri));
    ASSERT_TRUE(offer) << id;
    EXPECT_FALSE(offer->video().payload.extensions.playoutDelay) << id;
  }
  const auto longer = parseOffer(replaced(sdp, "rtp-hdrext/playout-delay", "rtp-hdrext/playout-delay2"));
  ASSERT_TRUE(longer);
  EXPECT_FALSE(longer->video().payload.extensions.playoutDelay);
}

TEST(ParseOffer, ReadsTheIdOfAHeaderExtensionThatStatesADirection) {
  const auto offer = parseOffer(replaced(recordedOffer("chromium-video-only"), "a=extmap:5 ", "a=extmap:5/recvonly "));
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->video().payload.extensions.playoutDelay, 5u);
}

TEST(ParseOffer, RefusesAPayloadTypeOfVideoOutOfRange) {
  const std::string sdp = recordedOffer("chromium-video-only");
  for (const char* type : {"128", "255", "256", "99999999999", "-1"}) {
    std::string edited = replaced(sdp, " 108 ", std::string(" ") + type + " ");
    for (const char* attribute : {"a=rtpmap:", "a=fmtp:"})
      edited = replaced(edited, std::string(attribute) + "108 ", std::string(attribute) + type + " ");
    EXPECT_EQ(refusalOf(edited), RefusalCode::BadOffer) << type;
  }
}

TEST(ParseOffer, TakesTheCandidatesOutOfTheOffer) {
  std::vector<std::string> sections = sectionsOf(recordedOffer("chromium-page"));
  sections[1] += "a=candidate:1 1 udp 1 192.0.2.7 50000 typ host\r\na=end-of-candidates\r\n";
  sections[3] = withoutLines(sections[3], "a=mid") + "a=candidate:2 1 udp 1 secret.local 50001 typ host\r\n";
  const auto offer = parseOffer(joined(sections));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(offer->candidates,
              ElementsAre(session::IceCandidate{"candidate:1 1 udp 1 192.0.2.7 50000 typ host", "0", 0, std::nullopt},
                          session::IceCandidate{"candidate:2 1 udp 1 secret.local 50001 typ host", std::nullopt, 2,
                                                std::nullopt}));
  const std::string told = glib::takeString(gst_sdp_message_as_text(offer->forWebrtcbin.get()));
  EXPECT_THAT(told, testing::Not(HasSubstr("candidate")));
}

TEST(ParseOffer, RefusesABrowserWithoutH264) {
  for (const char* name : {"firefox-page", "firefox-video-only", "firefox-audio-first-three-lines"})
    EXPECT_EQ(refusalOf(recordedOffer(name)), RefusalCode::UnsupportedOffer) << name;
}

TEST(ParseOffer, ReadsWhatTheSessionSaysForAllLines) {
  std::string sdp = recordedOffer("chromium-video-only");
  for (const char* prefix : {"a=fingerprint:", "a=ice-ufrag:", "a=ice-pwd:", "a=setup:"})
    sdp = movedToSession(sdp, prefix);
  const auto offer = parseOffer(sdp);
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_EQ(offer->transport.fingerprints.size(), 1u);
  EXPECT_FALSE(offer->transport.iceUfrag.empty());
}

TEST(ParseOffer, RefusesWhatCannotBeEncryptedOrReached) {
  const std::string sdp = recordedOffer("chromium-video-only");
  EXPECT_EQ(refusalOf(withoutLines(sdp, "a=fingerprint:")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(withoutLines(sdp, "a=ice-ufrag:")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(withoutLines(sdp, "a=ice-pwd:")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(replaced(sdp, "a=ice-ufrag:", "a=ice-ufrag:not ice text ")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(replaced(sdp, "a=setup:actpass", "a=setup:holdconn")), RefusalCode::BadOffer);
}

TEST(ParseOffer, RefusesMediaThatIsNotSecured) {
  std::string sdp = recordedOffer("chromium-video-only");
  const std::string secured = "UDP/TLS/RTP/SAVPF";
  sdp.replace(sdp.find(secured), secured.size(), "RTP/AVP");
  EXPECT_EQ(refusalOf(sdp), RefusalCode::UnsupportedOffer);
}

TEST(ParseOffer, RefusesAViewerThatWouldOnlySend) {
  std::string sdp = recordedOffer("chromium-video-only");
  const std::string direction = "a=recvonly";
  sdp.replace(sdp.find(direction), direction.size(), "a=sendonly");
  EXPECT_EQ(refusalOf(sdp), RefusalCode::UnsupportedOffer);
}

TEST(ParseOffer, RefusesWhatIsNotSdp) {
  for (const char* text :
       {"", "hello", "v=0", "{\"type\":\"offer\"}", "v=0\r\nm=\r\n", "v=0\r\nm=video\r\n", "v=0\r\ns=\xff\r\n"})
    EXPECT_FALSE(parseOffer(text)) << text;
  EXPECT_EQ(refusalOf("hello"), RefusalCode::BadOffer);
}

TEST(ParseOffer, RefusesMoreLinesThanAnyBrowserSends) {
  std::string sdp = recordedOffer("chromium-video-only");
  const std::string line = sdp.substr(sdp.find("m=video"));
  for (unsigned i = 0; i < kMaxMediaLines; ++i)
    sdp += line;
  EXPECT_EQ(refusalOf(sdp), RefusalCode::BadOffer);
}

TEST(ParseOffer, TakesAnOfferCutAnywhereOnlyWithAllThatAnAnswerNeeds) {
  const std::string sdp = recordedOffer("chromium-page");
  // The last thing that it needs: H.264, of which it need not say more.
  const std::size_t enough = sdp.find("H264/90000") + std::string_view("H264/90000").size();
  int taken = 0;
  for (std::size_t length = 0; length < sdp.size(); length += 7) {
    SCOPED_TRACE(length);
    const auto offer = parseOffer(sdp.substr(0, length));
    if (!offer)
      continue;
    ++taken;
    EXPECT_GE(length, enough);
    EXPECT_EQ(offer->lines.at(0).role, MediaRole::Video);
    EXPECT_EQ(offer->transport.fingerprints.size(), 1U);
    EXPECT_FALSE(offer->transport.icePwd.empty());
  }
  EXPECT_GT(taken, 0);
}

}  // namespace
}  // namespace fanlight::webrtc
