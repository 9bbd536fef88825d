// SPDX-License-Identifier: Apache-2.0
// CPU time of threads by their name, and what an encoder takes of a core.
#include "media/thread_time.h"

#include <array>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <pthread.h>

#include "media/encoder_use.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Of the thread that calls it.
base::Duration ownTime() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void work(base::Duration time) {
  while (ownTime() < time) {
  }
}

/// A tick of the kernel's is a hundredth of a second; both of a thread's figures are cut to whole ones.
constexpr base::Duration kTicks = milliseconds(20);

TEST(CpuTimeOfThreads, CountsThoseOfTheNameAndThoseThatTheyMade) {
  std::atomic<int> done = 0;
  std::atomic<bool> mayEnd = false;
  const auto busy = [&] {
    work(milliseconds(100));
    ++done;
    done.notify_all();
    mayEnd.wait(false);
  };
  std::thread named([&] {
    ::pthread_setname_np(::pthread_self(), "tt(1) :src");
    std::thread made(busy);
    busy();
    made.join();
  });
  for (int count = done; count < 2; count = done)
    done.wait(count);
  const base::Duration time = cpuTimeOfThreads("tt(1) :src");
  EXPECT_GE(time, milliseconds(200) - 2 * kTicks);
  EXPECT_LT(time, seconds(2));
  mayEnd = true;
  mayEnd.notify_all();
  named.join();
}

// The kernel gives a file that is open already an error of its own for a thread that has gone.
TEST(CpuTimeOfThreads, PassesOverThreadsThatEndWhileTheyAreLookedAt) {
  std::atomic<bool> isEnough = false;
  std::thread comingAndGoing([&isEnough] {
    while (!isEnough) {
      std::array<std::thread, 8> brief;
      for (std::thread& one : brief)
        one = std::thread([] {});
      for (std::thread& one : brief)
        one.join();
    }
  });
  for (int i = 0; i < 5000; ++i)
    EXPECT_EQ(cpuTimeOfThreads("nobody:src"), base::Duration());
  isEnough = true;
  comingAndGoing.join();
}

TEST(CpuTimeOfThreads, IsNoneWhereNobodyHasTheName) {
  EXPECT_EQ(cpuTimeOfThreads("nobody:src"), base::Duration());
  EXPECT_EQ(cpuTimeOfThreads(""), base::Duration());
}

TEST(EncoderMeter, GivesPerCentOfACoreSinceTheLastLook) {
  EncoderMeter meter;
  const base::TimePoint begin{seconds(100)};
  EXPECT_EQ(meter.look(seconds(7), begin), std::nullopt);
  EXPECT_EQ(meter.look(seconds(10), begin + seconds(5)), 60);
  EXPECT_EQ(meter.look(seconds(20), begin + seconds(10)), 200);
  EXPECT_EQ(meter.look(seconds(20), begin + seconds(15)), 0);
}

TEST(EncoderMeter, BeginsAnewWhereThreadsHaveEnded) {
  EncoderMeter meter;
  const base::TimePoint begin{seconds(100)};
  meter.look(seconds(7), begin);
  EXPECT_EQ(meter.look(seconds(1), begin + seconds(5)), std::nullopt);
  EXPECT_EQ(meter.look(seconds(2), begin + seconds(10)), 20);
  EXPECT_EQ(meter.look(seconds(3), begin + seconds(10)), std::nullopt);
}

}  // namespace
}  // namespace fanlight::media
