// SPDX-License-Identifier: Apache-2.0
// The way from a Feed into a viewer's pipeline: an appsrc. Made on the viewers' worker; fed on streaming threads.
#pragma once

#include "base/result.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "media/feed.h"

namespace fanlight::webrtc {

class FeedSource final : public media::FeedSink {
 public:
  /// Adds `appsrc ! payloader` to `pipeline` and links it to webrtcbin's `pad`. Fails with Unsupported where there is
  /// no appsrc, with Internal where they cannot be linked.
  static base::Result<FeedSource> create(gst::Pipeline& pipeline, gst::Ref<GstElement> payloader, GstPad* pad);

  void deliver(GstBuffer* buffer, GstCaps* caps) override;
  base::Duration backlog() const override;

 private:
  explicit FeedSource(gst::Ref<GstElement> source) : source_(std::move(source)) {}

  gst::Ref<GstElement> source_;
  gst::Ref<GstCaps> caps_;  ///< of the last buffer
};

}  // namespace fanlight::webrtc
