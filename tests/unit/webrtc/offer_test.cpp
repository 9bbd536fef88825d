// SPDX-License-Identifier: Apache-2.0
// Reading offers: those that browsers really made, and those that nobody should.
#include "webrtc/offer.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <json-glib/json-glib.h>

namespace fanlight::webrtc {
namespace {

using session::RefusalCode;
using testing::ElementsAre;
using testing::HasSubstr;

std::string recordedOffer(const std::string& name) {
  const glib::Ref<GObject> parser = glib::Ref<GObject>::adopt(G_OBJECT(json_parser_new()));
  const std::string path = std::string(FIXTURES) + "/offers/" + name + ".json";
  EXPECT_TRUE(json_parser_load_from_file(JSON_PARSER(parser.get()), path.c_str(), nullptr)) << path;
  return json_object_get_string_member(json_node_get_object(json_parser_get_root(JSON_PARSER(parser.get()))), "sdp");
}

std::vector<MediaRole> rolesOf(const Offer& offer) {
  std::vector<MediaRole> roles;
  for (const MediaLine& line : offer.lines)
    roles.push_back(line.role);
  return roles;
}

std::string without(std::string text, const std::string& prefix) {
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
    text.erase(at, text.find("\r\n", at) + 2 - at);
  return text;
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
  const std::string expected = "a=fmtp:" + std::to_string(offer->video().payloadType) +
                               " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n";
  EXPECT_THAT(sdp, HasSubstr(expected));
  EXPECT_THAT(offer->video().formatParameters, HasSubstr("profile-level-id=42e01f"));
}

TEST(ParseOffer, TakesTheIdsOfHeaderExtensionsFromTheOffer) {
  const std::string sdp = recordedOffer("chromium-page");
  const auto offer = parseOffer(sdp);
  ASSERT_TRUE(offer);
  const HeaderExtensions& extensions = offer->video().extensions;
  ASSERT_TRUE(extensions.transportWideCc && extensions.playoutDelay);
  EXPECT_THAT(sdp, HasSubstr("a=extmap:" + std::to_string(*extensions.transportWideCc) +
                             " http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"));
  EXPECT_THAT(sdp, HasSubstr("a=extmap:" + std::to_string(*extensions.playoutDelay) +
                             " http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"));
}

TEST(ParseOffer, SendsNoTransportWideNumbersWithoutFeedbackForThem) {
  const auto offer = parseOffer([] {
    std::string sdp = recordedOffer("chromium-page");
    for (std::size_t at = sdp.find("transport-cc\r\n"); at != std::string::npos; at = sdp.find("transport-cc\r\n"))
      sdp.replace(at, 12, "goog-remb");
    return sdp;
  }());
  ASSERT_TRUE(offer);
  EXPECT_FALSE(offer->video().extensions.transportWideCc);
}

TEST(ParseOffer, TakesLinesInAnyOrderAndNumber) {
  const auto offer = parseOffer(recordedOffer("chromium-audio-first-three-lines"));
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Audio, MediaRole::Video, MediaRole::Audio));
}

TEST(ParseOffer, TakesOneOfEachAndRejectsWhatIsMore) {
  std::string sdp = recordedOffer("chromium-page");
  const std::string lines = sdp.substr(sdp.find("m=video"));
  const auto offer = parseOffer(sdp + lines);
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_THAT(rolesOf(*offer), ElementsAre(MediaRole::Video, MediaRole::Audio, MediaRole::Data, MediaRole::Rejected,
                                           MediaRole::Rejected, MediaRole::Rejected));
  for (guint i = 3; i < 6; ++i)
    EXPECT_EQ(gst_sdp_media_get_port(gst_sdp_message_get_media(offer->message.get(), i)), 0u);
}

TEST(ParseOffer, RefusesABrowserWithoutH264) {
  for (const char* name : {"firefox-page", "firefox-video-only", "firefox-audio-first-three-lines"})
    EXPECT_EQ(refusalOf(recordedOffer(name)), RefusalCode::UnsupportedOffer) << name;
}

TEST(ParseOffer, ReadsTheFingerprintOfTheSession) {
  const std::string sdp = recordedOffer("chromium-video-only");
  const std::size_t at = sdp.find("a=fingerprint:");
  const std::string attribute = sdp.substr(at, sdp.find("\r\n", at) + 2 - at);
  std::string moved = without(sdp, "a=fingerprint:");
  moved.insert(moved.find("m=video"), attribute);
  const auto offer = parseOffer(moved);
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_EQ(offer->fingerprints.size(), 1u);
}

TEST(ParseOffer, RefusesWhatCannotBeEncryptedOrReached) {
  const std::string sdp = recordedOffer("chromium-video-only");
  EXPECT_EQ(refusalOf(without(sdp, "a=fingerprint:")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(without(sdp, "a=ice-ufrag:")), RefusalCode::BadOffer);
  EXPECT_EQ(refusalOf(without(sdp, "a=ice-pwd:")), RefusalCode::BadOffer);
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
  for (const char* text : {"", "hello", "v=0", "{\"type\":\"offer\"}", "v=0\r\nm=\r\n", "v=0\r\nm=video\r\n"})
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

TEST(ParseOffer, SurvivesEachOfferCutAnywhere) {
  const std::string sdp = recordedOffer("chromium-page");
  int refused = 0;
  for (std::size_t length = 0; length < sdp.size(); length += 7)
    refused += parseOffer(sdp.substr(0, length)) ? 0 : 1;
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace fanlight::webrtc
