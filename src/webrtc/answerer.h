// SPDX-License-Identifier: Apache-2.0
// The negotiation of one offer: set remote, create answer, set local, each step when the former has succeeded.
// Main thread. An offerer, for publishing over WHIP, would stand beside this.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "glib/lifetime.h"
#include "gst/promise.h"
#include "webrtc/peer_connection.h"

namespace fanlight::glib {
template <>
struct Free<GstWebRTCSessionDescription> {
  void operator()(GstWebRTCSessionDescription* description) const { gst_webrtc_session_description_free(description); }
};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

class Answerer {
 public:
  /// The answer's text, or what failed. Called once.
  using Done = std::function<void(base::Result<std::string>)>;

  Answerer(std::shared_ptr<PeerConnection> connection, std::shared_ptr<const Offer> offer, Fingerprint ownFingerprint,
           const glib::MainContext& context, Done done);
  void start();

 private:
  void afterRemoteSet(const base::Result<>& result);
  void afterAnswerCreated(const base::Result<std::shared_ptr<gst::Reply>>& reply);
  void afterLocalSet(const base::Result<>& result);
  gst::ReplyHandler onReply(void (Answerer::*next)(const base::Result<>&));

  const std::shared_ptr<PeerConnection> connection_;
  const std::shared_ptr<const Offer> offer_;
  const Fingerprint ownFingerprint_;
  const glib::MainContext context_;
  const Done done_;
  glib::Owned<GstWebRTCSessionDescription> answer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::webrtc
