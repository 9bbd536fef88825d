// SPDX-License-Identifier: Apache-2.0
// What the design promises of a Peer, but for sound.
#include "webrtc/peer.h"

#include <algorithm>
#include <functional>
#include <map>

#include <gmock/gmock.h>

#include "webrtc/ice.h"
#include "webrtc/peer_fixture.h"
#include "webrtc/recorded_offer.h"

namespace fanlight::webrtc {
namespace {

using session::EndReason;
using session::PeerProgress;
using test::PeerRecorder;

using PeerTest = test::PeerFixture;

class MessageRecorder final : public session::ChannelListener {
 public:
  void onMessage(std::string_view text) override { messages.emplace_back(text); }
  void onTooLarge(std::size_t limit) override { messages.push_back("more than " + std::to_string(limit)); }
  void onClosed() override {}

  std::vector<std::string> messages;
};

/// An error of an element of this kind, in the pipeline that `other` is in.
void postError(GstElement* other, const char* factory) {
  GstObject* pipeline = GST_OBJECT(other);
  while (GST_OBJECT_PARENT(pipeline))
    pipeline = GST_OBJECT_PARENT(pipeline);
  const auto element = gst::findElementOf(GST_ELEMENT(pipeline), factory);
  GError error{GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE, const_cast<char*>("it is out of order")};
  gst_element_post_message(element.get(), gst_message_new_error(GST_OBJECT(element.get()), &error, nullptr));
}

TEST_F(PeerTest, SendsPicturesOnceTheCertificateIsVerified) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);

  connect(peer);

  runUntil("ten pictures", [this] { return viewer_.pictures() >= 10; });
  // ICE and DTLS are told of by different threads: a step may be passed over.
  ASSERT_FALSE(recorder_.progress.empty());
  EXPECT_EQ(recorder_.progress.back(), PeerProgress::Secured);
  EXPECT_EQ(std::ranges::adjacent_find(recorder_.progress, std::greater_equal<>()), recorder_.progress.end());
  EXPECT_EQ(viewer_.resolution(), (base::Resolution{320, 240}));
  EXPECT_GE(viewer_.keyFrames(), 1);
  EXPECT_FALSE(recorder_.failure);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });
  EXPECT_EQ(recorder_.channels.front(), "control");
  close(peer);
}

TEST_F(PeerTest, SendsPicturesToGStreamersSource) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  recorder_.viewer = &viewer_;

  viewer_.offer(
      [&peer](const std::string& sdp) {
        const auto answered = peer.answer(sdp, false);
        ASSERT_TRUE(answered) << answered.error().message;
      },
      [&peer](const session::IceCandidate& candidate) { peer.addCandidate(candidate); },
      test::WebrtcbinViewer::Lines::AsGStreamersSource);

  runUntil("ten pictures", [this] { return viewer_.pictures() >= 10; });
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

// It is told none of ours, so the connection comes from its own, or not at all.
TEST_F(PeerTest, ReachesAViewerWhoseOfferHoldsItsCandidates) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  recorder_.viewer = &viewer_;
  recorder_.passesCandidates = false;
  std::string offer;
  bool isOffered = false;
  const auto onCandidate = [&peer, &offer, &isOffered](const session::IceCandidate& candidate) {
    if (isOffered || reasonToDrop(candidate.candidate))
      return;
    isOffered = true;
    auto sections = test::sectionsOf(offer);
    sections[1] += "a=" + candidate.candidate + "\r\n";
    const auto offered = peer.answer(test::joined(sections), false);
    ASSERT_TRUE(offered) << offered.error().message;
    for (const session::IceCandidate& one : *offered)
      peer.addCandidate(one);
  };

  viewer_.offer([&offer](const std::string& sdp) { offer = sdp; }, onCandidate);

  runUntil("a picture", [this] { return viewer_.pictures() > 0; });
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

TEST_F(PeerTest, GivesTheViewerAKeyFrameWhenItAsks) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connect(peer);
  runUntil("a picture", [this] { return viewer_.pictures() > 0; });
  const int before = viewer_.keyFrames();

  viewer_.requestKeyFrame();

  runUntil("another key frame", [this, before] { return viewer_.keyFrames() > before; });
  close(peer);
}

/// Lives on where its viewer's control has gone.
struct ControlFigures {
  std::atomic<int> pacers = 0;
  std::atomic<GstElement*> pacer = nullptr;
  std::atomic<int> packets = 0;   ///< through the pacer
  std::atomic<int> feedback = 0;  ///< about packets
};

class CountingControl final : public CongestionControl {
 public:
  CountingControl(std::shared_ptr<ControlFigures> figures, bool paces) : figures_(std::move(figures)), paces_(paces) {}

