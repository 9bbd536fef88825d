// SPDX-License-Identifier: Apache-2.0
// Small video files, made by GStreamer when a test begins.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "gst/element.h"
#include "temporary_folder.h"

namespace fanlight::test {

class MadeFile {
 public:
  /// `encode`: from 320x240 pictures at 30 a second to a container's bytes.
  explicit MadeFile(const std::string& encode, int pictures = 60) {
    const std::string text = "videotestsrc num-buffers=" + std::to_string(pictures) +
                             " ! video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! " + encode +
                             " ! filesink location=" + path();
    glib::ErrorOut error;
    const auto pipeline = gst::Ref<GstElement>::sink(gst_parse_launch(text.c_str(), error.out()));
    EXPECT_TRUE(pipeline) << error.message();
    gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
    const auto bus = gst::Ref<GstBus>::adopt(gst_element_get_bus(pipeline.get()));
    const auto message = gst::Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(
        bus.get(), 10 * GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
    EXPECT_TRUE(message && GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) << text;
    gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  }
  std::string path() const { return folder_.path("video"); }

  static constexpr const char* kH264 =
      "x264enc tune=zerolatency key-int-max=30 bframes=0 ! video/x-h264,profile=constrained-baseline ! h264parse ! "
      "mp4mux";

 private:
  const TemporaryFolder folder_;
};

}  // namespace fanlight::test
