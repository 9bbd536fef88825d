// SPDX-License-Identifier: Apache-2.0
// Replies of every kind, and the thread on which they arrive.
#include "gst/promise.h"

#include <thread>

#include <gmock/gmock.h>

#include "loop_fixture.h"

namespace fanlight::gst {
namespace {

class PromiseTest : public test::LoopFixture {
 protected:
  PromiseTest() : promise_(makePromise(context_, [this](const auto& reply) { take(reply); })) {}

  void take(const base::Result<std::shared_ptr<Reply>>& reply) {
    ++calls_;
    thread_ = std::this_thread::get_id();
    reply_ = reply;
  }
  void awaitReply() {
    runUntil("the reply", [this] { return calls_ > 0; });
  }
  void drainLoop() {
    while (context_.iterate(false))
      continue;
  }

  int calls_ = 0;
  std::thread::id thread_;
  base::Result<std::shared_ptr<Reply>> reply_;
  Ref<GstPromise> promise_;
};

TEST_F(PromiseTest, GivesTheReplyToItsHandler) {
  gst_promise_reply(promise_.get(), gst_structure_new("reply", "answer", G_TYPE_INT, 42, nullptr));
  awaitReply();
  ASSERT_TRUE(reply_);
  int answer = 0;
  ASSERT_TRUE(gst_structure_get_int((*reply_)->structure(), "answer", &answer));
  EXPECT_EQ(answer, 42);
}

TEST_F(PromiseTest, KeepsTheReplyForAsLongAsItIsHeld) {
  gst_promise_reply(promise_.get(), gst_structure_new_empty("reply"));
  awaitReply();
  promise_ = nullptr;
  ASSERT_TRUE(reply_);
  EXPECT_STREQ(gst_structure_get_name((*reply_)->structure()), "reply");
}

TEST_F(PromiseTest, GivesAnEmptyReplyAsNone) {
  gst_promise_reply(promise_.get(), nullptr);
  awaitReply();
  ASSERT_TRUE(reply_);
  EXPECT_EQ((*reply_)->structure(), nullptr);
}

TEST_F(PromiseTest, FailsWithTheTextOfAnErrorInTheReply) {
  const glib::Owned<GError> error(g_error_new_literal(GST_CORE_ERROR, GST_CORE_ERROR_FAILED, "no such m-line"));
  gst_promise_reply(promise_.get(), gst_structure_new("reply", "error", G_TYPE_ERROR, error.get(), nullptr));
  awaitReply();
  ASSERT_FALSE(reply_);
  EXPECT_EQ(reply_.error().code, base::ErrorCode::Internal);
  EXPECT_EQ(reply_.error().message, "no such m-line");
}

TEST_F(PromiseTest, FailsWhereItIsInterrupted) {
  gst_promise_interrupt(promise_.get());
  awaitReply();
  ASSERT_FALSE(reply_);
  EXPECT_EQ(reply_.error().message, "interrupted");
}

TEST_F(PromiseTest, IsAnsweredOnceThoughAReplyFollowsTheInterruption) {
  gst_promise_interrupt(promise_.get());
  gst_promise_reply(promise_.get(), gst_structure_new_empty("late"));
  awaitReply();
  drainLoop();
  EXPECT_EQ(calls_, 1);
  EXPECT_FALSE(reply_);
}

TEST_F(PromiseTest, IsNeverAnsweredInsideTheCallThatReplies) {
  gst_promise_reply(promise_.get(), nullptr);
  EXPECT_EQ(calls_, 0);
  awaitReply();
}

TEST_F(PromiseTest, IsAnsweredOnTheContextsThreadWhoeverReplies) {
  std::thread([this] { gst_promise_reply(promise_.get(), gst_structure_new_empty("reply")); }).join();
  awaitReply();
  EXPECT_EQ(thread_, std::this_thread::get_id());
}

TEST_F(PromiseTest, LetsGoOfItsHandlerAfterTheReply) {
  const auto held = std::make_shared<int>(0);
  gst_promise_interrupt(promise_.get());
  promise_ = makePromise(context_, [held](const auto&) {});
  gst_promise_reply(promise_.get(), nullptr);
  promise_ = nullptr;
  runUntil("the handler to be freed", [&held] { return held.use_count() == 1; });
}

}  // namespace
}  // namespace fanlight::gst
