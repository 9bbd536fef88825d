// SPDX-License-Identifier: Apache-2.0
// Which camera has which microphone and speaker, and what its viewers are told.
#include "app/sound.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_fixture.h"
#include "steered_clocks.h"

namespace fanlight::app {
namespace {

using session::CameraState;

class SoundTest : public test::LoopFixture {
 protected:
  void make(const std::vector<std::string>& ids, config::SoundKind microphone = config::SoundKind::Test,
            config::SoundKind speaker = config::SoundKind::None) {
    std::vector<config::Audio> settings;
    for (const std::string& id : ids) {
      settings.emplace_back().id = base::AudioId(id);
      settings.back().microphone = microphone;
      settings.back().speaker = speaker;
    }
    sound_ = std::make_unique<Sound>(settings, audio::SoundServices{context_, gst::TimeBase::create(), clock_},
                                     [this] { ++changes_; });
  }
  /// `audio`: as its settings have it; empty: nothing is set.
  static config::Camera camera(const std::string& audio = {}) {
    config::Camera settings;
    settings.id = base::CameraId("porch");
    settings.audio = base::AudioId(audio);
    return settings;
  }
  std::string heardBy(const config::Camera& camera) const {
    const audio::Microphone* microphone = sound_->microphoneOf(camera);
    return microphone ? microphone->settings().id.value() : "nobody";
  }

  test::ShiftedClock clock_;
  int changes_ = 0;
  std::unique_ptr<Sound> sound_;
};

TEST_F(SoundTest, IsHeardForEveryCameraWhereThereIsOne) {
  make({"hall"});
  EXPECT_EQ(heardBy(camera()), "hall");
}

TEST_F(SoundTest, IsHeardForNoCameraWithoutAWordWhereThereAreSeveral) {
  make({"hall", "garden"});
  EXPECT_EQ(heardBy(camera()), "nobody");
  EXPECT_EQ(heardBy(camera("garden")), "garden");
}

TEST_F(SoundTest, IsHeardForNoCameraThatIsToHaveNone) {
  make({"hall"});
  EXPECT_EQ(heardBy(camera(std::string(config::kNoAudio))), "nobody");
  EXPECT_FALSE(sound_->info(camera(std::string(config::kNoAudio))));
}

TEST_F(SoundTest, TellsWhatAMicrophonesStateIs) {
  make({"hall"});
  const session::SoundDeviceInfo idle{CameraState::Idle, ""};
  EXPECT_EQ(sound_->info(camera()), (session::AudioInfo{base::AudioId("hall"), idle, std::nullopt, {}}));

  const auto view = sound_->microphoneOf(camera())->view();

  runUntil("sound", [this] { return sound_->info(camera())->microphone->state == CameraState::Live; });
  EXPECT_GE(changes_, 1);
}

TEST_F(SoundTest, SaysWhatHasNotEndedYet) {
  make({"hall"});
  sound_->close();
  EXPECT_THAT(sound_->unclosed(), testing::ElementsAre("the microphone of 'hall'"));
  runUntil("the end", [this] { return sound_->unclosed().empty(); });
}

TEST_F(SoundTest, TellsOfASpeakerWithoutAMicrophone) {
  make({"door"}, config::SoundKind::None, config::SoundKind::Test);
  EXPECT_EQ(sound_->microphoneOf(camera()), nullptr);
  ASSERT_NE(sound_->speakerOf(camera()), nullptr);

  const auto voice = sound_->speakerOf(camera())->voice();

  runUntil("the speaker", [this] { return sound_->info(camera())->speaker->state == CameraState::Live; });
  EXPECT_FALSE(sound_->info(camera())->microphone);
}

TEST_F(SoundTest, TellsNothingOfOneThatHasNeither) {
  make({"door"}, config::SoundKind::None, config::SoundKind::None);
  EXPECT_FALSE(sound_->info(camera()));
}

TEST_F(SoundTest, SaysThatASpeakerHasNotEndedYet) {
  make({"hall"}, config::SoundKind::None, config::SoundKind::Test);
  sound_->close();
  EXPECT_THAT(sound_->unclosed(), testing::ElementsAre("the speaker of 'hall'"));
  runUntil("the end", [this] { return sound_->unclosed().empty(); });
}

}  // namespace
}  // namespace fanlight::app
