// SPDX-License-Identifier: Apache-2.0
// Another camera in a connection that goes on: its pictures, its sound, its speaker.
#include <algorithm>
#include <map>

#include <gmock/gmock.h>

#include "webrtc/peer_fixture.h"

namespace fanlight::webrtc {
namespace {

const base::CameraId kSmall("small");
const base::CameraId kLarge("large");
const base::CameraId kMissing("missing");
constexpr base::Resolution kSmallSize{320, 240};
constexpr base::Resolution kLargeSize{640, 480};

/// A microphone of which a test decides when it says something, and a speaker that nobody hears.
struct SoundDevice {
  explicit SoundDevice(const base::Clock& clock) : sound(std::make_shared<media::Fanout>(clock)) {}

  bool isWanted() const { return wanted.use_count() > 1; }
  bool isSpokenTo() const { return spokenTo.use_count() > 1; }

  const std::shared_ptr<media::Fanout> sound;
  const std::shared_ptr<int> wanted = std::make_shared<int>();
  const std::shared_ptr<int> spokenTo = std::make_shared<int>();
};

class Mute final : public media::SoundSink {
 public:
  void push(GstBuffer*) override {}
};

/// Cameras of two sizes, and one that is not there.
class PeerSwitchTest : public test::PeerFixture {
 protected:
  PeerSwitchTest() {
    services_.find = [this](const base::CameraId& id) { return sourcesOf(id); };
    config::Camera missing;
    missing.id = kMissing;
    missing.source = config::SourceKind::V4l2;
    missing.device = "/dev/there-is-no-such-camera";
    known_[kMissing] = std::make_unique<media::Camera>(missing, std::vector<media::RenditionSettings>(1), cameras_,
                                                       [](const media::Camera&) {});
    known_[kSmall] = makeCamera(kSmallSize.width, kSmallSize.height);
    known_[kLarge] = makeCamera(kLargeSize.width, kLargeSize.height);
  }

  PeerSources sourcesOf(const base::CameraId& id) {
    PeerSources sources{*known_.at(id), nullptr, nullptr};
    const auto device = sounds_.find(id);
    if (device == sounds_.end())
      return sources;
    sources.listen = [device = device->second] {
      return media::View{std::shared_ptr<void>(device->wanted), device->sound};
    };
    sources.talk = [device = device->second] {
      return media::Voice{std::shared_ptr<void>(device->spokenTo), std::make_shared<Mute>()};
    };
    return sources;
  }
  SoundDevice& giveSound(const base::CameraId& id) {
    sounds_[id] = std::make_shared<SoundDevice>(clock_);
    return *sounds_[id];
  }
  std::unique_ptr<Peer> makePeer(const base::CameraId& id) {
    return std::make_unique<Peer>(sourcesOf(id), services_, recorder_);
  }
  void watch(Peer& peer, test::WebrtcbinViewer::Lines lines = test::WebrtcbinViewer::Lines::AsABrowser) {
    connect(peer, recorder_, viewer_, {}, lines);
    runUntil("pictures", [this] { return viewer_.pictures() > 0; });
  }
  void awaitSize(const base::Resolution& size) {
    runUntil("pictures of that size", [this, &size] { return viewer_.resolution() == size; });
  }
  /// Each of these says something until `isEnough`, in packets `early` before their time.
  void sayUntil(const char* what, const std::function<bool()>& isEnough, GstClockTime early = 0) {
    const auto timer = glib::EventSource::timer(context_, std::chrono::milliseconds(20), [this, early] {
      for (const auto& [id, device] : sounds_)
        device->sound->push(packet(early));
      return glib::Continue::Yes;
    });
    runUntil(what, isEnough);
  }
  void awaitSound(GstClockTime early = 0) {
    sayUntil(
        "more sound", [this, enough = viewer_.soundPackets() + 10] { return viewer_.soundPackets() >= enough; }, early);
  }

  /// Of a viewer who listens, and hears something.
  std::unique_ptr<Peer> makeHeardPeer(const base::CameraId& id) {
    auto peer = makePeer(id);
    watch(*peer, test::WebrtcbinViewer::Lines::WithSound);
    EXPECT_TRUE(peer->listen(true));
    awaitSound();
    return peer;
  }

  std::map<base::CameraId, std::unique_ptr<media::Camera>> known_;
  std::map<base::CameraId, std::shared_ptr<SoundDevice>> sounds_;

