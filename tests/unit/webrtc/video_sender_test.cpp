// SPDX-License-Identifier: Apache-2.0
// A sender on a pad of its own, fed by hand: when it says that pictures flow.
#include "webrtc/video_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "steered_clocks.h"

namespace fanlight::webrtc {
namespace {

using namespace std::chrono_literals;

class VideoSenderTest : public ::testing::Test {
 protected:
  VideoSenderTest() {
    GstElement* sink = pipeline_.add(std::move(*gst::makeElement("fakesink")));
    gst::setBoolean(sink, "async", false);
    pad_ = gst::staticPad(sink, "sink");
    MediaLine line;
    line.payload.type = 96;
    sender_ = *VideoSender::create(pipeline_, pad_.get(), line, 1, clock_);
  }
  ~VideoSenderTest() override { EXPECT_TRUE(pipeline_.setState(GST_STATE_NULL)); }

  /// A picture taken at `time`.
  void deliver(GstClockTime time = 0) {
    const auto caps =
        gst::Ref<GstCaps>::adopt(gst_caps_from_string("video/x-h264,stream-format=byte-stream,alignment=au"));
    const auto picture = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 100, nullptr));
    GST_BUFFER_PTS(picture.get()) = time;
    sender_->deliver(picture.get(), caps.get());
  }

  test::SteeredClock clock_;
  gst::Pipeline pipeline_{"test", gst::TimeBase::create(), glib::MainContext::main(), [](const auto&) {}};
  gst::Ref<GstPad> pad_;
  std::shared_ptr<VideoSender> sender_;
};

TEST_F(VideoSenderTest, SendsNothingBeforeTheFirstPicture) {
  EXPECT_FALSE(sender_->traffic().sendingSince);
}

TEST_F(VideoSenderTest, HasBeenSendingSinceTheFirstOfPicturesWithoutAPause) {
  const base::TimePoint began = clock_.now();
  for (int i = 0; i < 10; ++i) {
    deliver();
    clock_.advance(1s);
  }
  EXPECT_EQ(sender_->traffic().sendingSince, began);
}

TEST_F(VideoSenderTest, SendsNothingWhileNoPicturesCome) {
  deliver();
  clock_.advance(kDeliveryPause);
  EXPECT_TRUE(sender_->traffic().sendingSince);
  clock_.advance(1ns);
  EXPECT_FALSE(sender_->traffic().sendingSince);
}

TEST_F(VideoSenderTest, IsSendingWhileWhatWasDeliveredIsStuck) {
  const gst::PadProbe stuck(pad_.clone(), GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM,
                            [](GstPad*, GstPadProbeInfo*) { return GST_PAD_PROBE_OK; });
  ASSERT_TRUE(pipeline_.setState(GST_STATE_PLAYING));
  const base::TimePoint began = clock_.now();
  for (const GstClockTime second : {0, 1, 2, 3})
    deliver(second * GST_SECOND);
  clock_.advance(1h);
  EXPECT_EQ(sender_->traffic().sendingSince, began);
}

TEST_F(VideoSenderTest, BeginsAnewWhenPicturesComeAgain) {
  deliver();
  clock_.advance(1h);
  deliver();
  EXPECT_EQ(sender_->traffic().sendingSince, clock_.now());
}

TEST_F(VideoSenderTest, NotesWhenFeedbackCame) {
  ASSERT_TRUE(pipeline_.setState(GST_STATE_PLAYING));
  gst_pad_push_event(pad_.get(), gst_event_new_custom(GST_EVENT_CUSTOM_UPSTREAM, gst_structure_new_empty("Other")));
  EXPECT_FALSE(sender_->traffic().lastFeedback);
  gst_pad_push_event(pad_.get(),
                     gst_event_new_custom(GST_EVENT_CUSTOM_UPSTREAM, gst_structure_new_empty("RTPTWCCPackets")));
  EXPECT_EQ(sender_->traffic().lastFeedback, clock_.now());
}

}  // namespace
}  // namespace fanlight::webrtc
