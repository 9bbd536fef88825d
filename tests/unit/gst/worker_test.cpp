// SPDX-License-Identifier: Apache-2.0
// The thread for what may block: order, what it tells of itself, and its end.
#include "gst/worker.h"

#include <array>
#include <future>
#include <vector>

#include <gmock/gmock.h>
#include <pthread.h>

#include "loop_fixture.h"
#include "steered_clocks.h"

namespace fanlight::gst {
namespace {

using ::testing::ElementsAre;

class WorkerTest : public test::LoopFixture {};

// Holds a worker up from inside a task, for as long as the test wants.
class Gate {
 public:
  std::function<void()> task() {
    return [this] {
      entered_.set_value();
      opened_.get_future().wait();
    };
  }
  void awaitEntered() { entered_.get_future().wait(); }
  void open() { opened_.set_value(); }

 private:
  std::promise<void> entered_;
  std::promise<void> opened_;
};

std::string threadName() {
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  return name.data();
}

std::string nameInside(Worker& worker) {
  std::promise<std::string> name;
  worker.run([&name] { name.set_value(threadName()); });
  return name.get_future().get();
}

TEST_F(WorkerTest, RunsItsTasksInTheOrderTheyWereGiven) {
  std::vector<int> ran;
  {
    Worker worker("worker");
    for (int i = 0; i < 4; ++i)
      worker.run([&ran, i] { ran.push_back(i); });
  }
  EXPECT_THAT(ran, ElementsAre(0, 1, 2, 3));
}

TEST_F(WorkerTest, RunsItsTasksOnOneThreadOfItsOwn) {
  Worker worker("worker");
  std::promise<std::thread::id> first;
  std::promise<std::thread::id> second;
  worker.run([&first] { first.set_value(std::this_thread::get_id()); });
  worker.run([&second] { second.set_value(std::this_thread::get_id()); });
  const auto id = first.get_future().get();
  EXPECT_NE(id, std::this_thread::get_id());
  EXPECT_EQ(id, second.get_future().get());
}

TEST_F(WorkerTest, GivesItsNameToItsThread) {
  Worker worker("cam:porch");
  EXPECT_EQ(nameInside(worker), "cam:porch");
}

TEST_F(WorkerTest, CutsAThreadNameThatTheKernelWouldRefuse) {
  Worker worker("cam:the-one-at-the-back-door");
  EXPECT_EQ(nameInside(worker), "cam:the-one-at-");
  EXPECT_EQ(worker.name(), "cam:the-one-at-the-back-door");
}

TEST_F(WorkerTest, IsNotBusyBeforeItsFirstTask) {
  const Worker worker("worker");
  EXPECT_EQ(worker.busyFor(), std::nullopt);
}

TEST_F(WorkerTest, TellsHowLongItsPresentTaskHasBeenRunning) {
  Gate gate;
  Worker worker("worker");
  worker.run(gate.task());
  gate.awaitEntered();
  const auto early = worker.busyFor();
  ASSERT_TRUE(early);
  runUntil("the time to go on", [&worker, early] { return worker.busyFor() > early; });
  gate.open();
}

TEST_F(WorkerTest, MeasuresByTheClockThatItIsGiven) {
  test::SteeredClock clock;
  Gate gate;
  Worker worker("worker", clock);
  worker.run(gate.task());
  gate.awaitEntered();
  clock.advance(kStuckAfter);
  EXPECT_EQ(worker.busyFor(), kStuckAfter);
  gate.open();
}

TEST_F(WorkerTest, IsNotBusyAnyMoreAfterItsLastTask) {
  Gate gate;
  Worker worker("worker");
  worker.run(gate.task());
  gate.awaitEntered();
  ASSERT_TRUE(worker.busyFor());
  gate.open();
  runUntil("the worker to idle", [&worker] { return !worker.busyFor(); });
}

TEST_F(WorkerTest, CountsTheTimeOfEachTaskAlone) {
  Gate first;
  Gate second;
  Worker worker("worker");
  worker.run(first.task());
  first.awaitEntered();
  runUntil("the first task to take a while",
           [&worker] { return worker.busyFor().value_or(base::Duration{}) > std::chrono::milliseconds(5); });
  const auto secondGiven = std::chrono::steady_clock::now();
  worker.run(second.task());
  first.open();
  second.awaitEntered();
  const auto busyFor = worker.busyFor();
  ASSERT_TRUE(busyFor);
  EXPECT_LE(*busyFor, std::chrono::steady_clock::now() - secondGiven);
  second.open();
}

TEST_F(WorkerTest, FinishesWhatIsQueuedBeforeItsEnd) {
  int ran = 0;
  {
    Gate gate;
    Worker worker("worker");
    worker.run(gate.task());
    gate.awaitEntered();
    for (int i = 0; i < 3; ++i)
      worker.run([&ran] { ++ran; });
    gate.open();
  }
  EXPECT_EQ(ran, 3);
}

TEST_F(WorkerTest, FinishesWhatItsLastTaskQueues) {
  bool ran = false;
  {
    Worker worker("worker");
    worker.run([&worker, &ran] { worker.run([&ran] { ran = true; }); });
  }
  EXPECT_TRUE(ran);
}

// What a task held may be the last of something whose end is another task.
TEST_F(WorkerTest, TakesATaskFromWhatATaskLetsGo) {
  bool ran = false;
  {
    Worker worker("worker");
    std::shared_ptr<void> queues(nullptr, [&worker, &ran](void*) { worker.run([&ran] { ran = true; }); });
    worker.run([queues = std::move(queues)] {});
  }
  EXPECT_TRUE(ran);
}

TEST_F(WorkerTest, LetsGoOfATaskBeforeTheNextBegins) {
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> watched = held;
  std::promise<bool> isGone;
  Worker worker("worker");
  worker.run([held = std::move(held)] {});
  worker.run([&isGone, watched] { isGone.set_value(watched.expired()); });
  EXPECT_TRUE(isGone.get_future().get());
}

}  // namespace
}  // namespace fanlight::gst
