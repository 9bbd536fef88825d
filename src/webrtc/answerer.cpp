// SPDX-License-Identifier: Apache-2.0
// JSEP's answering side (RFC 9429, 5.3) on webrtcbin, which takes references of its own on the promises it is given.
#include "webrtc/answerer.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::webrtc {
namespace {

void removeMediaAttributes(GstSDPMedia* media, const char* name) {
  for (guint i = gst_sdp_media_attributes_len(media); i-- > 0;)
    if (g_str_equal(gst_sdp_media_get_attribute(media, i)->key, name))
      gst_sdp_media_remove_attribute(media, i);
}

void setFingerprint(GstSDPMedia* media, const Fingerprint& own) {
  removeMediaAttributes(media, "fingerprint");
  gst_sdp_media_add_attribute(media, "fingerprint", fmt::format("{} {}", own.algorithm, own.digest).c_str());
}

void setFormatParameters(GstSDPMedia* media, int payloadType, const std::string& parameters) {
  const std::string prefix = fmt::format("{} ", payloadType);
  for (guint i = gst_sdp_media_attributes_len(media); i-- > 0;) {
    const GstSDPAttribute* attribute = gst_sdp_media_get_attribute(media, i);
    if (g_str_equal(attribute->key, "fmtp") && g_str_has_prefix(attribute->value, prefix.c_str()))
      gst_sdp_media_remove_attribute(media, i);
  }
  gst_sdp_media_add_attribute(media, "fmtp", (prefix + parameters).c_str());
}

// RFC 9143, 7.3.1: the answer's BUNDLE group lists the lines that were accepted, and no others.
void setBundle(GstSDPMessage* answer, const Offer& offer) {
  std::string group = "BUNDLE";
  for (const MediaLine& line : offer.lines)
    if (line.role != MediaRole::Rejected && !line.mid.empty())
      group += " " + line.mid;
  for (guint i = gst_sdp_message_attributes_len(answer); i-- > 0;) {
    const std::string_view key = gst_sdp_message_get_attribute(answer, i)->key;
    if (key == "group" || key == "fingerprint")
      gst_sdp_message_remove_attribute(answer, i);
  }
  if (group != "BUNDLE")
    gst_sdp_message_add_attribute(answer, "group", group.c_str());
}

}  // namespace

void finishAnswer(GstSDPMessage* answer, const Offer& offer, const Fingerprint& own) {
  const guint count = std::min(gst_sdp_message_medias_len(answer), static_cast<guint>(offer.lines.size()));
  for (guint i = 0; i < count; ++i) {
    auto* media = const_cast<GstSDPMedia*>(gst_sdp_message_get_media(answer, i));
    const MediaLine& line = offer.lines[i];
    if (line.role == MediaRole::Rejected) {
      gst_sdp_media_set_port_info(media, 0, 0);
      removeMediaAttributes(media, "bundle-only");
      removeMediaAttributes(media, "fingerprint");
      continue;
    }
    setFingerprint(media, own);
    if (line.role == MediaRole::Video)
      setFormatParameters(media, line.payloadType, line.formatParameters);
  }
  setBundle(answer, offer);
}

Answerer::Answerer(std::shared_ptr<PeerConnection> connection, std::shared_ptr<const Offer> offer,
                   Fingerprint ownFingerprint, glib::MainContext context, Done done)
    : connection_(std::move(connection)),
      offer_(std::move(offer)),
      ownFingerprint_(std::move(ownFingerprint)),
      context_(std::move(context)),
      done_(std::move(done)) {}

gst::ReplyHandler Answerer::onReply(void (Answerer::*next)(const base::Result<>&)) {
  return lifetime_.bind([this, next](const base::Result<std::shared_ptr<gst::Reply>>& reply) {
    (this->*next)(reply ? base::Result<>() : tl::unexpected(reply.error()));
  });
}

void Answerer::start() {
  GstSDPMessage* copy = nullptr;
  gst_sdp_message_copy(offer_->message.get(), &copy);
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
  done_(finishedAnswer());
}

std::string Answerer::finishedAnswer() const {
  finishAnswer(answer_->sdp, *offer_, ownFingerprint_);
  return glib::takeString(gst_sdp_message_as_text(answer_->sdp));
}

}  // namespace fanlight::webrtc
