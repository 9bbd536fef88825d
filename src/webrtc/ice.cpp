// SPDX-License-Identifier: Apache-2.0
// ICE set-up and the filter of candidates.
#include "webrtc/ice.h"

#include <array>
#include <string>

#include "gst/element.h"

namespace fanlight::webrtc {
namespace {

// RFC 8839, 5.1: foundation component transport priority address port "typ" type
enum Field { Foundation, Component, Transport, Priority, Address, Port, FieldCount };

std::array<std::string_view, FieldCount> split(std::string_view candidate) {
  std::array<std::string_view, FieldCount> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = std::min(candidate.find(' '), candidate.size());
    field = candidate.substr(0, end);
    candidate.remove_prefix(std::min(end + 1, candidate.size()));
  }
  return fields;
}

std::string_view withoutPrefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

bool isUnusable(GInetAddress* address) {
  return g_inet_address_get_is_loopback(address) || g_inet_address_get_is_any(address) ||
         g_inet_address_get_is_multicast(address) || g_inet_address_get_is_link_local(address);
}

}  // namespace

void configureIce(GstElement* webrtcbin) {
  const auto ice = gst::getObject<GstObject>(webrtcbin, "ice-agent");
  const auto agent = gst::getObject<GObject>(ice.get(), "agent");
  gst::setBoolean(agent.get(), "upnp", false);
  gst::setBoolean(agent.get(), "ice-tcp", false);
  gst::setBoolean(agent.get(), "keepalive-conncheck", true);
}

std::optional<std::string_view> reasonToDrop(std::string_view candidate) {
  const auto fields = split(withoutPrefix(withoutPrefix(candidate, "a="), "candidate:"));
  if (fields[Port].empty())
    return "not a candidate";
  if (fields[Component] != "1")
    return "not of component 1";
  if (g_ascii_strcasecmp(std::string(fields[Transport]).c_str(), "udp") != 0)
    return "not UDP";
  const auto address =
      glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(std::string(fields[Address]).c_str()));
  if (!address)
    return "a name, not an address";
  if (isUnusable(address.get()))
    return "an address that is never another machine's";
  return std::nullopt;
}

}  // namespace fanlight::webrtc
