// SPDX-License-Identifier: Apache-2.0
// How GStreamer's objects and mini objects are counted and freed, for glib::Ref and glib::Owned.
#pragma once

#include <gst/gst.h>

#include "glib/owned.h"
#include "glib/ref.h"

namespace fanlight::glib {

template <class T>
struct GstObjectRefTraits {
  static void ref(T* object) { gst_object_ref(object); }
  static void unref(T* object) { gst_object_unref(object); }
  static void sink(T* object) { gst_object_ref_sink(object); }
};

template <class T>
struct GstMiniObjectRefTraits {
  static void ref(T* object) { gst_mini_object_ref(GST_MINI_OBJECT_CAST(object)); }
  static void unref(T* object) { gst_mini_object_unref(GST_MINI_OBJECT_CAST(object)); }
};

template <>
struct RefTraits<GstObject> : GstObjectRefTraits<GstObject> {};
template <>
struct RefTraits<GstElement> : GstObjectRefTraits<GstElement> {};
template <>
struct RefTraits<GstElementFactory> : GstObjectRefTraits<GstElementFactory> {};
template <>
struct RefTraits<GstBin> : GstObjectRefTraits<GstBin> {};
template <>
struct RefTraits<GstPad> : GstObjectRefTraits<GstPad> {};
template <>
struct RefTraits<GstBus> : GstObjectRefTraits<GstBus> {};
template <>
struct RefTraits<GstClock> : GstObjectRefTraits<GstClock> {};
template <>
struct RefTraits<GstDevice> : GstObjectRefTraits<GstDevice> {};
template <>
struct RefTraits<GstDeviceProvider> : GstObjectRefTraits<GstDeviceProvider> {};
template <>
struct RefTraits<GstPlugin> : GstObjectRefTraits<GstPlugin> {};
template <>
struct RefTraits<GstBuffer> : GstMiniObjectRefTraits<GstBuffer> {};
template <>
struct RefTraits<GstCaps> : GstMiniObjectRefTraits<GstCaps> {};
template <>
struct RefTraits<GstEvent> : GstMiniObjectRefTraits<GstEvent> {};
template <>
struct RefTraits<GstMessage> : GstMiniObjectRefTraits<GstMessage> {};
template <>
struct RefTraits<GstPromise> : GstMiniObjectRefTraits<GstPromise> {};
template <>
struct RefTraits<GstQuery> : GstMiniObjectRefTraits<GstQuery> {};
template <>
struct RefTraits<GstSample> : GstMiniObjectRefTraits<GstSample> {};

/// A class's list of its properties, which are the class's.
template <>
struct Free<GParamSpec*> {
  void operator()(GParamSpec** properties) const { g_free(properties); }
};
template <>
struct Free<GstStructure> {
  void operator()(GstStructure* structure) const { gst_structure_free(structure); }
};

}  // namespace fanlight::glib

namespace fanlight::gst {
using glib::Owned;
using glib::Ref;
}  // namespace fanlight::gst
