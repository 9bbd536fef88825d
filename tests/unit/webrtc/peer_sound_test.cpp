// SPDX-License-Identifier: Apache-2.0
// Sound to a viewer, and what a viewer says.
#include <atomic>

#include <gmock/gmock.h>

#include "webrtc/peer_fixture.h"

namespace fanlight::webrtc {
namespace {

/// A microphone of which a test decides when it says something, and a speaker that counts.
class PeerSoundTest : public test::PeerFixture {
 protected:
  PeerSources sources(media::Camera& camera) {
    return {camera,
            [this] {
              return media::View{std::shared_ptr<void>(wanted_), sound_};
            },
            [this] {
              return media::Voice{std::shared_ptr<void>(spokenTo_), speaker_};
            }};
  }
  bool isWanted() const { return wanted_.use_count() > 1; }
  void connectWithSound(Peer& peer) {
    connect(peer, recorder_, viewer_, {}, test::WebrtcbinViewer::Lines::WithSound);
    runUntil("pictures", [this] { return viewer_.pictures() > 0; });
  }
  /// Says something until `isEnough`.
  void sayUntil(const char* what, const std::function<bool()>& isEnough) {
    const auto timer = glib::EventSource::timer(context_, std::chrono::milliseconds(20), [this] {
      media::AccessUnit packet;
      packet.buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 80, nullptr));
      gst_buffer_memset(packet.buffer.get(), 0, 0, 80);
      GST_BUFFER_PTS(packet.buffer.get()) = timeBase_.runningTime();
      packet.caps = caps_.clone();
      packet.isKeyFrame = true;
      sound_->push(std::move(packet));
      return glib::Continue::Yes;
    });
    runUntil(what, isEnough);
  }

  class Speaker final : public media::SoundSink {
   public:
    void push(GstBuffer* sound) override {
      bytes += gst_buffer_get_size(sound);
      last = GST_BUFFER_PTS(sound);
    }
    std::atomic<std::size_t> bytes = 0;
    std::atomic<GstClockTime> last = GST_CLOCK_TIME_NONE;
  };
  const std::shared_ptr<Speaker> speaker_ = std::make_shared<Speaker>();
  const std::shared_ptr<int> spokenTo_ = std::make_shared<int>();
  const std::shared_ptr<int> wanted_ = std::make_shared<int>();
  const std::shared_ptr<media::Fanout> sound_ = std::make_shared<media::Fanout>(clock_);
  const gst::Ref<GstCaps> caps_ =
      gst::Ref<GstCaps>::adopt(gst_caps_from_string("audio/x-opus,channels=1,rate=48000,channel-mapping-family=0"));
};

TEST_F(PeerSoundTest, SendsItToWhoListens) {
  const auto camera = makeCamera(320, 240);
  Peer peer(sources(*camera), services_, recorder_);
  connectWithSound(peer);
  EXPECT_FALSE(isWanted());

  ASSERT_TRUE(peer.listen(true));

  EXPECT_TRUE(isWanted());
  sayUntil("sound", [this] { return viewer_.soundPackets() >= 10; });
  close(peer);
  EXPECT_FALSE(isWanted());
}

TEST_F(PeerSoundTest, SendsNoneToWhoDoesNotListen) {
  const auto camera = makeCamera(320, 240);
  Peer peer(sources(*camera), services_, recorder_);
  connectWithSound(peer);

  const int before = viewer_.pictures();
  sayUntil("more pictures", [this, before] { return viewer_.pictures() > before + 20; });

  EXPECT_EQ(viewer_.soundPackets(), 0);
  close(peer);
}

TEST_F(PeerSoundTest, EndsForWhoListensNoMoreWhilePicturesGoOn) {
  const auto camera = makeCamera(320, 240);
  Peer peer(sources(*camera), services_, recorder_);
  connectWithSound(peer);
  ASSERT_TRUE(peer.listen(true));
  sayUntil("sound", [this] { return viewer_.soundPackets() > 0; });

  ASSERT_TRUE(peer.listen(false));

  EXPECT_FALSE(isWanted());
  const int before = viewer_.pictures();
  runUntil("more pictures", [this, before] { return viewer_.pictures() > before + 10; });
  close(peer);
}

TEST_F(PeerSoundTest, ComesToWhoAskedForItBeforeTheyWereConnected) {
  const auto camera = makeCamera(320, 240);
  Peer peer(sources(*camera), services_, recorder_);
  connect(peer, recorder_, viewer_, {}, test::WebrtcbinViewer::Lines::WithSound);
  runUntil("an answer", [this] { return !recorder_.answer.empty(); });
  ASSERT_TRUE(peer.listen(true));
  sayUntil("sound", [this] { return viewer_.soundPackets() > 0; });
  close(peer);
}

TEST_F(PeerSoundTest, IsRefusedWhereTheOfferTakesNone) {
  const auto camera = makeCamera(320, 240);
  Peer peer(sources(*camera), services_, recorder_);
  connect(peer);
  runUntil("pictures", [this] { return viewer_.pictures() > 0; });
  const auto listening = peer.listen(true);
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().code, session::RefusalCode::BadCommand);
  EXPECT_FALSE(isWanted());
  close(peer);
}

