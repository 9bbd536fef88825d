// SPDX-License-Identifier: Apache-2.0
// What a person reads of a check of the sound.
#include "app/sound_verdicts.h"

#include <gmock/gmock.h>

namespace fanlight::app {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Seen = audio::SoundCheck::Findings;
using session::Finding;
using Verdict = Finding::Verdict;

config::Audio settings(config::Duplex duplex = config::Duplex::Auto) {
  config::Audio audio;
  audio.duplex = duplex;
  return audio;
}

/// Where all is well.
Seen good() {
  Seen seen;
  seen.microphone = seen.speaker = audio::SoundCheck::Device{true, ""};
  seen.room = -60;
  seen.isPlayed = true;
  seen.chirps = audio::ChirpsHeard{3, -30, 165, 118};
  seen.takenOut = 59;
  seen.proven = std::chrono::seconds(9);
  return seen;
}

/// Of one thing.
Finding finding(const std::string& what, const Seen& seen, const config::Audio& audio = settings()) {
  for (const Finding& one : judge(audio, seen))
    if (one.what == what)
      return one;
  ADD_FAILURE() << "nothing is said of: " << what;
  return {};
}

TEST(SoundVerdicts, AreFineWhereAllIsWell) {
  const auto findings = judge(settings(), good());
  EXPECT_THAT(findings, ElementsAre(Field(&Finding::what, "microphone"), Field(&Finding::what, "speaker"),
                                    Field(&Finding::what, "chirp"), Field(&Finding::what, "delay"),
                                    Field(&Finding::what, "echo")));
  EXPECT_THAT(findings, Each(Field(&Finding::verdict, Verdict::Ok)));
  EXPECT_THAT(findings, Each(Field(&Finding::advice, IsEmpty())));
  EXPECT_EQ(findings[2].evidence, "3 of 3 were heard, at -30 dB, 30 dB above the room");
  EXPECT_EQ(findings[3].evidence, "165 ms from the mixer back to the microphone, 118 ms more than the devices say");
  EXPECT_EQ(findings[4].evidence,
            "59 dB of it are taken out: both sides may speak at once after 9 s of somebody's words");
}

TEST(SoundVerdicts, SayWhyADeviceIsAwayAndNothingOfWhatFollows) {
  Seen seen;
  seen.microphone = audio::SoundCheck::Device{false, "ALSA 'hw:31': no such device"};
  seen.speaker = audio::SoundCheck::Device{true, ""};
  seen.isPlayed = true;
  const auto findings = judge(settings(), seen);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].verdict, Verdict::Broken);
  EXPECT_EQ(findings[0].evidence, "ALSA 'hw:31': no such device");
  EXPECT_THAT(findings[0].advice, Not(IsEmpty()));
  EXPECT_THAT(findings[2].evidence, HasSubstr("no microphone hears them"));
}

TEST(SoundVerdicts, TellAMutedMicrophoneFromAQuietRoom) {
  Seen seen = good();
  seen.room = std::nullopt;
  EXPECT_EQ(finding("microphone", seen).verdict, Verdict::Ok) << "some give zeros while nobody speaks";
  EXPECT_EQ(finding("chirp", seen).evidence, "3 of 3 were heard, at -30 dB");
  seen.chirps = std::nullopt;
  EXPECT_EQ(finding("microphone", seen).verdict, Verdict::Broken);
  EXPECT_THAT(finding("microphone", seen).advice, HasSubstr("muted"));
}

TEST(SoundVerdicts, WarnOfARoomThatIsNeverQuiet) {
  Seen seen = good();
  seen.room = -20;
  EXPECT_EQ(finding("microphone", seen).verdict, Verdict::Warning);
}

TEST(SoundVerdicts, SayWhatToDoWhereNoChirpIsHeard) {
  Seen seen = good();
  seen.chirps = std::nullopt;
  EXPECT_EQ(finding("chirp", seen).verdict, Verdict::Broken);
  EXPECT_THAT(finding("chirp", seen).advice, HasSubstr("turn the speaker up"));
  EXPECT_EQ(judge(settings(), seen).size(), 3U) << "there is no echo to speak of";
}

TEST(SoundVerdicts, WarnWhereChirpsAreTooLoudOrTooQuiet) {
  Seen seen = good();
  seen.clipped = 0.01;
  EXPECT_EQ(finding("chirp", seen).verdict, Verdict::Warning);
  EXPECT_THAT(finding("chirp", seen).advice, HasSubstr("down"));
  seen = good();
  seen.chirps->level = -55;
  EXPECT_EQ(finding("chirp", seen).verdict, Verdict::Warning);
  EXPECT_THAT(finding("chirp", seen).advice, HasSubstr("up"));
}

TEST(SoundVerdicts, WarnOfAnEchoThatIsBeyondWhatIsLookedFor) {
  Seen seen = good();
  seen.chirps->behind = 430;
  EXPECT_EQ(finding("delay", seen).verdict, Verdict::Warning);
  seen.chirps->behind = -20;
  EXPECT_EQ(finding("delay", seen).verdict, Verdict::Ok);
  EXPECT_THAT(finding("delay", seen).evidence, HasSubstr("20 ms less than the devices say"));
}

TEST(SoundVerdicts, WarnWhereTheEchoStays) {
  Seen seen = good();
  seen.takenOut = 4;
  seen.proven = std::nullopt;
  EXPECT_EQ(finding("echo", seen).verdict, Verdict::Warning);
  EXPECT_THAT(finding("echo", seen).evidence, HasSubstr("not enough"));
  EXPECT_EQ(finding("echo", seen, settings(config::Duplex::Full)).verdict, Verdict::Warning);
  EXPECT_EQ(finding("echo", seen, settings(config::Duplex::Half)).verdict, Verdict::Ok);
}

TEST(SoundVerdicts, SayThatNothingIsTakenOutWhereThatIsSetSo) {
  Seen seen = good();
  seen.takenOut = std::nullopt;
  seen.proven = std::nullopt;
  config::Audio audio = settings();
  audio.voiceProcessing = false;
  EXPECT_THAT(finding("echo", seen, audio).evidence, HasSubstr("voice_processing = false"));
  EXPECT_EQ(finding("echo", seen, audio).verdict, Verdict::Ok) << "the two take turns";
  audio.duplex = config::Duplex::Full;
  EXPECT_EQ(finding("echo", seen, audio).verdict, Verdict::Warning);
}

TEST(SoundVerdicts, DoNotGuessWhatCouldNotBeMeasured) {
  Seen seen = good();
  seen.takenOut = std::nullopt;
  EXPECT_EQ(finding("echo", seen).verdict, Verdict::Warning);
  EXPECT_THAT(finding("echo", seen).evidence, HasSubstr("not known"));
}

}  // namespace
}  // namespace fanlight::app
