// SPDX-License-Identifier: Apache-2.0
#include "webrtc/feed_source.h"

#include <gst/app/gstappsrc.h>

namespace fanlight::webrtc {
namespace {

base::Result<gst::Ref<GstElement>> makeSource() {
  auto source = gst::makeElement("appsrc");
  if (!source)
    return source;
  GstElement* element = source->get();
  gst::setFromText(element, "format", "time");
  gst::setBoolean(element, "is-live", true);
  gst::setBoolean(element, "block", false);
  gst::setInteger(element, "min-latency", 0);
  // Bounded by the Feed, which drops whole stretches; appsrc would drop single pictures.
  gst::setInteger(element, "max-bytes", 0);
  gst::setInteger(element, "max-buffers", 0);
  gst::setInteger(element, "max-time", 0);
  return source;
}

}  // namespace

base::Result<FeedSource> FeedSource::create(gst::Pipeline& pipeline, gst::Ref<GstElement> payloader, GstPad* pad) {
  auto source = makeSource();
  if (!source)
    return tl::unexpected(source.error());
  FeedSource feed(source->clone());
  GstElement* from = pipeline.add(std::move(*source));
  GstElement* to = pipeline.add(std::move(payloader));
  const auto output = gst::staticPad(to, "src");
  if (!gst_element_link(from, to) || gst_pad_link(output.get(), pad) != GST_PAD_LINK_OK)
    return base::fail(base::ErrorCode::Internal, "the payloader cannot be linked to webrtcbin");
  return feed;
}

void FeedSource::deliver(GstBuffer* buffer, GstCaps* caps) {
  if (caps != caps_.get()) {
    caps_ = gst::Ref<GstCaps>::retain(caps);
    gst_app_src_set_caps(GST_APP_SRC(source_.get()), caps);
  }
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), gst_buffer_ref(buffer));
}

base::Duration FeedSource::backlog() const {
  return std::chrono::nanoseconds(gst_app_src_get_current_level_time(GST_APP_SRC(source_.get())));
}

}  // namespace fanlight::webrtc
