// SPDX-License-Identifier: Apache-2.0
// Posting to the owner thread.
#include "glib/main_context.h"

#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::glib {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MainContextTest : public ::testing::Test {
 protected:
  void run() {
    while (context_.iterate(false)) {
    }
  }
  MainContext context_ = MainContext::create();
  std::vector<int> order_;
};

TEST_F(MainContextTest, RunsAPostedTaskLaterNotAtOnce) {
  context_.post([this] { order_.push_back(1); });
  EXPECT_THAT(order_, IsEmpty());
  run();
  EXPECT_THAT(order_, ElementsAre(1));
}

TEST_F(MainContextTest, RunsATaskOnce) {
  context_.post([this] { order_.push_back(1); });
  run();
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_THAT(order_, ElementsAre(1));
}

TEST_F(MainContextTest, RunsTasksInTheOrderTheyWerePosted) {
  for (int i = 0; i < 100; ++i)
    context_.post([this, i] { order_.push_back(i); });
  run();
  std::vector<int> expected(100);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order_, expected);
}

TEST_F(MainContextTest, RunsATaskPostedByATaskAfterThoseThatWait) {
  context_.post([this] {
    order_.push_back(1);
    context_.post([this] { order_.push_back(3); });
  });
  context_.post([this] { order_.push_back(2); });
  run();
  EXPECT_THAT(order_, ElementsAre(1, 2, 3));
}

TEST_F(MainContextTest, IsOneContextInAllItsCopies) {
  const MainContext copy = context_;
  copy.post([this] { order_.push_back(1); });
  run();
  EXPECT_THAT(order_, ElementsAre(1));
}

/// Notes on which thread it was destroyed last.
class ThreadOfDeath {
 public:
  explicit ThreadOfDeath(std::thread::id& id)
      : id_(&id, [](std::thread::id* at) { *at = std::this_thread::get_id(); }) {}

 private:
  std::shared_ptr<std::thread::id> id_;
};

TEST_F(MainContextTest, RunsAndDestroysTasksOfAForeignThreadOnItsOwnInOrder) {
  std::thread::id diedOn;
  std::vector<std::thread::id> ranOn;
  std::jthread foreign([&] {
    for (int i = 0; i < 100; ++i)
      context_.post([this, &ranOn, i, death = ThreadOfDeath(diedOn)] {
        order_.push_back(i);
        ranOn.push_back(std::this_thread::get_id());
      });
  });
  while (order_.size() < 100)
    context_.iterate(true);
  foreign.join();
  EXPECT_TRUE(std::ranges::is_sorted(order_));
  EXPECT_EQ(std::ranges::count(ranOn, std::this_thread::get_id()), 100);
  EXPECT_EQ(diedOn, std::this_thread::get_id());
}

TEST_F(MainContextTest, WakesUpForATaskOfAForeignThread) {
  std::jthread foreign([this] { context_.post([this] { order_.push_back(1); }); });
  while (order_.empty())
    context_.iterate(true);
  EXPECT_THAT(order_, ElementsAre(1));
}

TEST(MainContextLife, FreesTasksThatNeverRan) {
  const auto held = std::make_shared<int>(0);
  {
    const MainContext context = MainContext::create();
    context.post([held] { ++*held; });
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(*held, 0);
}

}  // namespace
}  // namespace fanlight::glib
