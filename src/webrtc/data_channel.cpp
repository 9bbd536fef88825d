// SPDX-License-Identifier: Apache-2.0
// Text over SCTP.
#include "webrtc/data_channel.h"

#include "gst/element.h"

namespace fanlight::webrtc {

std::shared_ptr<DataChannel> DataChannel::create(GstWebRTCDataChannel* channel, const glib::MainContext& context) {
  auto made = std::make_shared<DataChannel>(channel);
  made->connect(context);
  return made;
}

DataChannel::DataChannel(GstWebRTCDataChannel* channel) : channel_(gst::Ref<GstWebRTCDataChannel>::retain(channel)) {}

void DataChannel::connect(const glib::MainContext& context) {
  message_ = glib::connectQueued<void(GstWebRTCDataChannel*, char*)>(
      channel_.get(), "on-message-string", context, [weak = weak_from_this()](const std::string& text) {
        if (const auto self = weak.lock())
          self->onMessage(text);
      });
  closed_ =
      glib::connectQueued<void(GstWebRTCDataChannel*)>(channel_.get(), "on-close", context, [weak = weak_from_this()] {
        if (const auto self = weak.lock())
          self->onClosed();
      });
}

void DataChannel::send(std::string_view text) {
  guint64 backlog = 0;
  g_object_get(channel_.get(), "buffered-amount", &backlog, nullptr);
  // Sending on a channel that is not open leaks in 1.22.
  if (gst::getEnum(channel_.get(), "ready-state") == GST_WEBRTC_DATA_CHANNEL_STATE_OPEN &&
      backlog < kMaxDataBacklogBytes)
    gst_webrtc_data_channel_send_string(channel_.get(), std::string(text).c_str());
}

void DataChannel::close() {
  gst_webrtc_data_channel_close(channel_.get());
}

void DataChannel::setListener(session::ChannelListener* listener) {
  listener_ = listener;
}

std::string DataChannel::label() const {
  return gst::getText(channel_.get(), "label");
}

void DataChannel::onMessage(const std::string& text) {
  if (listener_ && text.size() <= kMaxDataMessageBytes)
    listener_->onMessage(text);
}

void DataChannel::onClosed() {
  if (auto* listener = std::exchange(listener_, nullptr))
    listener->onClosed();
}

}  // namespace fanlight::webrtc
