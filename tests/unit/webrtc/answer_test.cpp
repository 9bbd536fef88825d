// SPDX-License-Identifier: Apache-2.0
// What a real webrtcbin answers, as the viewer gets it: to browsers' offers, and to what others put into theirs.
#include "webrtc/answer.h"

#include <gmock/gmock.h>

#include "loop_fixture.h"
#include "webrtc/answerer.h"
#include "webrtc/recorded_offer.h"

namespace fanlight::webrtc {
namespace {

using test::joined;
using test::movedToSession;
using test::recordedOffer;
using test::replaced;
using test::sectionsOf;
using test::withBundledLine;
using test::withoutLines;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kAudioLine = "m=audio 0 ";
constexpr const char* kVideoLine = "m=video 0 ";

/// A line that we cannot use, and how its rejection begins.
struct Unusable {
  const char* name;
  std::string line;
  std::string rejected;
};

const std::vector<Unusable>& unusableLines() {
  static const std::vector<Unusable> lines{
      {"text", "m=text 9 UDP/TLS/RTP/SAVPF 98\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:98 t140/1000\r\n",
       "m=text 0 UDP/TLS/RTP/SAVPF 98\r\n"},
      {"data of the old form",
       "m=application 9 DTLS/SCTP 5000\r\nc=IN IP4 0.0.0.0\r\na=sctpmap:5000 webrtc-datachannel 256\r\n",
       "m=application 0 DTLS/SCTP 5000\r\n"},
      {"data without a port", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n",
       "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"},
      {"audio that is not Opus", "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:0 PCMU/8000\r\n",
       "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\n"},
      {"video that is not H.264", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 VP8/90000\r\n",
       "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n"},
      {"a line taken out by the viewer", "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n",
       "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n"},
      {"an unknown protocol", "m=video 9 TCP/MSRP *\r\nc=IN IP4 0.0.0.0\r\n", "m=video 0 TCP/MSRP *\r\n"},
  };
  return lines;
}

/// The payload types and attributes of H.264 in Firefox with OpenH264; the recorded one has none.
std::string withH264InVideoOfFirefox(const std::string& sdp) {
  return replaced(replaced(sdp, "SAVPF 120 124 ", "SAVPF 126 127 120 124 "), "a=rtpmap:120 VP8/90000\r\n",
                  "a=rtpmap:126 H264/90000\r\na=rtpmap:127 rtx/90000\r\na=fmtp:127 apt=126\r\n"
                  "a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1\r\n"
                  "a=rtcp-fb:126 nack\r\na=rtcp-fb:126 nack pli\r\na=rtcp-fb:126 ccm fir\r\n"
                  "a=rtcp-fb:126 transport-cc\r\na=rtpmap:120 VP8/90000\r\n");
}

class AnswerTest : public test::LoopFixture {
 protected:
  // A critical of GLib's is a number or a text that should not have come so far.
  AnswerTest()
      : fatal_(g_log_set_always_fatal(GLogLevelFlags(G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL))),
        certificate_(std::make_shared<const Certificate>(*createCertificate())) {}
  ~AnswerTest() override { g_log_set_always_fatal(fatal_); }

  /// The answer, or why there is none.
  base::Result<std::string> answerTo(const std::string& sdp) {
    auto parsed = parseOffer(sdp);
    if (!parsed)
      return base::fail(base::ErrorCode::InvalidArgument, parsed.error().message);
    const auto offer = std::make_shared<const Offer>(std::move(*parsed));
    const auto connection = PeerConnection::create({gst::TimeBase::create(), context_, clock_, certificate_}, *offer,
                                                   {}, {}, nullptr, [](const auto&...) {});
    if (!connection)
      return tl::unexpected(connection.error());
    std::optional<base::Result<std::string>> answer;
    Answerer answerer(*connection, offer, certificate_->fingerprint, context_,
                      [&answer](base::Result<std::string> result) { answer = std::move(result); });
    answerer.start();
    runUntil("an answer", [&answer] { return answer.has_value(); });
    isVideoTransportKnown_ = (*connection)->dtlsTransport().get() != nullptr;
    return answer.value_or(base::fail(base::ErrorCode::Internal, "no answer"));
  }

  std::vector<std::string> linesOfAnswerTo(const std::string& sdp) {
    const auto answer = answerTo(sdp);
    EXPECT_TRUE(answer) << answer.error().message << "\n" << sdp;
    return answer ? sectionsOf(*answer) : std::vector<std::string>(20);
  }

  const GLogLevelFlags fatal_;
  const base::SteadyClock clock_;
  const std::shared_ptr<const Certificate> certificate_;
  bool isVideoTransportKnown_ = false;
};

TEST_F(AnswerTest, HasALineForEachOfTheOffer) {
  const auto lines = linesOfAnswerTo(recordedOffer("chromium-page"));
  EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 0 1 2\r\n"),
                                 AllOf(StartsWith("m=video 9 UDP/TLS/RTP/SAVPF 108"), HasSubstr("a=sendonly\r\n"),
                                       HasSubstr("a=mid:0\r\n"), HasSubstr("a=rtpmap:109 rtx/90000\r\n"),
                                       HasSubstr("a=rtcp-fb:108 nack pli\r\n"), HasSubstr("a=extmap:4 http")),
                                 AllOf(StartsWith("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"), HasSubstr("a=inactive\r\n"),
                                       HasSubstr("a=mid:1\r\n")),
                                 AllOf(StartsWith("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"),
                                       HasSubstr("a=mid:2\r\n"), HasSubstr("a=sctp-port:"))));
}

