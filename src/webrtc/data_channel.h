// SPDX-License-Identifier: Apache-2.0
// A viewer's data channel as a session::Channel. Made on webrtcbin's thread, so that no message is missed; used on
// main.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gst/webrtc/webrtc.h>

#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "gst/ref_traits.h"
#include "session/channel.h"
#include "webrtc/sctp_watch.h"

namespace fanlight::glib {
template <>
struct RefTraits<GstWebRTCDataChannel> : GObjectRefTraits<GstWebRTCDataChannel> {};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

/// The viewer is told of messages beyond this, which are dropped; commands are a few hundred bytes.
inline constexpr std::size_t kMaxDataMessageBytes = 16 * 1024;
/// Messages that come before anybody listens are kept, up to this number.
inline constexpr std::size_t kMaxEarlyMessages = 8;
/// A viewer that does not read loses messages beyond this.
inline constexpr guint64 kMaxDataBacklogBytes = 256 * 1024;

class DataChannel final : public session::Channel, public std::enable_shared_from_this<DataChannel> {
 public:
  /// Connects to the channel's signals; messages are brought to `context` from here on, as far as `watch` has room.
  static std::shared_ptr<DataChannel> create(GstWebRTCDataChannel* channel, const glib::MainContext& context,
                                             std::shared_ptr<SctpWatch> watch);

  DataChannel(GstWebRTCDataChannel* channel, std::shared_ptr<SctpWatch> watch);

  void send(std::string_view text) override;
  void close() override;
  void setListener(session::ChannelListener* listener) override;
  /// `handler` is called once, when the channel is open; its label is known from then on.
  void whenOpen(std::function<void()> handler) { opening_ = std::move(handler); }
  std::string label() const;

 private:
  /// None: it was too large, and has been dropped where it came.
  using Message = std::optional<std::string>;

  void connect(const glib::MainContext& context);
  void bring(const glib::MainContext& context, std::string_view text);
  void onOpened();
  void onMessage(const Message& message);
  void hand(const Message& message);
  void onClosed();

  const gst::Ref<GstWebRTCDataChannel> channel_;
  const std::shared_ptr<SctpWatch> watch_;
  session::ChannelListener* listener_ = nullptr;
  std::function<void()> opening_;
  bool isClosing_ = false;  ///< by us
  std::vector<Message> early_;
  glib::SignalConnection opened_;
  glib::SignalConnection text_;
  glib::SignalConnection binary_;
  glib::SignalConnection closed_;
};

}  // namespace fanlight::webrtc
