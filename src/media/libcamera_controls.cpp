// SPDX-License-Identifier: Apache-2.0
// The element's own class says which properties there are, and what each takes.
#include "media/libcamera_controls.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "gst/element.h"

namespace fanlight::media {
namespace {

bool isControl(GstElement* element, const GParamSpec* property) {
  return property->owner_type == G_OBJECT_TYPE(element) && (property->flags & G_PARAM_WRITABLE) != 0 &&
         std::string_view(property->name) != "camera-name";
}

/// Null where there is none.
GParamSpec* findControl(GstElement* element, const std::string& name) {
  GParamSpec* property = g_object_class_find_property(G_OBJECT_GET_CLASS(element), name.c_str());
  return property && isControl(element, property) ? property : nullptr;
}

/// Of a property without limits the element says the limits of its type.
template <class Spec>
std::string numbers(const Spec* spec, const char* unlimited) {
  using Number = decltype(spec->minimum);
  using Limits = std::numeric_limits<Number>;
  const bool isLimited = spec->minimum != Limits::lowest() || spec->maximum != Limits::max();
  return isLimited ? fmt::format("{} to {}", spec->minimum, spec->maximum) : unlimited;
}

std::string words(const GEnumClass* words) {
  std::string text;
  for (guint i = 0; i < words->n_values; ++i)
    text += fmt::format("{}'{}'", i == 0 ? "" : i + 1 == words->n_values ? " or " : ", ", words->values[i].value_nick);
  return text;
}

std::string describe(const GParamSpec* property) {
  const GType type = property->value_type;
  if (type == G_TYPE_BOOLEAN)
    return "true or false";
  if (G_TYPE_IS_ENUM(type))
    return words(reinterpret_cast<const GParamSpecEnum*>(property)->enum_class);
  if (type == G_TYPE_INT)
    return numbers(reinterpret_cast<const GParamSpecInt*>(property), "a whole number");
  if (type == G_TYPE_INT64)
    return numbers(reinterpret_cast<const GParamSpecInt64*>(property), "a whole number");
  if (type == G_TYPE_FLOAT)
    return numbers(reinterpret_cast<const GParamSpecFloat*>(property), "a number");
  if (type == G_TYPE_DOUBLE)
    return numbers(reinterpret_cast<const GParamSpecDouble*>(property), "a number");
  if (type == GST_TYPE_ARRAY)
    return "a list, written as '<1, 2>'";
  return "a text";
}

struct ToText {
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double fraction) const { return fmt::format("{}", fraction); }
  std::string operator()(const std::string& text) const { return text; }
};

bool takes(GParamSpec* property, const std::string& text) {
  GValue value = G_VALUE_INIT;
  g_value_init(&value, property->value_type);
  const bool isOfItsType = gst_value_deserialize_with_pspec(&value, text.c_str(), property) != FALSE;
  // It says whether it had to change the value to make it fit.
  const bool isTaken = isOfItsType && g_param_value_validate(property, &value) == FALSE;
  g_value_unset(&value);
  return isTaken;
}

}  // namespace

std::vector<LibcameraControl> listLibcameraControls(GstElement* element) {
  guint count = 0;
  const glib::Owned<GParamSpec*> properties(g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count));
  std::vector<LibcameraControl> controls;
  for (guint i = 0; i < count; ++i)
    if (const GParamSpec* property = properties.get()[i]; isControl(element, property))
      controls.push_back({property->name, describe(property)});
  std::ranges::sort(controls, {}, &LibcameraControl::name);
  return controls;
}

base::Result<gst::Properties> toProperties(const std::string& camera, GstElement* element,
                                           const config::Controls& wanted) {
  gst::Properties properties;
  for (const auto& [name, value] : wanted) {
    GParamSpec* property = findControl(element, name);
    if (!property)
      return base::fail(base::ErrorCode::InvalidArgument,
                        fmt::format("libcamera lets no control '{}' be set on '{}'; 'fanlight devices' lists those "
                                    "that it lets",
                                    name, camera));
    std::string text = std::visit(ToText{}, value);
    if (!takes(property, text))
      return base::fail(base::ErrorCode::InvalidArgument, fmt::format("the control '{}' of '{}' takes {}, not '{}'",
                                                                      name, camera, describe(property), text));
    properties.emplace(name, std::move(text));
  }
  return properties;
}

}  // namespace fanlight::media
