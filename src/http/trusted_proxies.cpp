// SPDX-License-Identifier: Apache-2.0
// X-Forwarded-For and X-Forwarded-Proto, as nginx, Caddy and HAProxy write them.
#include "http/trusted_proxies.h"

#include <gio/gio.h>

#include "base/ascii.h"
#include "glib/owned.h"
#include "glib/ref.h"
#include "http/header_value.h"

namespace fanlight::http {
namespace {

std::string numeric(std::string_view text) {
  const auto address = glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(std::string(text).c_str()));
  return address ? glib::takeString(g_inet_address_to_string(address.get())) : "";
}

}  // namespace

Client TrustedProxies::clientOf(const RequestHead& head, const Client& peer) const {
  if (!contains(peer.address))
    return peer;
  Client client = peer;
  const auto chain = listMembers(head.find("X-Forwarded-For"));
  if (const std::string last = chain.empty() ? "" : numeric(chain.back()); !last.empty())
    client.address = last;
  const std::string_view scheme = head.find("X-Forwarded-Proto");
  if (base::equalsIgnoringCase(scheme, "https"))
    client.scheme = Scheme::Https;
  else if (base::equalsIgnoringCase(scheme, "http"))
    client.scheme = Scheme::Http;
  return client;
}

}  // namespace fanlight::http
