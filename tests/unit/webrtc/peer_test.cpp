// SPDX-License-Identifier: Apache-2.0
// A whole viewer against real webrtcbins on both ends: what the design promises of a Peer.
#include "webrtc/peer.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "loop_fixture.h"
#include "webrtc/ice.h"
#include "webrtc/recorded_offer.h"
#include "webrtc/webrtcbin_viewer.h"

namespace fanlight::webrtc {
namespace {

using session::EndReason;
using session::PeerProgress;

class PeerRecorder final : public session::PeerObserver {
 public:
  void onAnswer(const std::string& sdp) override {
    answer = sdp;
    if (viewer)
      viewer->setAnswer(sdp);
  }
  void onCandidate(const session::IceCandidate& candidate) override {
    if (viewer && passesCandidates)
      viewer->addCandidate(candidate);
  }
  void onProgress(PeerProgress step) override { progress.push_back(step); }
  void onFailed(EndReason reason, const std::string& text) override {
    failure = reason;
    detail = text;
  }
  void onDataChannel(const std::string& label, std::shared_ptr<session::Channel> channel) override {
    channels.push_back(label);
    if (listener)
      channel->setListener(listener);
    kept.push_back(std::move(channel));
  }

  test::WebrtcbinViewer* viewer = nullptr;
  bool passesCandidates = true;
  session::ChannelListener* listener = nullptr;
  std::string answer;
  std::vector<PeerProgress> progress;
  std::optional<EndReason> failure;
  std::string detail;
  std::vector<std::string> channels;
  std::vector<std::shared_ptr<session::Channel>> kept;
};

class MessageRecorder final : public session::ChannelListener {
 public:
  void onMessage(std::string_view text) override { messages.emplace_back(text); }
  void onTooLarge(std::size_t limit) override { messages.push_back("more than " + std::to_string(limit)); }
  void onClosed() override {}

  std::vector<std::string> messages;
};

config::Camera testCamera(int width, int height) {
  config::Camera settings;
  settings.id = base::CameraId("test");
  settings.source = config::SourceKind::Test;
  settings.width = width;
  settings.height = height;
  return settings;
}

class PeerTest : public test::LoopFixture {
 protected:
  PeerTest()
      : timeBase_(gst::TimeBase::create()),
        cameras_{context_, timeBase_, clock_, std::make_shared<media::DeviceClaims>(),
                 std::make_shared<board::EncoderProbe>()},
        certificate_(std::make_shared<const Certificate>(*createCertificate())) {}

  std::unique_ptr<media::Camera> makeCamera(int width, int height, std::size_t renditions = 1) {
    return std::make_unique<media::Camera>(testCamera(width, height), std::vector<media::RenditionSettings>(renditions),
                                           cameras_, [](const media::Camera&) {});
  }

  void connect(Peer& peer, std::function<std::string(std::string)> alterOffer = {}) {
    recorder_.viewer = &viewer_;
    viewer_.offer(
        [&peer, alterOffer](const std::string& sdp) {
          const auto answered = peer.answer(alterOffer ? alterOffer(sdp) : sdp);
          ASSERT_TRUE(answered) << answered.error().message;
        },
        [&peer](const session::IceCandidate& candidate) { peer.addCandidate(candidate); });
  }

  void close(Peer& peer) {
    bool isClosed = false;
    peer.close([&isClosed] { isClosed = true; });
    runUntil("the peer to be gone", [&isClosed] { return isClosed; });
  }

  base::SteadyClock clock_;
  gst::TimeBase timeBase_;
  media::CameraServices cameras_;
  std::shared_ptr<const Certificate> certificate_;
  gst::Worker viewers_{"viewers"};
  gst::Worker reaper_{"reaper"};
  PeerRecorder recorder_;
  test::WebrtcbinViewer viewer_{context_};
  PeerServices services_{{timeBase_, context_, clock_, certificate_, nullptr}, viewers_, reaper_, nullptr};
};

TEST_F(PeerTest, SendsPicturesOnceTheCertificateIsVerified) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);

  connect(peer);

  runUntil("ten pictures", [this] { return viewer_.pictures() >= 10; });
  EXPECT_THAT(recorder_.progress,
              testing::ElementsAre(PeerProgress::IceChecking, PeerProgress::IceConnected, PeerProgress::Secured));
  EXPECT_EQ(viewer_.resolution(), (base::Resolution{320, 240}));
  EXPECT_GE(viewer_.keyFrames(), 1);
  EXPECT_FALSE(recorder_.failure);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });
  EXPECT_EQ(recorder_.channels.front(), "control");
  close(peer);
}

