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
  const auto bind = [weak = weak_from_this()](auto method) {
    return [weak, method](const auto&... arguments) {
      if (const auto self = weak.lock())
        (*self.*method)(arguments...);
    };
  };
  opened_ = glib::connectQueued<void(GstWebRTCDataChannel*)>(channel_.get(), "on-open", context,
                                                             bind(&DataChannel::onOpened));
  message_ = glib::connectQueued<void(GstWebRTCDataChannel*, char*)>(channel_.get(), "on-message-string", context,
                                                                     bind(&DataChannel::onMessage));
  closed_ = glib::connectQueued<void(GstWebRTCDataChannel*)>(channel_.get(), "on-close", context,
                                                             bind(&DataChannel::onClosed));
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
  for (const std::string& text : std::exchange(early_, {}))
    onMessage(text);
}

std::string DataChannel::label() const {
  return gst::getText(channel_.get(), "label");
}

void DataChannel::onOpened() {
  if (const auto handler = std::exchange(opening_, nullptr))
    handler();
}

void DataChannel::onMessage(const std::string& text) {
  if (text.size() > kMaxDataMessageBytes)
    return;
  if (listener_)
    listener_->onMessage(text);
  else if (early_.size() < kMaxEarlyMessages)
    early_.push_back(text);
}

void DataChannel::onClosed() {
  if (auto* listener = std::exchange(listener_, nullptr))
    listener->onClosed();
}

}  // namespace fanlight::webrtc
