// SPDX-License-Identifier: Apache-2.0
// JSEP's answering side (RFC 9429, 5.3) on webrtcbin, which takes references of its own on the promises it is given.
#include "webrtc/answerer.h"

#include "webrtc/answer.h"

namespace fanlight::webrtc {

Answerer::Answerer(std::shared_ptr<PeerConnection> connection, std::shared_ptr<const Offer> offer,
                   Fingerprint ownFingerprint, const glib::MainContext& context, Done done)
    : connection_(std::move(connection)),
      offer_(std::move(offer)),
      ownFingerprint_(std::move(ownFingerprint)),
      context_(context),
      done_(std::move(done)) {}

gst::ReplyHandler Answerer::onReply(void (Answerer::*next)(const base::Result<>&)) {
  return lifetime_.bind([this, next](const base::Result<std::shared_ptr<gst::Reply>>& reply) {
    (this->*next)(reply ? base::Result<>() : tl::unexpected(reply.error()));
  });
}

void Answerer::start() {
  GstSDPMessage* copy = nullptr;
  gst_sdp_message_copy(offer_->forWebrtcbin.get(), &copy);
  const glib::Owned<GstWebRTCSessionDescription> offer(
      gst_webrtc_session_description_new(GST_WEBRTC_SDP_TYPE_OFFER, copy));
  g_signal_emit_by_name(connection_->webrtcbin(), "set-remote-description", offer.get(),
                        gst::makePromise(context_, onReply(&Answerer::afterRemoteSet)).get());
}

void Answerer::afterRemoteSet(const base::Result<>& result) {
  if (!result)
    return done_(tl::unexpected(base::Error(result.error()).within("webrtcbin refused the offer")));
  auto onCreated =
      lifetime_.bind([this](const base::Result<std::shared_ptr<gst::Reply>>& reply) { afterAnswerCreated(reply); });
  g_signal_emit_by_name(connection_->webrtcbin(), "create-answer", nullptr,
                        gst::makePromise(context_, std::move(onCreated)).get());
}

void Answerer::afterAnswerCreated(const base::Result<std::shared_ptr<gst::Reply>>& reply) {
  if (!reply)
    return done_(tl::unexpected(base::Error(reply.error()).within("webrtcbin made no answer")));
  GstWebRTCSessionDescription* answer = nullptr;
  const GstStructure* structure = (*reply)->structure();
  if (structure)
    gst_structure_get(structure, "answer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &answer, nullptr);
  if (!answer)
    return done_(base::fail(base::ErrorCode::Internal, "webrtcbin made no answer: its reply was empty"));
  answer_.reset(answer);
  g_signal_emit_by_name(connection_->webrtcbin(), "set-local-description", answer,
                        gst::makePromise(context_, onReply(&Answerer::afterLocalSet)).get());
}

void Answerer::afterLocalSet(const base::Result<>& result) {
  if (!result)
    return done_(tl::unexpected(base::Error(result.error()).within("webrtcbin refused its own answer")));
  connection_->clearPreferences();
  done_(finishAnswer(answer_->sdp, *offer_, ownFingerprint_));
}

}  // namespace fanlight::webrtc