  gst::Ref<GstElement> makePacer() override {
    ++figures_->pacers;
    if (!paces_)
      return nullptr;
    auto pacer = std::move(*gst::makeElement("identity"));
    figures_->pacer = pacer.get();
    probe_ = gst::PadProbe(gst::staticPad(pacer.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                           [figures = figures_](GstPad*, GstPadProbeInfo*) {
                             ++figures->packets;
                             return GST_PAD_PROBE_OK;
                           });
    return pacer;
  }
  void onFeedback(const GstStructure* packets) override {
    if (gst_structure_has_field(packets, "packets"))
      ++figures_->feedback;
  }

 private:
  const std::shared_ptr<ControlFigures> figures_;
  const bool paces_;
  gst::PadProbe probe_;
};

TEST_F(PeerTest, GivesEachViewersPacerAndFeedbackToItsOwnCongestionControl) {
  const auto camera = makeCamera(320, 240);
  std::map<session::SessionId, std::shared_ptr<ControlFigures>> figures;
  services_.find = [&camera](const base::CameraId&) { return PeerSources{*camera, nullptr, nullptr}; };
  PeerFactory peers(services_, [&figures](const session::SessionId& session) {
    figures[session] = std::make_shared<ControlFigures>();
    return std::make_unique<CountingControl>(figures[session], true);
  });
  const session::SessionId first("first-viewer-of-the-test");
  const session::SessionId second("second-viewer-of-the-test");
  PeerRecorder otherRecorder;
  test::WebrtcbinViewer otherViewer(context_);
  const auto peer = peers.create({first, base::CameraId("test"), {}}, recorder_);
  const auto other = peers.create({second, base::CameraId("test"), {}}, otherRecorder);

  connect(*peer, recorder_, viewer_);

  runUntil("packets through the first one's pacer", [&] { return figures[first]->packets > 10; });
  runUntil("feedback of the first", [&] { return figures[first]->feedback > 0; });
  EXPECT_EQ(figures[second]->feedback, 0);
  connect(*other, otherRecorder, otherViewer);
  runUntil("packets through the second one's pacer", [&] { return figures[second]->packets > 10; });
  runUntil("feedback of the second", [&] { return figures[second]->feedback > 0; });
  EXPECT_EQ(figures[first]->pacers, 1);
  EXPECT_EQ(figures[second]->pacers, 1);
  close(*peer);
  close(*other);
}

TEST_F(PeerTest, SendsAtOnceWhereCongestionControlHasNoPacer) {
  const auto camera = makeCamera(320, 240);
  const auto figures = std::make_shared<ControlFigures>();
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_, std::make_unique<CountingControl>(figures, false));

  connect(peer);

  runUntil("pictures", [this] { return viewer_.pictures() > 0; });
  EXPECT_EQ(figures->pacers, 1);
  close(peer);
}

TEST_F(PeerTest, DoesNotTakeAFaultOfSctpForAViewerThatLeft) {
  const auto camera = makeCamera(320, 240);
  const auto figures = std::make_shared<ControlFigures>();
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_, std::make_unique<CountingControl>(figures, true));
  connect(peer);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });

  postError(figures->pacer, "sctpenc");

  runUntil("the session to fail", [this] { return recorder_.failure.has_value(); });
  EXPECT_EQ(recorder_.failure, EndReason::Internal);
  EXPECT_THAT(recorder_.detail, testing::HasSubstr("it is out of order"));
  close(peer);
}

TEST_F(PeerTest, SendsNothingToAnotherCertificateThanTheOfferPromised) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  const std::string foreign = createCertificate()->fingerprint.digest;

  connect(peer, [&foreign](std::string offer) {
    constexpr std::string_view kAttribute = "a=fingerprint:sha-256 ";
    for (std::size_t at = offer.find(kAttribute); at != std::string::npos; at = offer.find(kAttribute, at + 1))
      offer.replace(at + kAttribute.size(), foreign.size(), foreign);
    return offer;
  });

  runUntil("the session to fail", [this] { return recorder_.failure.has_value(); });
  EXPECT_EQ(recorder_.failure, EndReason::FingerprintMismatch);
  EXPECT_THAT(recorder_.progress, testing::Not(testing::Contains(PeerProgress::Secured)));
  EXPECT_EQ(viewer_.pictures(), 0);
  EXPECT_TRUE(recorder_.channels.empty());
  close(peer);
}

TEST_F(PeerTest, EndsWhereverItsNegotiationHasCome) {
  const auto camera = makeCamera(320, 240);
  const std::vector<std::pair<const char*, std::function<bool(const PeerRecorder&)>>> steps{
      {"at once", [](const PeerRecorder&) { return true; }},
      {"after its answer", [](const PeerRecorder& recorder) { return !recorder.answer.empty(); }},
      {"after its first ICE check", [](const PeerRecorder& recorder) { return !recorder.progress.empty(); }},
      {"once secured",
       [](const PeerRecorder& recorder) {
         return std::ranges::find(recorder.progress, PeerProgress::Secured) != recorder.progress.end();
       }},
  };
  for (const auto& [name, isReached] : steps) {
    SCOPED_TRACE(name);
    PeerRecorder recorder;
    test::WebrtcbinViewer viewer(context_);
    recorder.viewer = &viewer;
    Peer peer({*camera, nullptr, nullptr}, services_, recorder);
    bool isOffered = false;
    viewer.offer(
        [&peer, &isOffered](const std::string& sdp) {
          isOffered = true;
          ASSERT_TRUE(peer.answer(sdp, false));
        },
        [&peer](const session::IceCandidate& candidate) { peer.addCandidate(candidate); });
    runUntil("the step", [&isOffered, &recorder, &isReached] { return isOffered && isReached(recorder); });

    close(peer);

    EXPECT_FALSE(recorder.failure) << recorder.detail;
  }
}

