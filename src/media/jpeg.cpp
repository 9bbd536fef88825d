// SPDX-License-Identifier: Apache-2.0
// A pipeline for one picture; what it has to decode it finds out by itself.
#include "media/jpeg.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "gst/await_end.h"
#include "gst/element.h"
#include "gst/mapped_buffer.h"

namespace fanlight::media {
namespace {

constexpr const char* kPipeline =
    "appsrc name=in format=time ! decodebin ! videoconvert ! jpegenc ! appsink name=out sync=false wait-on-eos=false";
constexpr const char* kName = "still";
constexpr GstClockTime kLimit = 5 * GST_SECOND;

std::string bytesOf(GstSample* sample) {
  const gst::MappedBuffer mapped(gst_sample_get_buffer(sample));
  return {reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size()};
}

}  // namespace

base::Result<std::string> toJpeg(GstSample* picture) {
  const auto pipeline = gst::parsePipeline(kPipeline);
  if (!pipeline)
    return tl::unexpected(pipeline.error());
  gst_object_set_name(GST_OBJECT(pipeline->get()), kName);
  const auto in = gst::findElement(pipeline->get(), "in");
  const auto out = gst::findElement(pipeline->get(), "out");
  const auto started = gst_element_set_state(pipeline->get(), GST_STATE_PLAYING);
  gst_app_src_push_sample(GST_APP_SRC(in.get()), picture);
  gst_app_src_end_of_stream(GST_APP_SRC(in.get()));
  const auto ended = gst::awaitEnd(pipeline->get(), started, kLimit);
  const auto file = gst::Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(GST_APP_SINK(out.get()), 0));
  gst_element_set_state(pipeline->get(), GST_STATE_NULL);
  if (!ended)
    return tl::unexpected(base::Error(ended.error()).within("the picture cannot be made a JPEG file"));
  if (!file)
    return base::fail(base::ErrorCode::Unsupported, "the picture cannot be decoded");
  return bytesOf(file.get());
}

}  // namespace fanlight::media