// It is told none of ours, so the connection comes from its own, or not at all.
TEST_F(PeerTest, ReachesAViewerWhoseOfferHoldsItsCandidates) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);
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
    const auto offered = peer.answer(test::joined(sections));
    ASSERT_TRUE(offered) << offered.error().message;
    for (const session::IceCandidate& one : *offered)
      peer.addCandidate(one);
  };

  viewer_.offer([&offer](const std::string& sdp) { offer = sdp; }, onCandidate);

  runUntil("a picture", [this] { return viewer_.pictures() > 0; });
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

TEST_F(PeerTest, MovesToAnotherEncodeOverTheSameConnection) {
  const auto first = makeCamera(320, 240);
  const auto second = makeCamera(640, 480);
  const auto demand = second->demand();
  Peer peer(*first, services_, recorder_);
  connect(peer);
  runUntil("a picture of the first", [this] { return viewer_.resolution() == base::Resolution{320, 240}; });
  const auto progress = recorder_.progress;

  peer.showRendition(second->fanout());

  runUntil("a picture of the second", [this] { return viewer_.resolution() == base::Resolution{640, 480}; });
  EXPECT_TRUE(viewer_.isInOrder());
  EXPECT_EQ(recorder_.progress, progress);
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

TEST_F(PeerTest, GivesTheViewerAKeyFrameWhenItAsks) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);
  connect(peer);
  runUntil("a picture", [this] { return viewer_.pictures() > 0; });
  const int before = viewer_.keyFrames();

  viewer_.requestKeyFrame();

  runUntil("another key frame", [this, before] { return viewer_.keyFrames() > before; });
  close(peer);
}

TEST_F(PeerTest, SendsThroughThePacerAndTellsWhatArrived) {
  const auto paced = std::make_shared<std::atomic<int>>(0);
  const auto reported = std::make_shared<std::atomic<int>>(0);
  services_.connection.makePacer = [paced] {
    auto pacer = std::move(*gst::makeElement("identity"));
    const auto pad = gst::staticPad(pacer.get(), "src");
    gst_pad_add_probe(
        pad.get(), GST_PAD_PROBE_TYPE_BUFFER,
        [](GstPad*, GstPadProbeInfo*, gpointer count) {
          ++*static_cast<std::atomic<int>*>(count);
          return GST_PAD_PROBE_OK;
        },
        paced.get(), nullptr);
    return pacer;
  };
  services_.onPacketFeedback = [reported](const GstStructure* packets) {
    if (gst_structure_has_field(packets, "packets"))
      ++*reported;
  };
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);

  connect(peer);

  runUntil("packets through the pacer", [&paced] { return *paced > 10; });
  runUntil("feedback about packets", [&reported] { return *reported > 0; });
  close(peer);
}

TEST_F(PeerTest, SendsNothingToAnotherCertificateThanTheOfferPromised) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);
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
    Peer peer(*camera, services_, recorder);
    bool isOffered = false;
    viewer.offer(
        [&peer, &isOffered](const std::string& sdp) {
          isOffered = true;
          ASSERT_TRUE(peer.answer(sdp));
        },
        [&peer](const session::IceCandidate& candidate) { peer.addCandidate(candidate); });
    runUntil("the step", [&isOffered, &recorder, &isReached] { return isOffered && isReached(recorder); });

    close(peer);

    EXPECT_FALSE(recorder.failure) << recorder.detail;
  }
}

TEST_F(PeerTest, EndsForAViewerThatOpensMoreChannelsThanAnyNeeds) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);
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
  Peer peer(*camera, services_, recorder_);
  connect(peer);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });

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
  Peer peer(*camera, services_, recorder_);
  connect(peer);
  runUntil("the control channel", [this] { return !recorder_.channels.empty(); });

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
  Peer peer(*camera, services_, recorder_);
  EXPECT_FALSE(peer.activity().lastRtcp);

  connect(peer);

  runUntil("RTCP", [&peer] { return peer.activity().lastRtcp.has_value(); });
  EXPECT_LE(*peer.activity().lastRtcp, clock_.now());
  close(peer);
}

TEST_F(PeerTest, KnowsThatPicturesFlowAndThatFeedbackIsOwedAndComes) {
  const auto camera = makeCamera(320, 240);
  Peer peer(*camera, services_, recorder_);
  EXPECT_FALSE(peer.activity().sendingSince);

  connect(peer);

  runUntil("feedback", [&peer] { return peer.activity().lastFeedback.has_value(); });
  EXPECT_TRUE(peer.activity().owesFeedback);
  EXPECT_LE(peer.activity().sendingSince, peer.activity().lastFeedback);
  close(peer);
}

}  // namespace
}  // namespace fanlight::webrtc

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  gst_init(nullptr, nullptr);
  return RUN_ALL_TESTS();
}