TEST_F(PeerSoundTest, IsRefusedWhereTheCameraHasNone) {
  const auto camera = makeCamera(320, 240);
  Peer peer({*camera, nullptr, nullptr}, services_, recorder_);
  connectWithSound(peer);
  EXPECT_THAT(recorder_.answer, testing::HasSubstr("a=inactive\r\n"));
  const auto listening = peer.listen(true);
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().message, "this camera has no microphone");
  close(peer);
}

/// Somebody who may talk at a camera with a microphone and a speaker.
class PeerVoiceTest : public PeerSoundTest {
 protected:
  PeerVoiceTest() { mayTalk_ = true; }

  bool isSpokenTo() const { return spokenTo_.use_count() > 1; }
  void connectAndTalk(Peer& peer) {
    connect(peer, recorder_, viewer_, {}, test::WebrtcbinViewer::Lines::WithVoice);
    runUntil("pictures", [this] { return viewer_.pictures() > 0; });
  }
  void awaitPictures(int more) {
    runUntil("more pictures", [this, enough = viewer_.pictures() + more] { return viewer_.pictures() >= enough; });
  }

  const std::unique_ptr<media::Camera> camera_ = makeCamera(320, 240);
};

TEST_F(PeerVoiceTest, LetsNothingThroughOfWhoMayTalkAndIsNotLet) {
  Peer peer(sources(*camera_), services_, recorder_);
  connectAndTalk(peer);
  awaitPictures(30);
  EXPECT_THAT(recorder_.answer, testing::HasSubstr("a=sendrecv\r\n"));
  EXPECT_TRUE(peer.takesVoice());
  EXPECT_EQ(speaker_->bytes, 0U);
  EXPECT_FALSE(peer.activity().lastVoice);
  EXPECT_FALSE(isSpokenTo());
  close(peer);
}

TEST_F(PeerVoiceTest, GivesWhatIsSaidToTheSpeakerWhileItIsLetThrough) {
  Peer peer(sources(*camera_), services_, recorder_);
  connectAndTalk(peer);

  peer.letTalk(true);

  EXPECT_TRUE(isSpokenTo());
  constexpr std::size_t kHalfASecond = 48'000;
  runUntil("a voice", [this] { return speaker_->bytes >= kHalfASecond; });
  EXPECT_TRUE(peer.activity().lastVoice);
  const GstClockTime now = timeBase_.runningTime();
  // A jitter buffer that has just begun may be ahead by what it holds.
  EXPECT_LT(speaker_->last, now + 2 * GST_SECOND) << "in the process's running time";
  EXPECT_GT(speaker_->last + 2 * GST_SECOND, now) << "in the process's running time";

  peer.letTalk(false);

  EXPECT_FALSE(isSpokenTo());
  const std::size_t before = speaker_->bytes;
  awaitPictures(10);
  EXPECT_EQ(speaker_->bytes, before);
  close(peer);
}

TEST_F(PeerVoiceTest, IsHeardAgainInASecondTurn) {
  Peer peer(sources(*camera_), services_, recorder_);
  connectAndTalk(peer);
  for (int turn = 0; turn < 2; ++turn) {
    peer.letTalk(true);
    runUntil("a voice", [this, before = speaker_->bytes.load()] { return speaker_->bytes > before + 20'000; });
    peer.letTalk(false);
    awaitPictures(20);
  }
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

TEST_F(PeerVoiceTest, HearsWhomItSendsNothingTo) {
  PeerSources deaf = sources(*camera_);
  deaf.listen = nullptr;
  Peer peer(std::move(deaf), services_, recorder_);
  connectAndTalk(peer);
  EXPECT_THAT(recorder_.answer, testing::HasSubstr("a=recvonly\r\n"));
  peer.letTalk(true);
  runUntil("a voice", [this] { return speaker_->bytes > 0; });
  close(peer);
}

TEST_F(PeerVoiceTest, DropsAllThatSomebodySaysWhoMayNotTalk) {
  mayTalk_ = false;
  Peer peer(sources(*camera_), services_, recorder_);
  recorder_.alterAnswer = [](std::string answer) {
    EXPECT_THAT(answer, testing::HasSubstr("a=sendonly\r\n"));
    // Theirs sends all the same.
    const auto audio = answer.find("a=sendonly", answer.find("m=audio"));
    return answer.replace(audio, std::string_view("a=sendonly").size(), "a=sendrecv");
  };
  connectAndTalk(peer);
  peer.letTalk(true);
  awaitPictures(60);
  EXPECT_GT(viewer_.voicePackets(), 20) << "it has said something";
  EXPECT_FALSE(peer.takesVoice());
  EXPECT_EQ(speaker_->bytes, 0U);
  EXPECT_FALSE(peer.activity().lastVoice);
  EXPECT_FALSE(recorder_.failure) << recorder_.detail;
  close(peer);
}

TEST_F(PeerVoiceTest, TakesNoVoiceWhereTheCameraHasNoSpeaker) {
  PeerSources mute = sources(*camera_);
  mute.talk = nullptr;
  Peer peer(std::move(mute), services_, recorder_);
  connectAndTalk(peer);
  EXPECT_FALSE(peer.takesVoice());
  close(peer);
}

TEST_F(PeerVoiceTest, LetsGoOfTheSpeakerWhenTheViewerLeaves) {
  Peer peer(sources(*camera_), services_, recorder_);
  connectAndTalk(peer);
  peer.letTalk(true);
  runUntil("a voice", [this] { return speaker_->bytes > 0; });
  close(peer);
  EXPECT_FALSE(isSpokenTo());
}

}  // namespace
}  // namespace fanlight::webrtc
