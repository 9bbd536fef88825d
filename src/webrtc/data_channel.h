// SPDX-License-Identifier: Apache-2.0
// A viewer's data channel as a session::Channel. Made on webrtcbin's thread, so that no message is missed; used on
// main.
#pragma once

#include <memory>
#include <string>

#include <gst/webrtc/webrtc.h>

#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "gst/ref_traits.h"
#include "session/channel.h"

namespace fanlight::glib {
template <>
struct RefTraits<GstWebRTCDataChannel> : GObjectRefTraits<GstWebRTCDataChannel> {};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

/// Messages beyond this are dropped; commands are a few hundred bytes.
inline constexpr std::size_t kMaxDataMessageBytes = 16 * 1024;
/// A viewer that does not read loses messages beyond this.
inline constexpr guint64 kMaxDataBacklogBytes = 256 * 1024;

class DataChannel final : public session::Channel, public std::enable_shared_from_this<DataChannel> {
 public:
  /// Connects to the channel's signals; messages are brought to `context` from here on.
  static std::shared_ptr<DataChannel> create(GstWebRTCDataChannel* channel, const glib::MainContext& context);

  explicit DataChannel(GstWebRTCDataChannel* channel);

  void send(std::string_view text) override;
  void close() override;
  void setListener(session::ChannelListener* listener) override;
  std::string label() const;

 private:
  void connect(const glib::MainContext& context);
  void onMessage(const std::string& text);
  void onClosed();

  const gst::Ref<GstWebRTCDataChannel> channel_;
  session::ChannelListener* listener_ = nullptr;
  glib::SignalConnection message_;
  glib::SignalConnection closed_;
};

}  // namespace fanlight::webrtc
