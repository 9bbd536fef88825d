// SPDX-License-Identifier: Apache-2.0
// A type cannot be unregistered, so each stand-in is one of its own.
#include "board/stand_in_element.h"

#include <atomic>
#include <string>

#include <gst/video/gstvideoencoder.h>
#include <gtest/gtest.h>

namespace fanlight::glib {
template <>
struct RefTraits<GstPluginFeature> : GstObjectRefTraits<GstPluginFeature> {};
}  // namespace fanlight::glib

namespace fanlight::test {
namespace {

constexpr int kBreaksAt = 10;

struct Behaviour {
  explicit Behaviour(Quirk what) : quirk(what) {}
  const Quirk quirk;
  std::atomic<int> made = 0;
  std::atomic<int> frames = 0;
  std::atomic<bool> isLetGo = false;
};

GQuark behaviourQuark() {
  return g_quark_from_static_string("fanlight-stand-in");
}

Behaviour* behaviourOf(GType type) {
  return static_cast<Behaviour*>(g_type_get_qdata(type, behaviourQuark()));
}

GstStateChangeReturn refuseState(GstElement* element, GstStateChange change) {
  if (change != GST_STATE_CHANGE_NULL_TO_READY)
    return GST_STATE_CHANGE_SUCCESS;
  if (behaviourOf(G_OBJECT_TYPE(element))->quirk == Quirk::NoHardware)
    GST_ELEMENT_ERROR(element, RESOURCE, NOT_FOUND, ("no such device"), (nullptr));
  return GST_STATE_CHANGE_FAILURE;
}

GstStateChangeReturn hang(GstElement* element, GstStateChange change) {
  const GType type = G_OBJECT_TYPE(element);
  const Behaviour* behaviour = behaviourOf(type);
  const bool isIt = behaviour->quirk == Quirk::Hangs || behaviour->made > 1;
  if (isIt && change == GST_STATE_CHANGE_NULL_TO_READY)
    behaviour->isLetGo.wait(false);
  return GST_ELEMENT_CLASS(g_type_class_peek(g_type_parent(type)))->change_state(element, change);
}

GstFlowReturn swallow(GstVideoEncoder*, GstVideoCodecFrame* frame) {
  gst_video_codec_frame_unref(frame);
  return GST_FLOW_OK;
}

// What the real encoder does, until it breaks.
GstFlowReturn encodeUntilItBreaks(GstVideoEncoder* encoder, GstVideoCodecFrame* frame) {
  const GType type = G_OBJECT_TYPE(encoder);
  if (++behaviourOf(type)->frames % kBreaksAt != 0)
    return GST_VIDEO_ENCODER_CLASS(g_type_class_peek(g_type_parent(type)))->handle_frame(encoder, frame);
  GST_ELEMENT_ERROR(encoder, RESOURCE, FAILED, ("the device is gone"), (nullptr));
  gst_video_codec_frame_unref(frame);
  return GST_FLOW_ERROR;
}

GstFlowReturn encodeUntilItStalls(GstVideoEncoder* encoder, GstVideoCodecFrame* frame) {
  const GType type = G_OBJECT_TYPE(encoder);
  if (behaviourOf(type)->made > 1 || ++behaviourOf(type)->frames < kBreaksAt)
    return GST_VIDEO_ENCODER_CLASS(g_type_class_peek(g_type_parent(type)))->handle_frame(encoder, frame);
  return swallow(encoder, frame);
}

GstFlowReturn encodeWhenItIsLetGo(GstVideoEncoder* encoder, GstVideoCodecFrame* frame) {
  const GType type = G_OBJECT_TYPE(encoder);
  if (++behaviourOf(type)->frames >= kBreaksAt)
    behaviourOf(type)->isLetGo.wait(false);
  return GST_VIDEO_ENCODER_CLASS(g_type_class_peek(g_type_parent(type)))->handle_frame(encoder, frame);
}

GstFlowReturn finishNothing(GstVideoEncoder*) {
  return GST_FLOW_OK;
}

void initClass(gpointer klass, gpointer data) {
  switch (static_cast<const Behaviour*>(data)->quirk) {
    case Quirk::None:
    case Quirk::FallsSilent:
    case Quirk::Moves:
      return;
    case Quirk::NoHardware:
    case Quirk::Mute:
      GST_ELEMENT_CLASS(klass)->change_state = refuseState;
      return;
    case Quirk::Hangs:
      GST_ELEMENT_CLASS(klass)->change_state = hang;
      return;
    case Quirk::Breaks:
      GST_VIDEO_ENCODER_CLASS(klass)->handle_frame = encodeUntilItBreaks;
      return;
    case Quirk::Stalls:
      GST_VIDEO_ENCODER_CLASS(klass)->handle_frame = encodeUntilItStalls;
      return;
    case Quirk::StallsAndHangs:
      GST_VIDEO_ENCODER_CLASS(klass)->handle_frame = encodeUntilItStalls;
      GST_ELEMENT_CLASS(klass)->change_state = hang;
      return;
    case Quirk::IsBusy:
      GST_VIDEO_ENCODER_CLASS(klass)->handle_frame = encodeWhenItIsLetGo;
      return;
    case Quirk::Swallows:
      GST_VIDEO_ENCODER_CLASS(klass)->handle_frame = swallow;
      GST_VIDEO_ENCODER_CLASS(klass)->finish = finishNothing;
      return;
  }
}

void initInstance(GTypeInstance* instance, gpointer klass) {
  Behaviour* behaviour = behaviourOf(G_TYPE_FROM_CLASS(klass));
  ++behaviour->made;
  if (behaviour->quirk == Quirk::FallsSilent)
    g_object_set(instance, "num-buffers", kBreaksAt, nullptr);
  if (behaviour->quirk == Quirk::Moves)
    g_object_set(instance, "kx2", 20, "ky2", 20, "kt", 5, nullptr);
}

GType registerType(GType real, Quirk quirk) {
  GTypeQuery size;
  g_type_query(real, &size);
  int number = 0;
  std::string name;
  do
    name = std::string(size.type_name) + "StandIn" + std::to_string(++number);
  while (g_type_from_name(name.c_str()) != G_TYPE_INVALID);
  // For as long as the type, which is for good.
  auto* behaviour = std::make_unique<Behaviour>(quirk).release();
  GTypeInfo info{};
  info.class_size = static_cast<guint16>(size.class_size);
  info.instance_size = static_cast<guint16>(size.instance_size);
  info.class_init = initClass;
  info.class_data = behaviour;
  info.instance_init = initInstance;
  const GType type = g_type_register_static(real, name.c_str(), &info, GTypeFlags(0));
  g_type_set_qdata(type, behaviourQuark(), behaviour);
  return type;
}

gst::Ref<GstPluginFeature> lookUp(const char* factory) {
  return gst::Ref<GstPluginFeature>::adopt(gst_registry_lookup_feature(gst_registry_get(), factory));
}

void putBack(const gst::Ref<GstPluginFeature>& feature) {
  gst_registry_add_feature(gst_registry_get(), feature.get());
}

}  // namespace

StandInElement::StandInElement(const char* factory, Quirk quirk) : real_(lookUp(factory)) {
  const auto loaded = gst::Ref<GstPluginFeature>::adopt(gst_plugin_feature_load(real_.get()));
  type_ = registerType(gst_element_factory_get_element_type(GST_ELEMENT_FACTORY(loaded.get())), quirk);
  EXPECT_TRUE(gst_element_register(nullptr, factory, GST_RANK_NONE, type_));
}

StandInElement::~StandInElement() {
  letGo();
  putBack(real_);
}

int StandInElement::made() const {
  return behaviourOf(type_)->made;
}

bool StandInElement::hasStalled() const {
  return behaviourOf(type_)->frames >= kBreaksAt;
}

void StandInElement::letGo() {
  Behaviour* behaviour = behaviourOf(type_);
  behaviour->isLetGo = true;
  behaviour->isLetGo.notify_all();
}

MissingElement::MissingElement(const char* factory) : real_(lookUp(factory)) {
  gst_registry_remove_feature(gst_registry_get(), real_.get());
}

MissingElement::~MissingElement() {
  putBack(real_);
}

}  // namespace fanlight::test
