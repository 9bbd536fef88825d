// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_loss.h"

#include <array>

#include <gmock/gmock.h>

#include "audio/made_room.h"

namespace fanlight::audio {
namespace {

constexpr double kSeconds = 10;

Sound louder(Sound sound, double by) {
  for (double& sample : sound)
    sample *= by;
  return sound;
}

/// What is said of the middle of it, when the memory is full.
EchoLoss::Figures figuresOf(const Sound& played, const Sound& captured, const Sound& cleaned) {
  EchoLoss loss;
  std::array<SoundHistory, 3> histories{SoundHistory(1 << 17), SoundHistory(1 << 17), SoundHistory(1 << 17)};
  histories[0].push(toSamples(played), 0);
  histories[1].push(toSamples(captured), 0);
  histories[2].push(toSamples(cleaned), 0);
  std::array<std::array<float, EchoLoss::kBlock>, 3> blocks{};
  for (SoundHistory::Moment at = 0; at < 7 * SoundHistory::kRate; at += EchoLoss::kHop) {
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_TRUE(histories[i].copy(at, blocks[i]));
    loss.add(blocks[0], blocks[1], blocks[2]);
  }
  return loss.figures();
}

TEST(EchoLoss, IsWhatIsMissingOfTheEcho) {
  const Sound far = speech(kSeconds, 1);
  const Sound echo = echoOf(far, 0);
  const auto figures = figuresOf(far, echo, louder(echo, 0.1));
  EXPECT_GT(figures.share, 0.9);
  EXPECT_NEAR(figures.all, 20, 0.5);
  EXPECT_NEAR(figures.echo, 20, 0.5);
}

TEST(EchoLoss, IsNoneWhereNothingIsTakenOut) {
  const Sound far = speech(kSeconds, 1);
  const Sound echo = echoOf(far, 0);
  const auto figures = figuresOf(far, echo, echo);
  EXPECT_NEAR(figures.all, 0, 0.1);
  EXPECT_NEAR(figures.echo, 0, 0.1);
}

TEST(EchoLoss, OfTheEchoIsToldBesideAVoiceThatIsKept) {
  const Sound far = speech(kSeconds, 1);
  const Sound echo = echoOf(far, 0);
  const Sound near = speech(kSeconds, 2, 0.04);
  const auto figures = figuresOf(far, mixed(echo, near), mixed(louder(echo, 0.1), near));
  std::printf("echo is %.0f %%, %.1f dB of everything and %.1f dB of the echo are taken out\n", 100 * figures.share,
              figures.all, figures.echo);
  EXPECT_LT(figures.share, 0.8);
  EXPECT_LT(figures.all, 8);
  EXPECT_GT(figures.echo, figures.all + 6);
}

TEST(EchoLoss, SeesNoEchoInAnotherVoice) {
  const auto figures = figuresOf(speech(kSeconds, 1), speech(kSeconds, 2), louder(speech(kSeconds, 2), 0.1));
  EXPECT_LT(figures.share, 0.15);
}

}  // namespace
}  // namespace fanlight::audio