TEST_F(AnswerTest, StatesTheProfileAndOurCertificateAlone) {
  const auto lines = linesOfAnswerTo(recordedOffer("chromium-page"));
  EXPECT_THAT(lines[1],
              HasSubstr("a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"));
  const std::string fingerprint = "a=fingerprint:sha-256 " + certificate_->fingerprint.digest + "\r\n";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_THAT(lines[i], HasSubstr(fingerprint));
    EXPECT_THAT(replaced(lines[i], fingerprint, ""), Not(HasSubstr("fingerprint")));
  }
}

TEST_F(AnswerTest, FollowsTheOrderOfTheOffer) {
  const auto lines = linesOfAnswerTo(recordedOffer("chromium-audio-first-three-lines"));
  EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 0 1 2\r\n"), StartsWith("m=audio 9 "),
                                 StartsWith("m=video 9 "), StartsWith("m=audio 9 ")));
  EXPECT_TRUE(isVideoTransportKnown_);
}

TEST_F(AnswerTest, TakesDataAndAudioBeforeVideo) {
  const auto sections = sectionsOf(recordedOffer("chromium-page"));
  const auto lines = linesOfAnswerTo(
      replaced(joined({sections[0], sections[3], sections[2], sections[1]}), "BUNDLE 0 1 2", "BUNDLE 2 1 0"));
  EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 2 1 0\r\n"), StartsWith("m=application 9 "),
                                 StartsWith("m=audio 9 "), StartsWith("m=video 9 ")));
  EXPECT_TRUE(isVideoTransportKnown_);
}

TEST_F(AnswerTest, RejectsWhatCannotBeUsedWhereverItStands) {
  const std::string sdp = recordedOffer("chromium-page");
  for (const std::string& offer : {sdp, movedToSession(sdp, "a=fingerprint:")})
    for (const Unusable& unusable : unusableLines())
      for (const std::size_t position : {0u, 1u, 3u}) {
        SCOPED_TRACE(testing::Message() << unusable.name << " at " << position);
        auto lines = linesOfAnswerTo(withBundledLine(offer, position, unusable.line));
        ASSERT_EQ(lines.size(), 5u);
        EXPECT_THAT(lines[position + 1], AllOf(StartsWith(unusable.rejected), HasSubstr("a=mid:extra\r\n"),
                                               Not(HasSubstr("fingerprint")), Not(HasSubstr("candidate"))));
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(position) + 1);
        EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 0 1 2\r\n"), StartsWith("m=video 9 "),
                                       StartsWith("m=audio 9 "), StartsWith("m=application 9 ")));
      }
}

TEST_F(AnswerTest, RepeatsTheCodecOfALineThatTheBundleStandsOn) {
  const auto lines = linesOfAnswerTo(recordedOffer("gstreamer-whepsrc-pcmu"));
  EXPECT_THAT(
      lines, ElementsAre(HasSubstr("a=group:BUNDLE audio0 video1\r\n"),
                         AllOf(StartsWith("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"), HasSubstr("a=inactive\r\n"),
                               HasSubstr("a=rtpmap:0 PCMU/8000\r\n"), HasSubstr("a=ice-ufrag:"), Not(HasSubstr("opus")),
                               Not(HasSubstr("useinbandfec"))),
                         AllOf(StartsWith("m=video 9 UDP/TLS/RTP/SAVPF 127\r\n"), HasSubstr("a=sendonly\r\n"))));
  EXPECT_TRUE(isVideoTransportKnown_);
}

TEST_F(AnswerTest, GoesWithTransportAttributesOfTheSession) {
  std::string sdp = recordedOffer("chromium-page");
  for (const char* prefix : {"a=fingerprint:", "a=ice-ufrag:", "a=ice-pwd:", "a=setup:"})
    sdp = movedToSession(sdp, prefix);
  EXPECT_THAT(linesOfAnswerTo(sdp), ElementsAre(HasSubstr("a=group:BUNDLE 0 1 2\r\n"), StartsWith("m=video 9 "),
                                                StartsWith("m=audio 9 "), StartsWith("m=application 9 ")));
}

TEST_F(AnswerTest, HasNoGroupWhereNoneWasOffered) {
  for (const char* name : {"chromium-page", "chromium-audio-first-three-lines"}) {
    const auto lines = linesOfAnswerTo(withoutLines(recordedOffer(name), "a=group:BUNDLE"));
    EXPECT_THAT(lines[0], Not(HasSubstr("a=group")));
    for (std::size_t i = 1; i < lines.size(); ++i)
      EXPECT_THAT(lines[i],
                  testing::AnyOf(StartsWith("m=video 9 "), StartsWith(kAudioLine), StartsWith("m=application 0 ")));
    EXPECT_TRUE(isVideoTransportKnown_);
  }
}

