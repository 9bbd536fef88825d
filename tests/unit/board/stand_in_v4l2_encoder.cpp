// SPDX-License-Identifier: Apache-2.0
// An element with v4l2h264enc's pads and its one property.
#include "board/stand_in_v4l2_encoder.h"

#include <map>
#include <mutex>

#include <gtest/gtest.h>

namespace fanlight::test {
namespace {

constexpr const char* kFactory = "v4l2h264enc";

struct Told {
  glib::Owned<GstStructure> controls;
  int presses = 0;
};
std::mutex mutex;
std::map<gpointer, Told> toldOf;

void setControls(GObject* object, guint, const GValue* value, GParamSpec*) {
  const std::lock_guard lock(mutex);
  Told& told = toldOf[object];
  told.controls.reset(static_cast<GstStructure*>(g_value_dup_boxed(value)));
  if (told.controls && gst_structure_has_field(told.controls.get(), "force_key_frame"))
    ++told.presses;
}

void getControls(GObject* object, guint, GValue* value, GParamSpec*) {
  const std::lock_guard lock(mutex);
  g_value_set_boxed(value, toldOf[object].controls.get());
}

void initClass(gpointer klass, gpointer) {
  G_OBJECT_CLASS(klass)->set_property = setControls;
  G_OBJECT_CLASS(klass)->get_property = getControls;
  g_object_class_install_property(
      G_OBJECT_CLASS(klass), 1,
      g_param_spec_boxed("extra-controls", nullptr, nullptr, GST_TYPE_STRUCTURE, G_PARAM_READWRITE));
  static GstStaticPadTemplate sink =
      GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/x-raw"));
  static GstStaticPadTemplate source =
      GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/x-h264"));
  gst_element_class_add_static_pad_template(GST_ELEMENT_CLASS(klass), &sink);
  gst_element_class_add_static_pad_template(GST_ELEMENT_CLASS(klass), &source);
  gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), "Stand-in", "Codec/Encoder/Video",
                                        "Keeps what it is told", "Fanlight");
}

void initInstance(GTypeInstance* instance, gpointer klass) {
  for (const char* name : {"sink", "src"})
    gst_element_add_pad(
        GST_ELEMENT(instance),
        gst_pad_new_from_template(gst_element_class_get_pad_template(GST_ELEMENT_CLASS(klass), name), name));
}

GType standInType() {
  static const GType type =
      g_type_register_static_simple(GST_TYPE_ELEMENT, "FanlightStandInV4l2Encoder", sizeof(GstElementClass), initClass,
                                    sizeof(GstElement), initInstance, GTypeFlags(0));
  return type;
}

}  // namespace

StandInV4l2Encoder::StandInV4l2Encoder() {
  EXPECT_TRUE(gst_element_register(nullptr, kFactory, GST_RANK_NONE, standInType()));
}

StandInV4l2Encoder::~StandInV4l2Encoder() {
  GstPluginFeature* feature = gst_registry_lookup_feature(gst_registry_get(), kFactory);
  gst_registry_remove_feature(gst_registry_get(), feature);
  gst_object_unref(feature);
  const std::lock_guard lock(mutex);
  toldOf.clear();
}

std::string StandInV4l2Encoder::controlsOf(GstElement* encoder) {
  const std::lock_guard lock(mutex);
  const GstStructure* controls = toldOf[encoder].controls.get();
  std::string text;
  for (int i = 0; controls && i < gst_structure_n_fields(controls); ++i) {
    const char* name = gst_structure_nth_field_name(controls, static_cast<guint>(i));
    int value = 0;
    gst_structure_get_int(controls, name, &value);
    text.append(name).append("=").append(std::to_string(value)).append(" ");
  }
  return text;
}

int StandInV4l2Encoder::pressesOf(GstElement* encoder) {
  const std::lock_guard lock(mutex);
  return toldOf[encoder].presses;
}

}  // namespace fanlight::test
