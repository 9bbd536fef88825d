// SPDX-License-Identifier: Apache-2.0
// Text over SCTP.
#include "webrtc/data_channel.h"

#include "gst/element.h"

namespace fanlight::webrtc {

std::shared_ptr<DataChannel> DataChannel::create(GstWebRTCDataChannel* channel, const glib::MainContext& context,
                                                 std::shared_ptr<SctpWatch> watch) {
  auto made = std::make_shared<DataChannel>(channel, std::move(watch));
  made->connect(context);
  return made;
}

DataChannel::DataChannel(GstWebRTCDataChannel* channel, std::shared_ptr<SctpWatch> watch)
    : channel_(gst::Ref<GstWebRTCDataChannel>::retain(channel)), watch_(std::move(watch)) {}

void DataChannel::connect(const glib::MainContext& context) {
  const auto bind = [weak = weak_from_this()](auto method) {
    return [weak, method](const auto&... arguments) {
      if (const auto self = weak.lock())
        (*self.*method)(arguments...);
    };
  };
  opened_ = glib::connectQueued<void(GstWebRTCDataChannel*)>(channel_.get(), "on-open", context,
                                                             bind(&DataChannel::onOpened));
  // Judged on webrtcbin's thread, before anything is copied.
  text_ = glib::connectDirect<void(GstWebRTCDataChannel*, char*)>(
      channel_.get(), "on-message-string", [weak = weak_from_this(), context](GstWebRTCDataChannel*, const char* text) {
        if (const auto self = weak.lock())
          self->bring(context, text ? text : "");
      });
  // No message of signaling is binary, so it is one without any text.
  binary_ = glib::connectDirect<void(GstWebRTCDataChannel*, GBytes*)>(
      channel_.get(), "on-message-data", [weak = weak_from_this(), context](GstWebRTCDataChannel*, GBytes*) {
        if (const auto self = weak.lock())
          self->bring(context, "");
      });
  closed_ = glib::connectQueued<void(GstWebRTCDataChannel*)>(channel_.get(), "on-close", context,
                                                             bind(&DataChannel::onClosed));
}

void DataChannel::bring(const glib::MainContext& context, std::string_view text) {
  if (!watch_->addMessage())
    return;
  auto message = text.size() <= kMaxDataMessageBytes ? Message(text) : std::nullopt;
  context.post([weak = weak_from_this(), message = std::move(message)] {
    if (const auto self = weak.lock())
      self->onMessage(message);
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
  isClosing_ = true;
  gst_webrtc_data_channel_close(channel_.get());
}

void DataChannel::setListener(session::ChannelListener* listener) {
  listener_ = listener;
  for (const Message& message : std::exchange(early_, {}))
    hand(message);
}

std::string DataChannel::label() const {
  return gst::getText(channel_.get(), "label");
}

void DataChannel::onOpened() {
  if (const auto handler = std::exchange(opening_, nullptr))
    handler();
}

void DataChannel::onMessage(const Message& message) {
  const bool isEarly = !listener_ && early_.size() < kMaxEarlyMessages;
  // What nobody will heed keeps its room, so that a viewer who goes on sending comes to the end of it.
  if (isClosing_ || (!listener_ && !isEarly))
    return;
  watch_->removeMessage();
  if (isEarly)
    early_.push_back(message);
  else
    hand(message);
}

void DataChannel::hand(const Message& message) {
  // What an earlier one led to may have taken the listener away.
  if (!listener_)
    return;
  if (message)
    listener_->onMessage(*message);
  else
    listener_->onTooLarge(kMaxDataMessageBytes);
}

void DataChannel::onClosed() {
  if (auto* listener = std::exchange(listener_, nullptr))
    listener->onClosed();
}

}  // namespace fanlight::webrtc