 private:
  media::AccessUnit packet(GstClockTime early) const {
    media::AccessUnit packet;
    packet.buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 80, nullptr));
    gst_buffer_memset(packet.buffer.get(), 0, 0, 80);
    GST_BUFFER_PTS(packet.buffer.get()) = timeBase_.runningTime() - early;
    packet.caps = caps_.clone();
    packet.isKeyFrame = true;
    return packet;
  }
  const gst::Ref<GstCaps> caps_ =
      gst::Ref<GstCaps>::adopt(gst_caps_from_string("audio/x-opus,channels=1,rate=48000,channel-mapping-family=0"));
};

TEST_F(PeerSwitchTest, ShowsTheOtherCameraOverTheSameConnection) {
  const auto peer = makePeer(kSmall);
  watch(*peer);
  awaitSize(kSmallSize);
  const auto progress = recorder_.progress;

  ASSERT_TRUE(peer->show(kLarge, false));

  awaitSize(kLargeSize);
  runUntil("word of it", [this] { return recorder_.shown == 1; });
  EXPECT_TRUE(viewer_.isInOrder());
  EXPECT_EQ(recorder_.progress, progress);
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(*peer);
}

TEST_F(PeerSwitchTest, KeepsTheCameraThatItMovedToAndLetsGoOfTheOther) {
  const auto peer = makePeer(kSmall);
  watch(*peer);
  ASSERT_TRUE(peer->show(kLarge, false));
  awaitSize(kLargeSize);
  runUntil("word of it", [this] { return recorder_.shown == 1; });
  // A second at a time: none of these may look like a camera that hangs.
  for (int i = 0; i < 6; ++i) {
    clock_.jump(std::chrono::seconds(1));
    runUntil("more pictures", [this, before = viewer_.pictures()] { return viewer_.pictures() > before + 3; });
  }
  runUntil("the end of the first", [this] { return known_[kSmall]->state() == media::Camera::State::Idle; });
  EXPECT_EQ(known_[kLarge]->state(), media::Camera::State::Live);
  close(*peer);
  clock_.jump(std::chrono::seconds(6));
  runUntil("the end of the second", [this] { return known_[kLarge]->state() == media::Camera::State::Idle; });
}

TEST_F(PeerSwitchTest, GoesBackBeforeTheOtherHasGivenAPicture) {
  const auto peer = makePeer(kSmall);
  watch(*peer);
  ASSERT_TRUE(peer->show(kLarge, false));
  ASSERT_TRUE(peer->show(kSmall, false));
  runUntil("word of the last", [this] { return recorder_.shown == 1; });
  runUntil("more pictures", [this, before = viewer_.pictures()] { return viewer_.pictures() > before + 20; });
  EXPECT_EQ(viewer_.resolution(), kSmallSize);
  EXPECT_EQ(recorder_.shown, 1);
  close(*peer);
}

TEST_F(PeerSwitchTest, ShowsNothingOfTheFormerWhileTheOtherIsAway) {
  const auto peer = makePeer(kSmall);
  watch(*peer);

  ASSERT_TRUE(peer->show(kMissing, false));

  runUntil("it to be away", [this] { return known_[kMissing]->state() == media::Camera::State::Away; });
  const auto demand = known_[kSmall]->demand();
  clock_.jump(media::SupervisorTimes{}.linger);
  runUntil("the end of pictures", [&peer] { return !peer->activity().sendingSince; });
  EXPECT_EQ(recorder_.shown, 0);
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;

  ASSERT_TRUE(peer->show(kLarge, false));
  awaitSize(kLargeSize);
  EXPECT_TRUE(viewer_.isInOrder());
  close(*peer);
}

TEST_F(PeerSwitchTest, IsOfTheOtherFromTheStartWhereItIsAskedForBeforeThereIsAConnection) {
  const auto peer = makePeer(kSmall);
  recorder_.alterAnswer = [&peer](std::string answer) {
    EXPECT_TRUE(peer->show(kLarge, false));
    return answer;
  };
  watch(*peer);
  EXPECT_EQ(viewer_.resolution(), kLargeSize);
  EXPECT_EQ(recorder_.shown, 0);
  close(*peer);
}

