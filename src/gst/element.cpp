// SPDX-License-Identifier: Apache-2.0
// Properties go through GValue transformation, which refuses what does not fit instead of reading garbage.
#include "gst/element.h"

#include "glib/handed_over.h"
#include "glib/owned.h"

namespace fanlight::gst {
namespace {

using Callback = PadProbe::Callback;

void setValue(gpointer object, const char* property, const GValue& value) {
  g_object_set_property(G_OBJECT(object), property, &value);
}

gboolean listPad(GstElement*, GstPad* pad, gpointer list) noexcept {
  static_cast<std::vector<Ref<GstPad>>*>(list)->push_back(Ref<GstPad>::retain(pad));
  return TRUE;
}

}  // namespace

base::Result<Ref<GstElement>> makeElement(const char* factory, const char* name) {
  GstElement* element = gst_element_factory_make(factory, name);
  if (!element)
    return base::fail(base::ErrorCode::Unsupported,
                      std::string("no GStreamer element '") + factory + "': its plugin is not installed");
  return Ref<GstElement>::sink(element);
}

base::Result<Ref<GstElement>> parsePipeline(const std::string& description) {
  glib::ErrorOut error;
  auto pipeline = Ref<GstElement>::sink(
      gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, error.out()));
  if (!pipeline)
    return base::fail(base::ErrorCode::Unsupported, error.message());
  return pipeline;
}

bool hasElement(const char* factory) {
  return static_cast<bool>(Ref<GstElementFactory>::adopt(gst_element_factory_find(factory)));
}

void setFromText(GstElement* element, const char* property, const std::string& value) {
  gst_util_set_object_arg(G_OBJECT(element), property, value.c_str());
}

void setBoolean(gpointer object, const char* property, bool value) {
  GValue held = G_VALUE_INIT;
  g_value_init(&held, G_TYPE_BOOLEAN);
  g_value_set_boolean(&held, value ? TRUE : FALSE);
  setValue(object, property, held);
  g_value_unset(&held);
}

void setText(gpointer object, const char* property, const std::string& value) {
  g_object_set(object, property, value.c_str(), nullptr);
}

void setInteger(gpointer object, const char* property, std::int64_t value) {
  GValue held = G_VALUE_INIT;
  g_value_init(&held, G_TYPE_INT64);
  g_value_set_int64(&held, value);
  setValue(object, property, held);
  g_value_unset(&held);
}

void setCaps(gpointer object, const char* property, const GstCaps* caps) {
  GValue held = G_VALUE_INIT;
  g_value_init(&held, GST_TYPE_CAPS);
  gst_value_set_caps(&held, caps);
  setValue(object, property, held);
  g_value_unset(&held);
}

std::string getText(gpointer object, const char* property) {
  char* value = nullptr;
  g_object_get(object, property, &value, nullptr);
  return glib::takeString(value);
}

int getEnum(gpointer object, const char* property) {
  int value = 0;
  g_object_get(object, property, &value, nullptr);
  return value;
}

unsigned getUnsigned(gpointer object, const char* property) {
  guint value = 0;
  g_object_get(object, property, &value, nullptr);
  return value;
}

Ref<GstPad> staticPad(GstElement* element, const char* name) {
  return Ref<GstPad>::adopt(gst_element_get_static_pad(element, name));
}

std::vector<Ref<GstPad>> sinkPads(GstElement* element) {
  std::vector<Ref<GstPad>> pads;
  gst_element_foreach_sink_pad(element, listPad, &pads);
  return pads;
}

std::vector<Ref<GstPad>> sourcePads(GstElement* element) {
  std::vector<Ref<GstPad>> pads;
  gst_element_foreach_src_pad(element, listPad, &pads);
  return pads;
}

Ref<GstElement> findElement(GstElement* bin, const char* name) {
  return Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(bin), name));
}

Ref<GstElement> findElementOf(GstElement* bin, const char* factory) {
  GstIterator* elements = gst_bin_iterate_all_by_element_factory_name(GST_BIN(bin), factory);
  GValue first = G_VALUE_INIT;
  Ref<GstElement> found;
  if (gst_iterator_next(elements, &first) == GST_ITERATOR_OK) {
    found = Ref<GstElement>::retain(GST_ELEMENT(g_value_get_object(&first)));
    g_value_unset(&first);
  }
  gst_iterator_free(elements);
  return found;
}

PadProbe::PadProbe(Ref<GstPad> pad, GstPadProbeType type, Callback callback) : pad_(std::move(pad)) {
  id_ = gst_pad_add_probe(
      pad_.get(), type,
      [](GstPad* probed, GstPadProbeInfo* info, gpointer data) noexcept {
        return glib::HandedOver<Callback>::call(data, probed, info);
      },
      glib::HandedOver<Callback>::give(std::move(callback)), glib::HandedOver<Callback>::free);
}

PadProbe& PadProbe::operator=(PadProbe&& other) noexcept {
  if (this != &other) {
    remove();
    pad_ = std::move(other.pad_);
    id_ = std::exchange(other.id_, 0);
  }
  return *this;
}

void PadProbe::remove() {
  if (pad_ && id_ != 0)
    gst_pad_remove_probe(pad_.get(), id_);
  pad_ = nullptr;
  id_ = 0;
}

}  // namespace fanlight::gst
