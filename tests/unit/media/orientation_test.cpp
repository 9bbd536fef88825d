// SPDX-License-Identifier: Apache-2.0
// Which way a picture is turned, shown on a picture of two by one that is turned for real.
#include "media/orientation.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gtest/gtest.h>

#include "gst/await_end.h"
#include "gst/element.h"

namespace fanlight::media {
namespace {

/// Four grey squares of 8x8, top left, top right, bottom left, bottom right, as one letter each.
std::string turn(const Orientation& orientation) {
  constexpr int kSide = 16;
  const auto pipeline = gst::parsePipeline("appsrc name=in format=time" + renderTurn(orientation) +
                                           " ! appsink name=out sync=false wait-on-eos=false");
  EXPECT_TRUE(pipeline) << pipeline.error().message;
  const auto caps =
      gst::Ref<GstCaps>::adopt(gst_caps_from_string("video/x-raw,format=GRAY8,width=16,height=16,framerate=30/1"));
  const auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, kSide * kSide, nullptr));
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      gst_buffer_memset(buffer.get(), static_cast<gsize>(y * kSide + x), static_cast<guint8>('a' + x / 8 + y / 8 * 2),
                        1);
  const auto sample = gst::Ref<GstSample>::adopt(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
  const auto in = gst::findElement(pipeline->get(), "in");
  const auto started = gst_element_set_state(pipeline->get(), GST_STATE_PLAYING);
  gst_app_src_push_sample(GST_APP_SRC(in.get()), sample.get());
  gst_app_src_end_of_stream(GST_APP_SRC(in.get()));
  const auto ended = gst::awaitEnd(pipeline->get(), started, 5 * GST_SECOND);
  EXPECT_TRUE(ended) << ended.error().message;
  const auto out = gst::findElement(pipeline->get(), "out");
  const auto turned = gst::Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(GST_APP_SINK(out.get()), 0));
  std::string corners;
  for (const gsize place : {0, kSide - 1, kSide * (kSide - 1), kSide * kSide - 1}) {
    guint8 grey = 0;
    gst_buffer_extract(gst_sample_get_buffer(turned.get()), place, &grey, 1);
    corners += static_cast<char>(grey);
  }
  gst_element_set_state(pipeline->get(), GST_STATE_NULL);
  return corners;
}

TEST(Orientation, TurnsClockwise) {
  EXPECT_EQ(turn({90, false}), "cadb");
  EXPECT_EQ(turn({180, false}), "dcba");
  EXPECT_EQ(turn({270, false}), "bdac");
}

TEST(Orientation, MirrorsWhatWasTurned) {
  EXPECT_EQ(turn({0, true}), "badc");
  EXPECT_EQ(turn({90, true}), "acbd");
  EXPECT_EQ(turn({180, true}), "cdab");
  EXPECT_EQ(turn({270, true}), "dbca");
}

TEST(Orientation, CostsNothingWhereThePictureIsUpright) {
  EXPECT_EQ(renderTurn({0, false}), "");
}

TEST(Orientation, SwapsTheSidesByAQuarter) {
  EXPECT_EQ((Orientation{90, false}.turned({640, 360})), (base::Resolution{360, 640}));
  EXPECT_EQ((Orientation{180, true}.turned({640, 360})), (base::Resolution{640, 360}));
}

}  // namespace
}  // namespace fanlight::media
