// SPDX-License-Identifier: Apache-2.0
// Elements, pads and properties without varargs: a wrong type does not compile, a wrong name is reported.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gst/ref_traits.h"

namespace fanlight::gst {

/// An element that nobody owns yet but the caller. Fails with Unsupported where its plugin is missing.
base::Result<Ref<GstElement>> makeElement(const char* factory, const char* name = nullptr);

/// A pipeline of what gst-launch's syntax describes. Fails with Unsupported, which is mostly a plugin that is missing.
base::Result<Ref<GstElement>> parsePipeline(const std::string& description);

/// Whether the element can be made here: its plugin is installed and its hardware was there when GStreamer looked.
bool hasElement(const char* factory);

/// Sets a property as gst-launch does: enumerations by nick, caps by text. The name and value must be right.
void setFromText(GstElement* element, const char* property, const std::string& value);

void setBoolean(gpointer object, const char* property, bool value);
void setText(gpointer object, const char* property, const std::string& value);
void setInteger(gpointer object, const char* property, std::int64_t value);
void setCaps(gpointer object, const char* property, const GstCaps* caps);

/// An object-valued property, with a reference of its own; empty where it is null.
template <class T>
Ref<T> getObject(gpointer object, const char* property) {
  T* value = nullptr;
  g_object_get(object, property, &value, nullptr);
  return Ref<T>::adopt(value);
}
std::string getText(gpointer object, const char* property);
int getEnum(gpointer object, const char* property);
/// Of a property of GLib's type `guint`.
unsigned getUnsigned(gpointer object, const char* property);

/// A pad that is there from the beginning ("src", "sink").
Ref<GstPad> staticPad(GstElement* element, const char* name);
/// The sink pads that an element has now, and the others.
std::vector<Ref<GstPad>> sinkPads(GstElement* element);
std::vector<Ref<GstPad>> sourcePads(GstElement* element);
/// An element of a pipeline by its name; empty where there is none.
Ref<GstElement> findElement(GstElement* bin, const char* name);

/// The first element of this factory anywhere in a bin; empty where there is none.
Ref<GstElement> findElementOf(GstElement* bin, const char* factory);

/// A list that is "transfer full", as a vector of owners.
template <class T>
std::vector<Ref<T>> takeList(GList* list) {
  std::vector<Ref<T>> objects;
  for (GList* item = list; item; item = item->next)
    objects.push_back(Ref<T>::adopt(static_cast<T*>(item->data)));
  g_list_free(list);
  return objects;
}

/// Removes itself from its pad when destroyed. The callback runs on streaming threads; one may still be running then,
/// so what it captures must own what it touches.
class [[nodiscard]] PadProbe {
 public:
  using Callback = std::function<GstPadProbeReturn(GstPad*, GstPadProbeInfo*)>;
  PadProbe() = default;
  PadProbe(Ref<GstPad> pad, GstPadProbeType type, Callback callback);
  PadProbe(PadProbe&& other) noexcept : pad_(std::move(other.pad_)), id_(std::exchange(other.id_, 0)) {}
  PadProbe& operator=(PadProbe&& other) noexcept;
  ~PadProbe() { remove(); }
  void remove();

 private:
  Ref<GstPad> pad_;
  gulong id_ = 0;
};

}  // namespace fanlight::gst
