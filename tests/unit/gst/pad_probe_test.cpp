// SPDX-License-Identifier: Apache-2.0
// Probes on a pad that the test pushes through by hand: everything happens inside push().
#include <gmock/gmock.h>

#include "gst/element.h"

namespace fanlight::gst {
namespace {

class PadProbeTest : public ::testing::Test {
 protected:
  // What must come before the first buffer.
  PadProbeTest() {
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_pad_set_active(pad_.get(), TRUE);
    gst_pad_push_event(pad_.get(), gst_event_new_stream_start("test"));
    gst_pad_push_event(pad_.get(), gst_event_new_segment(&segment));
  }
  ~PadProbeTest() override { gst_pad_set_active(pad_.get(), FALSE); }

  PadProbe count(int& calls) {
    return PadProbe(pad_.clone(), GST_PAD_PROBE_TYPE_BUFFER, [&calls](GstPad*, GstPadProbeInfo*) {
      ++calls;
      return GST_PAD_PROBE_OK;
    });
  }
  // Nothing is linked behind the pad, which a probe comes before.
  GstFlowReturn push() { return gst_pad_push(pad_.get(), gst_buffer_new()); }

  const Ref<GstPad> pad_ = Ref<GstPad>::sink(gst_pad_new("src", GST_PAD_SRC));
  int calls_ = 0;
};

TEST_F(PadProbeTest, SeesWhatPasses) {
  const auto probe = count(calls_);
  push();
  push();
  EXPECT_EQ(calls_, 2);
}

TEST_F(PadProbeTest, DecidesWhatPasses) {
  EXPECT_EQ(push(), GST_FLOW_NOT_LINKED);
  const PadProbe probe(pad_.clone(), GST_PAD_PROBE_TYPE_BUFFER,
                       [](GstPad*, GstPadProbeInfo*) { return GST_PAD_PROBE_DROP; });
  EXPECT_EQ(push(), GST_FLOW_OK);
}

TEST_F(PadProbeTest, SeesNothingAfterItWasRemoved) {
  auto probe = count(calls_);
  push();
  probe.remove();
  push();
  EXPECT_EQ(calls_, 1);
}

TEST_F(PadProbeTest, MayBeRemovedTwice) {
  auto probe = count(calls_);
  probe.remove();
  probe.remove();
  push();
  EXPECT_EQ(calls_, 0);
}

TEST_F(PadProbeTest, SeesNothingAfterItsEnd) {
  { const auto probe = count(calls_); }
  push();
  EXPECT_EQ(calls_, 0);
}

TEST_F(PadProbeTest, GoesOnWhenItIsMoved) {
  auto probe = count(calls_);
  const PadProbe moved = std::move(probe);
  push();
  EXPECT_EQ(calls_, 1);
}

TEST_F(PadProbeTest, RemovesTheOneThatItReplaces) {
  int others = 0;
  auto probe = count(calls_);
  probe = count(others);
  push();
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(others, 1);
}

TEST_F(PadProbeTest, MayBeRemovedByItsOwnCallback) {
  PadProbe probe;
  probe = PadProbe(pad_.clone(), GST_PAD_PROBE_TYPE_BUFFER, [this, &probe](GstPad*, GstPadProbeInfo*) {
    ++calls_;
    probe.remove();
    return GST_PAD_PROBE_OK;
  });
  push();
  push();
  EXPECT_EQ(calls_, 1);
}

TEST_F(PadProbeTest, LetsGoOfItsCallbackAndItsPad) {
  const auto held = std::make_shared<int>(0);
  {
    const PadProbe probe(pad_.clone(), GST_PAD_PROBE_TYPE_BUFFER,
                         [held](GstPad*, GstPadProbeInfo*) { return GST_PAD_PROBE_OK; });
    EXPECT_EQ(held.use_count(), 2);
    EXPECT_EQ(GST_OBJECT_REFCOUNT_VALUE(pad_.get()), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(GST_OBJECT_REFCOUNT_VALUE(pad_.get()), 1);
}

}  // namespace
}  // namespace fanlight::gst