TEST_F(PeerTest, EndsForAViewerThatOpensMoreChannelsThanAnyNeeds) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connect(peer);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });

  viewer_.openChannels(100);

  runUntil("the session to fail", [this] { return recorder_.failure.has_value(); });
  EXPECT_EQ(recorder_.failure, EndReason::LimitExceeded);
  EXPECT_THAT(recorder_.detail, testing::HasSubstr("data channels"));
  EXPECT_LE(recorder_.channels.size(), kMaxDataChannels);
  close(peer);
}

TEST_F(PeerTest, TellsOfAMessageThatIsTooLargeInItsPlaceAmongTheOthers) {
  MessageRecorder heard;
  recorder_.listener = &heard;
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connect(peer);
  runUntil("the control channel, on both ends", [this] { return !recorder_.channels.empty() && viewer_.isOpen(); });

  viewer_.send("before");
  viewer_.send(std::string(kMaxDataMessageBytes + 1, 'x'));
  viewer_.send(std::string(kMaxDataMessageBytes, 'y'));

  runUntil("all three", [&heard] { return heard.messages.size() == 3; });
  EXPECT_THAT(heard.messages, testing::ElementsAre("before", "more than " + std::to_string(kMaxDataMessageBytes),
                                                   std::string(kMaxDataMessageBytes, 'y')));
  close(peer);
}

TEST_F(PeerTest, EndsForAViewerThatGoesOnSendingWhatNobodyHeeds) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connect(peer);
  runUntil("the control channel, on both ends", [this] { return !recorder_.channels.empty() && viewer_.isOpen(); });

  const int kept = static_cast<int>(kMaxEarlyMessages);
  for (int i = 0; i <= kept + kMaxWaitingMessages; ++i)
    viewer_.send("is anybody there?");

  runUntil("the session to fail", [this] { return recorder_.failure.has_value(); });
  EXPECT_EQ(recorder_.failure, EndReason::LimitExceeded);
  EXPECT_THAT(recorder_.detail, testing::HasSubstr("messages"));
  close(peer);
}

TEST_F(PeerTest, HearsTheViewersRtcp) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  EXPECT_FALSE(peer.activity().lastRtcp);

  connect(peer);

  runUntil("RTCP", [&peer] { return peer.activity().lastRtcp.has_value(); });
  const auto lastRtcp = peer.activity().lastRtcp;
  EXPECT_LE(*lastRtcp, clock_.now());
  close(peer);
}

TEST_F(PeerTest, SendsReportsThatTheViewerCanMeasureBy) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);

  connect(peer);

  runUntil("a sender report", [this] { return viewer_.senderReports() > 0; });
  close(peer);
}

TEST_F(PeerTest, KnowsThatPicturesFlowAndThatFeedbackIsOwedAndComes) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  EXPECT_FALSE(peer.activity().sendingSince);

  connect(peer);

  runUntil("feedback", [&peer] { return peer.activity().lastFeedback.has_value(); });
  EXPECT_TRUE(peer.activity().owesFeedback);
  EXPECT_LE(peer.activity().sendingSince, peer.activity().lastFeedback);
  close(peer);
}

TEST_F(PeerTest, CountsWhatItSentAndMeasuresTheWay) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  EXPECT_EQ(peer.figures().sent.frames, 0U);

  // webrtcbin's feedback for congestion control leaves out the report blocks, and there is hardly another report then.
  connect(peer, [](std::string offer) {
    constexpr std::string_view kFeedback = "transport-cc";
    for (std::size_t at = offer.find(kFeedback); at != std::string::npos; at = offer.find(kFeedback))
      offer.replace(at, kFeedback.size(), "unknown");
    return offer;
  });

  runUntil("a round trip", [&peer] { return peer.figures().way.roundTrip.has_value(); });
  const telemetry::PeerFigures figures = peer.figures();
  EXPECT_GE(figures.sent.frames, 1U);
  EXPECT_GT(figures.sent.bytes, figures.sent.frames);
  EXPECT_GE(figures.sent.packets, 1U);
  EXPECT_LT(*figures.way.roundTrip, std::chrono::seconds(1));
  EXPECT_EQ(figures.way.lossRatio, 0);
  ASSERT_TRUE(figures.way.path);
  EXPECT_EQ(figures.way.path->local, "host");
  EXPECT_EQ(figures.way.path->protocol, "udp");
  close(peer);
}

TEST_F(PeerTest, CountsTheViewersRequestsForAKeyFrame) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connect(peer);
  runUntil("a picture", [this] { return viewer_.pictures() > 0; });
  // webrtcbin asks by FIR where a browser does by PLI.
  const telemetry::Count before = peer.figures().sent.firs;

  viewer_.requestKeyFrame();

  runUntil("the request", [&peer, before] { return peer.figures().sent.firs > before; });
  close(peer);
}

}  // namespace
}  // namespace fanlight::webrtc
