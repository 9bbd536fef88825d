// SPDX-License-Identifier: Apache-2.0
// The bus of a pipeline without a loop.
#include "gst/await_end.h"

#include <fmt/format.h>

namespace fanlight::gst {

base::Result<> awaitEnd(GstElement* pipeline, GstStateChangeReturn started, GstClockTime limit) {
  // One that failed has said why, if it says so at all.
  const bool hasFailed = started == GST_STATE_CHANGE_FAILURE;
  const auto bus = Ref<GstBus>::adopt(gst_element_get_bus(pipeline));
  const auto message = Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(
      bus.get(), hasFailed ? 0 : limit, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  if (!message && hasFailed)
    return base::fail(base::ErrorCode::Unsupported, "it cannot be started");
  if (!message)
    return base::fail(base::ErrorCode::Timeout, fmt::format("nothing came out within {} s", limit / GST_SECOND));
  if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS)
    return {};
  glib::ErrorOut error;
  gst_message_parse_error(message.get(), error.out(), nullptr);
  return base::fail(base::ErrorCode::Unsupported, error.message());
}

}  // namespace fanlight::gst
