// SPDX-License-Identifier: Apache-2.0
// Choosing among real encoders, some of which a test breaks.
#include "board/encoder_probe.h"

#include <array>
#include <future>
#include <thread>

#include <gmock/gmock.h>

#include "board/stand_in_element.h"

namespace fanlight::board {
namespace {

using test::MissingElement;
using test::Quirk;
using test::StandInElement;
using ::testing::HasSubstr;

constexpr EncodeTask kTask{{320, 240}, {30, 1}, {500'000}, 300};

/// Those that are on every machine.
std::vector<Encoder> softwareEncoders() {
  std::vector<Encoder> encoders = allEncoders();
  std::erase_if(encoders, [](const Encoder& encoder) { return !encoder.kind->isSoftware; });
  return encoders;
}

class EncoderProbeTest : public ::testing::Test {
 protected:
  /// The name of the encoder chosen, or the text of the error.
  std::string choose(std::string_view name, const EncodeTask& task = kTask) {
    const auto chosen = probe_.choose(name, task);
    if (!chosen)
      code_ = chosen.error().code;
    return chosen ? std::string((*chosen)->kind->name) : chosen.error().message;
  }

  EncoderProbe probe_{softwareEncoders()};
  std::optional<base::ErrorCode> code_;
};

TEST_F(EncoderProbeTest, TakesTheFirstThatWorksForAuto) {
  EXPECT_EQ(choose("auto"), softwareEncoders().front().kind->name);
}

TEST_F(EncoderProbeTest, TakesTheOneThatIsNamed) {
  EXPECT_EQ(choose("openh264enc"), "openh264enc");
  EXPECT_EQ(choose("x264enc"), "x264enc");
}

TEST_F(EncoderProbeTest, NamesTheOneThatItDoesNotKnow) {
  EXPECT_EQ(choose("abacusenc"), "no encoder for 'abacusenc' works here");
  EXPECT_EQ(code_, base::ErrorCode::Unsupported);
}

TEST_F(EncoderProbeTest, PassesOverOneWhoseHardwareIsMissing) {
  const StandInElement broken("x264enc", Quirk::NoHardware);
  EXPECT_EQ(choose("auto"), "openh264enc");
  EXPECT_EQ(broken.made(), 1);
}

TEST_F(EncoderProbeTest, PassesOverOneThatGivesNoFrames) {
  const StandInElement broken("x264enc", Quirk::Swallows);
  EXPECT_EQ(choose("auto"), "openh264enc");
  EXPECT_EQ(broken.made(), 1);
}

TEST_F(EncoderProbeTest, PassesOverOneThatIsNotInstalled) {
  const MissingElement missing("x264enc");
  EXPECT_EQ(choose("auto"), "openh264enc");
}

TEST_F(EncoderProbeTest, NeverTakesAnotherThanTheOneThatIsNamed) {
  const StandInElement broken("x264enc", Quirk::NoHardware);
  EXPECT_EQ(choose("x264enc"), "no encoder for 'x264enc' works here; 'x264enc': no such device");
}

TEST_F(EncoderProbeTest, SaysOfEachOneWhatItLacked) {
  const MissingElement missing("x264enc");
  const StandInElement broken("openh264enc", Quirk::NoHardware);
  EXPECT_EQ(choose("auto"),
            "no encoder for 'auto' works here; 'x264enc': its plugin is not installed; 'openh264enc': no such device");
  EXPECT_EQ(code_, base::ErrorCode::Unsupported);
}

TEST_F(EncoderProbeTest, SaysHowManyFramesWereMissing) {
  const StandInElement broken("x264enc", Quirk::Swallows);
  EXPECT_THAT(choose("x264enc"), HasSubstr("0 of 2 frames came out"));
}

TEST_F(EncoderProbeTest, DoesNotWaitForOneThatFailsWithoutAWord) {
  const StandInElement broken("x264enc", Quirk::Mute);
  EXPECT_THAT(choose("x264enc"), HasSubstr("it cannot be started"));
}

TEST_F(EncoderProbeTest, RefusesATaskBeyondTheLevels) {
  EXPECT_THAT(choose("auto", {{16000, 9000}, {30, 1}, {500'000}, 300}),
              HasSubstr("'x264enc': 16000x9000 at 30 frames/s is beyond H.264's levels"));
}

TEST_F(EncoderProbeTest, ProbesATaskOnce) {
  const StandInElement counted("x264enc", Quirk::None);
  EXPECT_EQ(choose("x264enc"), "x264enc");
  EXPECT_EQ(choose("x264enc"), "x264enc");
  EXPECT_EQ(choose("auto"), "x264enc");
  EXPECT_EQ(counted.made(), 1);
}

TEST_F(EncoderProbeTest, ProbesAnotherTaskForItself) {
  const StandInElement counted("x264enc", Quirk::None);
  EXPECT_EQ(choose("x264enc"), "x264enc");
  EXPECT_EQ(choose("x264enc", {{640, 480}, {30, 1}, {500'000}, 300}), "x264enc");
  EXPECT_EQ(counted.made(), 2);
}

TEST_F(EncoderProbeTest, RemembersOneThatFailedWhileAnotherWorks) {
  const StandInElement broken("x264enc", Quirk::NoHardware);
  EXPECT_EQ(choose("auto"), "openh264enc");
  EXPECT_EQ(choose("auto"), "openh264enc");
  EXPECT_EQ(broken.made(), 1);
}

// A camera that is away tries again; remembered failures would make that vain.
TEST_F(EncoderProbeTest, TriesAgainWhereNoneWorked) {
  {
    const StandInElement busy("x264enc", Quirk::NoHardware);
    EXPECT_NE(choose("x264enc"), "x264enc");
  }
  EXPECT_EQ(choose("x264enc"), "x264enc");
}

TEST_F(EncoderProbeTest, ProbesNoOtherBitrateOrKeyFrameIntervalOfTheSameLevel) {
  const StandInElement counted("x264enc", Quirk::None);
  EXPECT_EQ(choose("x264enc"), "x264enc");
  EXPECT_EQ(choose("x264enc", {{320, 240}, {30, 1}, {900'000}, 60}), "x264enc");
  EXPECT_EQ(counted.made(), 1);
}

TEST_F(EncoderProbeTest, ProbesABitrateOfAnotherLevelForItself) {
  const StandInElement counted("x264enc", Quirk::None);
  EXPECT_EQ(choose("x264enc"), "x264enc");
  EXPECT_EQ(choose("x264enc", {{320, 240}, {30, 1}, {12'000'000}, 300}), "x264enc");
  EXPECT_EQ(counted.made(), 2);
}

TEST_F(EncoderProbeTest, HasTheEncodersThatItIsGivenInTheirOrder) {
  const auto known = softwareEncoders();
  EncoderKind missing = *known.back().kind;
  missing.name = "missing";
  missing.factory = "an-encoder-that-is-not-there";
  EncoderProbe probe({{.kind = &missing}, known.back(), known.front()});
  const auto chosen = probe.choose("auto", kTask);
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ((*chosen)->kind, known.back().kind);
}

TEST_F(EncoderProbeTest, LeavesOutOfAutoWhatTheBoardIsNotFor) {
  auto encoders = softwareEncoders();
  encoders.front().isForAuto = false;
  EncoderProbe probe(encoders);
  EXPECT_EQ((*probe.choose("auto", kTask))->kind->name, encoders[1].kind->name);
  EXPECT_EQ((*probe.choose(encoders[0].kind->name, kTask))->kind->name, encoders[0].kind->name);
}

TEST_F(EncoderProbeTest, AsksNoEncoderForMoreThanItTakesOnTheBoard) {
  auto encoders = softwareEncoders();
  encoders.front().limits.largest = {{320, 200}};
  EncoderProbe probe(encoders);
  const auto judged = probe.judge(probe.encoders().front(), kTask);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().message, "320x240 is more than the 320x200 that it takes on this board");
  EXPECT_EQ((*probe.choose("auto", kTask))->kind->name, encoders[1].kind->name);
}

TEST_F(EncoderProbeTest, SaysThatHardwareIsNotThere) {
  EncoderKind hardware = *softwareEncoders().front().kind;
  hardware.factory = "an-encoder-that-is-not-there";
  hardware.isSoftware = false;
  EncoderProbe probe({{.kind = &hardware}});
  EXPECT_EQ(probe.judge(probe.encoders().front(), kTask).error().message,
            "there is no such device here, or no right to open it");
}

class BusyEncoderProbeTest : public EncoderProbeTest {
 protected:
  /// Returns once the encoder is being probed, on another thread.
  std::future<bool> probeElsewhere() {
    auto works = std::async(std::launch::async, [this] { return probe_.choose("x264enc", kTask).has_value(); });
    while (hanging_.made() == 0)
      std::this_thread::yield();
    return works;
  }

  StandInElement hanging_{"x264enc", Quirk::Hangs};
};

TEST_F(BusyEncoderProbeTest, KeepsNobodyWaitingForAnother) {
  auto works = probeElsewhere();
  EXPECT_EQ(choose("openh264enc"), "openh264enc");
  hanging_.letGo();
  EXPECT_TRUE(works.get());
}

TEST_F(BusyEncoderProbeTest, ProbesOnceForAllWhoWaitForTheSame) {
  auto works = probeElsewhere();
  auto alsoWorks = std::async(std::launch::async, [this] { return probe_.choose("x264enc", kTask).has_value(); });
  hanging_.letGo();
  EXPECT_TRUE(works.get());
  EXPECT_TRUE(alsoWorks.get());
  EXPECT_EQ(hanging_.made(), 1);
}

}  // namespace
}  // namespace fanlight::board
