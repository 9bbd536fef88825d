// SPDX-License-Identifier: Apache-2.0
// Caps first, then each picture, on the streaming thread.
#include "media/own_h264.h"

#include <optional>
#include <string>

#include "media/picture_order.h"

namespace fanlight::media {
namespace {

std::optional<std::string> objectionTo(GstPadProbeInfo* info, PictureOrder& order) {
  if (GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER)
    return order.take(gst_pad_probe_info_get_buffer(info));
  GstEvent* event = gst_pad_probe_info_get_event(info);
  if (GST_EVENT_TYPE(event) != GST_EVENT_CAPS)
    return std::nullopt;
  GstCaps* caps = nullptr;
  gst_event_parse_caps(event, &caps);
  return objectionToProfile(caps);
}

}  // namespace

gst::PadProbe watchOwnH264(GstElement* output, OwnH264Unfit isUnfit) {
  constexpr auto kKinds = static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM);
  return {gst::staticPad(output, "sink"), kKinds,
          [output, isUnfit = std::move(isUnfit), order = PictureOrder()](GstPad*, GstPadProbeInfo* info) mutable {
            const auto objection = isUnfit->load() ? std::nullopt : objectionTo(info, order);
            if (objection) {
              isUnfit->store(true);
              GST_ELEMENT_ERROR(output, STREAM, FORMAT,
                                ("the camera's own H.264 cannot be passed through: %s; it is encoded anew from now on",
                                 objection->c_str()),
                                (nullptr));
            }
            return GST_PAD_PROBE_OK;
          }};
}

}  // namespace fanlight::media