TEST_F(AnswerTest, AnswersVideoWithoutAMid) {
  const std::string sdp = withoutLines(withoutLines(recordedOffer("chromium-video-only"), "a=group:BUNDLE"), "a=mid:");
  const auto lines = linesOfAnswerTo(sdp);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[1], AllOf(StartsWith("m=video 9 "), Not(HasSubstr("a=mid"))));
}

TEST_F(AnswerTest, RejectsWhatIsBundledApartFromVideo) {
  const auto lines = linesOfAnswerTo(
      replaced(recordedOffer("chromium-audio-first-three-lines"), "BUNDLE 0 1 2", "BUNDLE 1 2\r\na=group:BUNDLE 0"));
  EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 1 2\r\n"), StartsWith(kAudioLine), StartsWith("m=video 9 "),
                                 StartsWith("m=audio 9 ")));
}

TEST_F(AnswerTest, IgnoresNumbersOutOfRangeBesideThoseItNeeds) {
  const std::string sdp = recordedOffer("chromium-page");
  const std::string edited = replaced(
      replaced(replaced(sdp, " 96 97 ", " 9999999999 -7 abc 300 96 97 "), "a=extmap:1 ", "a=extmap:70000 "),
      "a=rtpmap:96 VP8/90000\r\n",
      "a=rtpmap:300 VP8/90000\r\na=rtpmap:-7 H264/90000\r\na=rtpmap:96 \r\na=rtcp-fb:\r\na=rtcp-fb:108\r\na=extmap:\r\n"
      "a=extmap:5\r\na=fmtp:96\r\na=ssrc:\r\na=ssrc:x y\r\na=rid:\r\na=simulcast:\r\na=ssrc-group:FID 1\r\n");
  EXPECT_THAT(linesOfAnswerTo(edited)[1], StartsWith("m=video 9 UDP/TLS/RTP/SAVPF 108"));
  for (const std::string& extension : {std::string("0"), std::string("15"), std::string("4096")})
    EXPECT_THAT(linesOfAnswerTo(replaced(sdp, "a=extmap:4 http", "a=extmap:" + extension + " http"))[1],
                AllOf(StartsWith("m=video 9 "), Not(HasSubstr("transport-wide"))));
}

TEST_F(AnswerTest, AnswersFirefoxWhereH264WasAddedToTheRecordedOffer) {
  const auto lines = linesOfAnswerTo(withH264InVideoOfFirefox(recordedOffer("firefox-page")));
  EXPECT_THAT(lines, ElementsAre(HasSubstr("a=group:BUNDLE 0 1 2\r\n"),
                                 AllOf(StartsWith("m=video 9 UDP/TLS/RTP/SAVPF 126"), HasSubstr("a=sendonly\r\n"),
                                       HasSubstr("a=extmap:7 http"), HasSubstr("a=extmap:6 http")),
                                 AllOf(StartsWith("m=audio 9 "), Not(HasSubstr("bundle-only"))),
                                 AllOf(StartsWith("m=application 9 "), Not(HasSubstr("bundle-only")))));
}

TEST_F(AnswerTest, AnnouncesNoLineThatWebrtcbinRejected) {
  const auto offer = parseOffer(recordedOffer("chromium-page"));
  ASSERT_TRUE(offer);
  const auto said = [](const char* audio) {
    GstSDPMessage* message = nullptr;
    const std::string text = std::string("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 2\r\n") +
                             "m=video 9 UDP/TLS/RTP/SAVPF 108\r\na=mid:0\r\n" + audio +
                             "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";
    EXPECT_EQ(gst_sdp_message_new_from_text(text.c_str(), &message), GST_SDP_OK);
    return glib::Owned<GstSDPMessage>(message);
  };
  const auto answer =
      finishAnswer(said("m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\n").get(), *offer, certificate_->fingerprint);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(sectionsOf(*answer), ElementsAre(HasSubstr("a=group:BUNDLE 0 2\r\n"), StartsWith("m=video 9 "),
                                               StartsWith(kAudioLine), StartsWith("m=application 9 ")));
}

TEST_F(AnswerTest, FailsWhereWebrtcbinRejectedVideo) {
  const auto offer = parseOffer(recordedOffer("chromium-video-only"));
  ASSERT_TRUE(offer);
  GstSDPMessage* message = nullptr;
  gst_sdp_message_new_from_text(
      (std::string("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n") + kVideoLine + "UDP/TLS/RTP/SAVPF 108\r\n")
          .c_str(),
      &message);
  const glib::Owned<GstSDPMessage> rejecting(message);
  EXPECT_FALSE(finishAnswer(rejecting.get(), *offer, certificate_->fingerprint));
}

}  // namespace
}  // namespace fanlight::webrtc
