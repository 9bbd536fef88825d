// SPDX-License-Identifier: Apache-2.0
// The check with devices that any machine has: the test tone, the speaker that nobody hears, and cards that are not
// there. With a room it is in tests/component/doctor.test.mjs.
#include "audio/sound_check.h"

#include <gmock/gmock.h>

#include "loop_fixture.h"

namespace fanlight::audio {
namespace {

using ::testing::HasSubstr;

class SoundCheckTest : public test::LoopFixture {
 protected:
  SoundCheck::Findings check(config::SoundKind microphone, config::SoundKind speaker) {
    config::Audio settings;
    settings.id = base::AudioId("hall");
    settings.microphone = microphone;
    settings.speaker = speaker;
    settings.microphoneDevice = settings.speakerDevice = "hw:31";
    std::optional<SoundCheck::Findings> findings;
    SoundCheck soundCheck(settings, {context_, gst::TimeBase::create(), clock_},
                          [&findings](const SoundCheck::Findings& seen) { findings = seen; });
    runUntil("the end of the check", [&findings] { return findings.has_value(); });
    return findings.value_or(SoundCheck::Findings());
  }

  const base::SteadyClock clock_;
};

TEST_F(SoundCheckTest, HearsAMicrophoneThatHasNoSpeaker) {
  const auto seen = check(config::SoundKind::Test, config::SoundKind::None);
  ASSERT_TRUE(seen.microphone);
  EXPECT_TRUE(seen.microphone->works) << seen.microphone->reason;
  EXPECT_FALSE(seen.speaker);
  EXPECT_TRUE(seen.room) << "the test tone is in every second";
  EXPECT_FALSE(seen.isPlayed);
}

TEST_F(SoundCheckTest, PlaysChirpsWhereNoMicrophoneHearsThem) {
  const auto seen = check(config::SoundKind::None, config::SoundKind::Test);
  ASSERT_TRUE(seen.speaker);
  EXPECT_TRUE(seen.speaker->works) << seen.speaker->reason;
  EXPECT_TRUE(seen.isPlayed);
  EXPECT_FALSE(seen.chirps);
}

TEST_F(SoundCheckTest, SaysWhyADeviceDoesNotWork) {
  const auto seen = check(config::SoundKind::Alsa, config::SoundKind::Alsa);
  ASSERT_TRUE(seen.microphone && seen.speaker);
  EXPECT_FALSE(seen.microphone->works);
  EXPECT_THAT(seen.microphone->reason, HasSubstr("hw:31"));
  EXPECT_FALSE(seen.speaker->works);
  EXPECT_THAT(seen.speaker->reason, HasSubstr("hw:31"));
  EXPECT_FALSE(seen.isPlayed);
}

TEST_F(SoundCheckTest, PlaysOnWhereTheMicrophoneIsAway) {
  const auto seen = check(config::SoundKind::Alsa, config::SoundKind::Test);
  ASSERT_TRUE(seen.microphone && seen.speaker);
  EXPECT_FALSE(seen.microphone->works);
  EXPECT_TRUE(seen.speaker->works);
  EXPECT_TRUE(seen.isPlayed);
  EXPECT_FALSE(seen.chirps);
}

}  // namespace
}  // namespace fanlight::audio
