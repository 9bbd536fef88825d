// SPDX-License-Identifier: Apache-2.0
// The end of the stream is kept from those behind, and the file sought to its beginning. So is the flush that this
// needs: the elements inside take nothing more after an end without one.
#include "media/file_loop.h"

#include <algorithm>

namespace fanlight::media {
namespace {

void seekToBeginning(GstElement* capture, gpointer) noexcept {
  // Where it cannot, no picture comes any more, and the supervisor begins anew.
  gst_element_seek_simple(capture, GST_FORMAT_TIME,
                          static_cast<GstSeekFlags>(GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT), 0);
}

}  // namespace

struct FileLoop::Round {
  GstElement* capture;   ///< borrowed: the probe is gone before it is
  GstClockTime end = 0;  ///< of the last picture so far, in running time
  GstSegment segment{};  ///< with the pad's offset

  void note(GstBuffer* picture) {
    const GstClockTime time = gst_segment_to_running_time(&segment, GST_FORMAT_TIME, GST_BUFFER_PTS(picture));
    const GstClockTime lasts = GST_BUFFER_DURATION_IS_VALID(picture) ? GST_BUFFER_DURATION(picture) : 0;
    if (GST_CLOCK_TIME_IS_VALID(time))
      end = std::max(end, time + lasts);
  }

  GstPadProbeReturn pass(GstPad* from, GstEvent* event) {
    switch (GST_EVENT_TYPE(event)) {
      case GST_EVENT_SEGMENT:
        gst_event_copy_segment(event, &segment);
        return GST_PAD_PROBE_OK;
      case GST_EVENT_EOS:
        gst_pad_set_offset(from, static_cast<gint64>(end));
        gst_element_call_async(capture, seekToBeginning, nullptr, nullptr);
        return GST_PAD_PROBE_DROP;
      case GST_EVENT_FLUSH_START:
      case GST_EVENT_FLUSH_STOP:
        return GST_PAD_PROBE_DROP;
      default:
        return GST_PAD_PROBE_OK;
    }
  }
};

FileLoop::FileLoop(GstElement* capture, const gst::TimeBase& timeBase)
    : round_(std::make_shared<Round>(Round{capture})) {
  auto pad = gst::staticPad(capture, "src");
  gst_pad_set_offset(pad.get(), static_cast<gint64>(timeBase.runningTime()));
  constexpr auto kKinds = static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                                                       GST_PAD_PROBE_TYPE_EVENT_FLUSH);
  probe_ = gst::PadProbe(std::move(pad), kKinds, [round = round_](GstPad* from, GstPadProbeInfo* info) {
    if ((GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) == 0)
      return round->pass(from, gst_pad_probe_info_get_event(info));
    round->note(gst_pad_probe_info_get_buffer(info));
    return GST_PAD_PROBE_OK;
  });
}

}  // namespace fanlight::media
