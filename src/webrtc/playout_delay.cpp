// SPDX-License-Identifier: Apache-2.0
// A GObject class by hand: GStreamer has no such extension, and gives no other way to add one.
#include "webrtc/playout_delay.h"

#include <array>
#include <cstring>

#include "webrtc/rtp_extensions.h"

namespace fanlight::webrtc {
namespace {

// 12 bits least and 12 bits greatest delay, in units of 10 ms.
constexpr std::array<guint8, 3> kNoDelay{0, 0, 0};

GstRTPHeaderExtensionFlags supportedFlags(GstRTPHeaderExtension*) {
  return GstRTPHeaderExtensionFlags(GST_RTP_HEADER_EXTENSION_ONE_BYTE | GST_RTP_HEADER_EXTENSION_TWO_BYTE);
}

gsize maxSize(GstRTPHeaderExtension*, const GstBuffer*) {
  return kNoDelay.size();
}

gssize write(GstRTPHeaderExtension*, const GstBuffer*, GstRTPHeaderExtensionFlags, GstBuffer*, guint8* data,
             gsize size) {
  if (size < kNoDelay.size())
    return -1;
  std::memcpy(data, kNoDelay.data(), kNoDelay.size());
  return static_cast<gssize>(kNoDelay.size());
}

gboolean read(GstRTPHeaderExtension*, GstRTPHeaderExtensionFlags, const guint8*, gsize, GstBuffer*) {
  return TRUE;
}

void initClass(gpointer klass, gpointer) {
  auto* extension = GST_RTP_HEADER_EXTENSION_CLASS(klass);
  extension->get_supported_flags = supportedFlags;
  extension->get_max_size = maxSize;
  extension->write = write;
  extension->read = read;
  gst_rtp_header_extension_class_set_uri(extension, kPlayoutDelayUri);
  gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), "Playout delay", GST_RTP_HDREXT_ELEMENT_CLASS,
                                        "Asks the receiver to show pictures at once", "Fanlight");
}

GType type() {
  // Registered once; static initialisation is thread-safe.
  static const GType registered = g_type_register_static_simple(GST_TYPE_RTP_HEADER_EXTENSION, "FanlightPlayoutDelay",
                                                                sizeof(GstRTPHeaderExtensionClass), initClass,
                                                                sizeof(GstRTPHeaderExtension), nullptr, GTypeFlags(0));
  return registered;
}

}  // namespace

gst::Ref<GstRTPHeaderExtension> createPlayoutDelay(unsigned id) {
  auto extension = gst::Ref<GstRTPHeaderExtension>::sink(GST_RTP_HEADER_EXTENSION(g_object_new(type(), nullptr)));
  gst_rtp_header_extension_set_id(extension.get(), id);
  return extension;
}

}  // namespace fanlight::webrtc
