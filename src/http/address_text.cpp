// SPDX-License-Identifier: Apache-2.0
// GLib's spelling, but for IPv4 inside IPv6.
#include "http/address_text.h"

#include "glib/owned.h"
#include "glib/ref.h"

namespace fanlight::http {
namespace {

std::string toText(GInetAddress* address) {
  constexpr std::string_view kMapped = "::ffff:";
  std::string text = glib::takeString(g_inet_address_to_string(address));
  // IPv4 that came in at "[::]" (RFC 4291 section 2.5.5.2).
  return text.starts_with(kMapped) && text.find('.') != std::string::npos ? text.substr(kMapped.size()) : text;
}

}  // namespace

std::string addressText(GSocketAddress* address) {
  return toText(g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
}

std::string addressText(std::string_view text) {
  const auto address = glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(std::string(text).c_str()));
  return address ? toText(address.get()) : "";
}

}  // namespace fanlight::http
