// SPDX-License-Identifier: Apache-2.0
// webrtcbin 1.22 announces a digest of certificate and key together, and drops profile-level-id.
#include "webrtc/answer.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::glib {
template <>
struct Free<GstSDPMedia> {
  void operator()(GstSDPMedia* media) const { gst_sdp_media_free(media); }
};
}  // namespace fanlight::glib

namespace fanlight::webrtc {
namespace {

void removeAttributes(GstSDPMedia* media, const char* name) {
  for (guint i = gst_sdp_media_attributes_len(media); i-- > 0;)
    if (g_str_equal(gst_sdp_media_get_attribute(media, i)->key, name))
      gst_sdp_media_remove_attribute(media, i);
}

void setAttribute(GstSDPMedia* media, const char* name, const std::string& value) {
  removeAttributes(media, name);
  if (!value.empty())
    gst_sdp_media_add_attribute(media, name, value.c_str());
}

void setFormatParameters(GstSDPMedia* media, const Payload& payload) {
  const std::string prefix = fmt::format("{} ", payload.type);
  for (guint i = gst_sdp_media_attributes_len(media); i-- > 0;) {
    const GstSDPAttribute* attribute = gst_sdp_media_get_attribute(media, i);
    if (g_str_equal(attribute->key, "fmtp") && g_str_has_prefix(attribute->value, prefix.c_str()))
      gst_sdp_media_remove_attribute(media, i);
  }
  gst_sdp_media_add_attribute(media, "fmtp", (prefix + payload.formatParameters).c_str());
}

/// In the place of the Opus that webrtcbin was told of. Nothing is ever sent in it.
void setForeignCodec(GstSDPMedia* media, const LineForm& form) {
  for (const char* name : {"rtpmap", "fmtp", "rtcp-fb"})
    removeAttributes(media, name);
  setAttribute(media, "rtpmap", form.encoding.empty() ? "" : fmt::format("{} {}", form.format, form.encoding));
}

/// What webrtcbin says to a line; nullptr where it was not told of it, or rejects it.
const GstSDPMedia* acceptedMedia(const GstSDPMessage* answer, const MediaLine& line) {
  if (line.role == MediaRole::Rejected || line.webrtcbinIndex >= gst_sdp_message_medias_len(answer))
    return nullptr;
  const GstSDPMedia* media = gst_sdp_message_get_media(answer, line.webrtcbinIndex);
  return gst_sdp_media_get_port(media) != 0 ? media : nullptr;
}

class Finisher {
 public:
  Finisher(const GstSDPMessage* answer, const Offer& offer, const Fingerprint& own)
      : answer_(answer), offer_(offer), own_(own) {
    GstSDPMessage* copy = nullptr;
    gst_sdp_message_copy(answer, &copy);
    finished_.reset(copy);
  }

  std::string finish() && {
    clear();
    for (const MediaLine& line : offer_.lines) {
      const GstSDPMedia* accepted = acceptedMedia(answer_, line);
      // Takes over what the media holds.
      auto media = accepted ? accept(line, accepted) : reject(line.form);
      setAttribute(media.get(), "mid", line.mid);
      gst_sdp_message_add_media(finished_.get(), media.get());
    }
    addGroup();
    return glib::takeString(gst_sdp_message_as_text(finished_.get()));
  }

 private:
  using Media = glib::Owned<GstSDPMedia>;

  // Of webrtcbin's session only what stands for all lines stays.
  void clear() {
    for (guint i = gst_sdp_message_medias_len(finished_.get()); i-- > 0;)
      gst_sdp_media_uninit(const_cast<GstSDPMedia*>(gst_sdp_message_get_media(finished_.get(), i)));
    g_array_set_size(finished_->medias, 0);
    for (guint i = gst_sdp_message_attributes_len(finished_.get()); i-- > 0;) {
      const std::string_view key = gst_sdp_message_get_attribute(finished_.get(), i)->key;
      if (key == "group" || key == "fingerprint")
        gst_sdp_message_remove_attribute(finished_.get(), i);
    }
  }

  Media accept(const MediaLine& line, const GstSDPMedia* accepted) const {
    GstSDPMedia* media = nullptr;
    gst_sdp_media_copy(accepted, &media);
    setAttribute(media, "fingerprint", fmt::format("{} {}", own_.algorithm, own_.digest));
    if (line.role == MediaRole::Video)
      setFormatParameters(media, line.payload);
    if (line.isForeign)
      setForeignCodec(media, line.form);
    return Media(media);
  }

  // RFC 8866 wants a format and a connection even here.
  static Media reject(const LineForm& form) {
    GstSDPMedia* media = nullptr;
    gst_sdp_media_new(&media);
    gst_sdp_media_set_media(media, form.kind.c_str());
    gst_sdp_media_set_port_info(media, 0, 0);
    gst_sdp_media_set_proto(media, form.protocol.c_str());
    gst_sdp_media_add_format(media, form.format.empty() ? "0" : form.format.c_str());
    gst_sdp_media_add_connection(media, "IN", "IP4", "0.0.0.0", 0, 0);
    gst_sdp_media_add_attribute(media, "inactive", nullptr);
    if (!form.encoding.empty())
      gst_sdp_media_add_attribute(media, "rtpmap", fmt::format("{} {}", form.format, form.encoding).c_str());
    return Media(media);
  }

  // RFC 9143, 7.3: only where one was offered, and of the lines that are accepted.
  void addGroup() {
    std::string group = "BUNDLE";
    for (const unsigned index : offer_.bundle)
      if (acceptedMedia(answer_, offer_.lines[index]))
        group += " " + offer_.lines[index].mid;
    if (!offer_.bundle.empty())
      gst_sdp_message_add_attribute(finished_.get(), "group", group.c_str());
  }

  const GstSDPMessage* answer_;
  const Offer& offer_;
  const Fingerprint& own_;
  glib::Owned<GstSDPMessage> finished_;
};

}  // namespace

base::Result<std::string> finishAnswer(const GstSDPMessage* webrtcbinAnswer, const Offer& offer,
                                       const Fingerprint& own) {
  if (!acceptedMedia(webrtcbinAnswer, offer.video()))
    return base::fail(base::ErrorCode::Internal, "webrtcbin rejected the video line");
  return Finisher(webrtcbinAnswer, offer, own).finish();
}

}  // namespace fanlight::webrtc
