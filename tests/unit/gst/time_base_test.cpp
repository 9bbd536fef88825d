// SPDX-License-Identifier: Apache-2.0
// One running time in all pipelines, and over their restarts.
#include <gmock/gmock.h>

#include "gst/element.h"
#include "gst/pipeline.h"
#include "loop_fixture.h"

namespace fanlight::gst {
namespace {

constexpr const char* kLive =
    "videotestsrc is-live=true ! video/x-raw,format=GRAY8,width=16,height=16,framerate=100/1 ! fakesink name=out";

class TimeBaseTest : public test::LoopFixture {
 protected:
  std::unique_ptr<Pipeline> play(const TimeBase& timeBase) {
    auto pipeline = std::make_unique<Pipeline>("test", timeBase, context_, nullptr);
    EXPECT_TRUE(pipeline->addBin(kLive));
    watch(*pipeline);
    EXPECT_TRUE(pipeline->setState(GST_STATE_PLAYING));
    return pipeline;
  }
  void watch(const Pipeline& pipeline) {
    const auto sink = findElement(pipeline.element(), "out");
    first_ = GST_CLOCK_TIME_NONE;
    probe_ = PadProbe(staticPad(sink.get(), "sink"), GST_PAD_PROBE_TYPE_BUFFER, [this](GstPad*, GstPadProbeInfo* info) {
      GstClockTime none = GST_CLOCK_TIME_NONE;
      first_.compare_exchange_strong(none, GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(info)));
      return GST_PAD_PROBE_OK;
    });
  }
  void awaitFrame() {
    runUntil("a frame", [this] { return first_ != GST_CLOCK_TIME_NONE; });
  }
  GstClockTime firstTime() {
    awaitFrame();
    return first_;
  }
  static GstClockTime runningTime(const std::unique_ptr<Pipeline>& pipeline) {
    return gst_element_get_current_running_time(pipeline->element());
  }

  const TimeBase timeBase_ = TimeBase::create();
  std::atomic<GstClockTime> first_ = GST_CLOCK_TIME_NONE;
  PadProbe probe_;
};

TEST_F(TimeBaseTest, GivesTwoPipelinesTheSameRunningTime) {
  const auto one = play(timeBase_);
  awaitFrame();
  const auto other = play(timeBase_);
  awaitFrame();
  const GstClockTime before = runningTime(one);
  const GstClockTime between = runningTime(other);
  const GstClockTime after = runningTime(one);
  EXPECT_LE(before, between);
  EXPECT_LE(between, after);
  EXPECT_EQ(gst_element_get_base_time(one->element()), gst_element_get_base_time(other->element()));
}

TEST_F(TimeBaseTest, IsTheRunningTimeOfItsPipelines) {
  const auto pipeline = play(timeBase_);
  awaitFrame();
  const GstClockTime before = timeBase_.runningTime();
  const GstClockTime between = runningTime(pipeline);
  EXPECT_LE(before, between);
  EXPECT_LE(between, timeBase_.runningTime());
}

TEST_F(TimeBaseTest, IsTheSameInItsCopies) {
  const TimeBase copy = timeBase_;
  const GstClockTime before = timeBase_.runningTime();
  const GstClockTime between = copy.runningTime();
  EXPECT_LE(before, between);
  EXPECT_LE(between, timeBase_.runningTime());
}

TEST_F(TimeBaseTest, DoesNotGoBackWhenAPipelineIsMadeAnew) {
  auto pipeline = play(timeBase_);
  awaitFrame();
  const GstClockTime ended = timeBase_.runningTime();
  pipeline.reset();
  pipeline = play(timeBase_);
  EXPECT_GE(firstTime(), ended);
  EXPECT_LE(firstTime(), timeBase_.runningTime());
}

TEST_F(TimeBaseTest, GoesOnThroughNullOfOnePipeline) {
  const auto pipeline = play(timeBase_);
  awaitFrame();
  ASSERT_TRUE(pipeline->setState(GST_STATE_NULL));
  const GstClockTime ended = timeBase_.runningTime();
  watch(*pipeline);
  ASSERT_TRUE(pipeline->setState(GST_STATE_PLAYING));
  EXPECT_GE(firstTime(), ended);
  const GstClockTime before = timeBase_.runningTime();
  EXPECT_LE(before, runningTime(pipeline));
}

TEST_F(TimeBaseTest, GoesOnThroughAPause) {
  const auto pipeline = play(timeBase_);
  awaitFrame();
  ASSERT_TRUE(pipeline->setState(GST_STATE_PAUSED));
  first_ = GST_CLOCK_TIME_NONE;
  ASSERT_TRUE(pipeline->setState(GST_STATE_PLAYING));
  awaitFrame();
  const GstClockTime before = timeBase_.runningTime();
  EXPECT_LE(before, runningTime(pipeline));
}

}  // namespace
}  // namespace fanlight::gst