TEST_F(PeerSwitchTest, IsHeardByTheOthersMicrophoneAtOnce) {
  const SoundDevice& first = giveSound(kSmall);
  const SoundDevice& second = giveSound(kLarge);
  const auto peer = makeHeardPeer(kSmall);

  ASSERT_TRUE(peer->show(kLarge, false));

  EXPECT_FALSE(first.isWanted());
  EXPECT_TRUE(second.isWanted());
  // As from a device with a longer way.
  awaitSound(30 * GST_MSECOND);
  EXPECT_TRUE(viewer_.isInOrder());
  close(*peer);
  EXPECT_FALSE(second.isWanted());
}

TEST_F(PeerSwitchTest, IsSilentWhereTheOtherHasNoMicrophoneAndHeardAgainByTheNext) {
  const SoundDevice& first = giveSound(kSmall);
  const auto peer = makeHeardPeer(kSmall);

  ASSERT_TRUE(peer->show(kLarge, false));
  EXPECT_FALSE(first.isWanted());
  EXPECT_FALSE(peer->listen(true));
  const int before = viewer_.soundPackets();
  awaitSize(kLargeSize);
  sayUntil("more pictures", [this, enough = viewer_.pictures() + 20] { return viewer_.pictures() >= enough; });
  // What was on its way may have come still.
  EXPECT_LE(viewer_.soundPackets(), before + 5);

  ASSERT_TRUE(peer->show(kSmall, false));
  EXPECT_TRUE(first.isWanted());
  awaitSound();
  EXPECT_TRUE(viewer_.isInOrder());
  close(*peer);
}

TEST_F(PeerSwitchTest, IsNotHeardByWhoHasEndedToListenMeanwhile) {
  const SoundDevice& first = giveSound(kSmall);
  const auto peer = makePeer(kSmall);
  watch(*peer, test::WebrtcbinViewer::Lines::WithSound);
  ASSERT_TRUE(peer->listen(true));
  ASSERT_TRUE(peer->show(kLarge, false));
  ASSERT_TRUE(peer->listen(false));
  ASSERT_TRUE(peer->show(kSmall, false));
  EXPECT_FALSE(first.isWanted());
  close(*peer);
}

TEST_F(PeerSwitchTest, IsRefusedWhereTheAnswerHasNoWayForTheOthersSound) {
  giveSound(kLarge);
  const auto peer = makePeer(kSmall);
  watch(*peer, test::WebrtcbinViewer::Lines::WithSound);
  const auto shown = peer->show(kLarge, false);
  ASSERT_FALSE(shown);
  EXPECT_EQ(shown.error().code, session::RefusalCode::BadCommand);
  EXPECT_EQ(shown.error().message,
            "this session was agreed on without the sound that camera 'large' has: open another");
  runUntil("more pictures", [this, before = viewer_.pictures()] { return viewer_.pictures() > before + 3; });
  EXPECT_EQ(viewer_.resolution(), kSmallSize);
  close(*peer);
}

TEST_F(PeerSwitchTest, NeedsNoWayForSoundThatTheOfferHasNoRoomFor) {
  giveSound(kLarge);
  const auto peer = makePeer(kSmall);
  watch(*peer);
  ASSERT_TRUE(peer->show(kLarge, true));
  awaitSize(kLargeSize);
  close(*peer);
}

TEST_F(PeerSwitchTest, GoesOnLettingThroughWhatIsSaid) {
  mayTalk_ = true;
  const SoundDevice& device = giveSound(kSmall);
  sounds_[kLarge] = sounds_[kSmall];
  const auto peer = makePeer(kSmall);
  watch(*peer, test::WebrtcbinViewer::Lines::WithVoice);
  peer->letTalk(true);
  ASSERT_TRUE(peer->show(kLarge, true));
  EXPECT_TRUE(device.isSpokenTo());
  EXPECT_TRUE(peer->takesVoice());
  close(*peer);
  EXPECT_FALSE(device.isSpokenTo());
}

TEST_F(PeerSwitchTest, TakesNoVoiceWhereTheOtherHasNoSpeaker) {
  mayTalk_ = true;
  const SoundDevice& device = giveSound(kSmall);
  const auto peer = makePeer(kSmall);
  watch(*peer, test::WebrtcbinViewer::Lines::WithVoice);
  peer->letTalk(true);
  ASSERT_TRUE(peer->show(kLarge, true));
  EXPECT_FALSE(peer->takesVoice());
  peer->letTalk(false);
  EXPECT_FALSE(device.isSpokenTo());
  close(*peer);
}

}  // namespace
}  // namespace fanlight::webrtc
