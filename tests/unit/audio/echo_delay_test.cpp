// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_delay.h"

#include <array>
#include <chrono>
#include <functional>

#include <gmock/gmock.h>

#include "audio/made_room.h"

namespace fanlight::audio {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

Sound silence(double seconds) {
  return Sound(static_cast<std::size_t>(seconds * kSoundRate));
}

/// Noise of a room where nobody speaks.
Sound hum(double seconds, double level) {
  std::mt19937 random(99);
  std::normal_distribution<double> noise(0, level);
  Sound sound(static_cast<std::size_t>(seconds * kSoundRate));
  std::ranges::generate(sound, [&] { return noise(random); });
  return sound;
}

class EchoDelayTest : public ::testing::Test {
 protected:
  /// Looks at all of it; `after` is told the second and what is found then.
  void look(const Sound& played, const Sound& captured,
            const std::function<void(double, std::optional<double>)>& after = nullptr) {
    SoundHistory there(1 << 20);
    SoundHistory here(1 << 20);
    there.push(toSamples(played), GST_SECOND);
    here.push(toSamples(captured), GST_SECOND);
    std::array<float, EchoDelay::kPlayed> a{};
    std::array<float, EchoDelay::kCaptured> b{};
    for (EchoDelay::Moment at = SoundHistory::kRate + EchoDelay::kLatest;
         there.copy(at - EchoDelay::kLatest, a) && here.copy(at, b); at += EchoDelay::kHop) {
      const auto began = std::chrono::steady_clock::now();
      delay_.add(a, b);
      spent_ += std::chrono::steady_clock::now() - began;
      ++looks_;
      clearest_ = std::max(clearest_, delay_.clearness());
      if (after)
        after(static_cast<double>(at) / SoundHistory::kRate - 1, found());
    }
  }
  /// In milliseconds.
  std::optional<double> found() const { return delay_.found(); }

  EchoDelay delay_;
  float clearest_ = 0;
  std::chrono::duration<double> spent_{};
  int looks_ = 0;
};

class EchoDelayOf : public EchoDelayTest, public ::testing::WithParamInterface<int> {};

TEST_P(EchoDelayOf, IsFoundWithinSecondsWithNoiseAndAnotherVoice) {
  const Sound far = speech(5, 1);
  const double late = GetParam() / 1000.0;
  std::optional<double> first;
  look(far, mixed(echoOf(far, late), mixed(hum(5, 0.003), speech(5, 2, 0.03))),
       [&](double second, std::optional<double> found) {
         if (found && !first)
           first = second;
       });
  std::printf("%d ms late: found %.2f ms after %.1f s, %.0f times the median; %.0f us a look\n", GetParam(),
              found().value_or(-1), first.value_or(-1), clearest_, 1e6 * spent_.count() / looks_);
  EXPECT_THAT(found(), Optional(DoubleNear(GetParam(), 1)));
  EXPECT_LT(first.value_or(99), 4);
}

INSTANTIATE_TEST_SUITE_P(Lateness, EchoDelayOf, ::testing::Values(0, 20, 60, 120, 200, 300),
                         [](const auto& late) { return std::to_string(late.param) + "ms"; });

TEST_F(EchoDelayTest, FindsAnEchoThatIsEarly) {
  const Sound far = speech(4, 1);
  look(far, echoOf(far, -0.02));
  EXPECT_THAT(found(), Optional(DoubleNear(-20, 1)));
}

TEST_F(EchoDelayTest, FindsNoneInAnotherVoiceOrInNoise) {
  int found = 0;
  const auto count = [&](double, std::optional<double> one) { found += one ? 1 : 0; };
  look(speech(20, 1), mixed(speech(20, 2), hum(20, 0.001)), count);
  look(speech(20, 3), hum(20, 0.01), count);
  look(speech(5, 1), silence(5), count);
  EXPECT_EQ(found, 0);
  std::printf("the clearest of nothing: %.1f times the median\n", clearest_);
}

TEST_F(EchoDelayTest, FollowsDevicesWhoseClocksDrift) {
  const Sound far = speech(20, 1);
  // 200 millionths are 4 ms in that time.
  look(far, slowed(echoOf(far, 0.06), 200), [](double second, std::optional<double> found) {
    if (second > 5) {
      EXPECT_THAT(found, Optional(DoubleNear(60 + 0.2 * second, 1))) << second;
    }
  });
}

TEST_F(EchoDelayTest, FollowsAnEchoThatHasMoved) {
  const Sound far = speech(12, 1);
  Sound echo = echoOf(far, 0.04);
  const Sound later = echoOf(far, 0.15);
  std::copy(later.begin() + 6 * kSoundRate, later.end(), echo.begin() + 6 * kSoundRate);
  look(far, echo, [](double second, std::optional<double> found) {
    if (second > 3 && second < 6) {
      EXPECT_THAT(found, Optional(DoubleNear(40, 1)));
    }
  });
  EXPECT_THAT(found(), Optional(DoubleNear(150, 1)));
}

TEST_F(EchoDelayTest, KnowsNothingAnyMoreWhenTheEchoIsGoneForSeconds) {
  const Sound far = speech(22, 1);
  Sound echo = echoOf(far, 0.04);
  const Sound other = hum(22, 0.03);
  std::copy(other.begin() + 6 * kSoundRate, other.end(), echo.begin() + 6 * kSoundRate);
  look(far, echo, [](double second, std::optional<double> found) {
    if (second > 3 && second < 8) {
      EXPECT_THAT(found, Optional(DoubleNear(40, 1)));
    }
  });
  EXPECT_EQ(found(), std::nullopt);
}

}  // namespace
}  // namespace fanlight::audio
