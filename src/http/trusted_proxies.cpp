// SPDX-License-Identifier: Apache-2.0
// X-Forwarded-For and X-Forwarded-Proto, as nginx, Caddy and HAProxy write them.
#include "http/trusted_proxies.h"

#include "base/ascii.h"
#include "http/address_text.h"

namespace fanlight::http {
namespace {

/// What the proxy itself put behind what came to it: some go on with the header that is there, some add another one.
/// No quotes are heeded, which neither has: a client's own could hide the end.
std::string_view lastMember(const RequestHead& head, std::string_view name) {
  const std::string_view value = head.findLast(name);
  return base::trim(value.substr(value.rfind(',') + 1));
}

}  // namespace

Client TrustedProxies::clientOf(const RequestHead& head, const Client& peer) const {
  if (!contains(peer.address))
    return peer;
  Client client = peer;
  if (const std::string last = addressText(lastMember(head, "X-Forwarded-For")); !last.empty())
    client.address = last;
  const std::string_view scheme = lastMember(head, "X-Forwarded-Proto");
  if (base::equalsIgnoringCase(scheme, "https"))
    client.scheme = Scheme::Https;
  else if (base::equalsIgnoringCase(scheme, "http"))
    client.scheme = Scheme::Http;
  return client;
}

}  // namespace fanlight::http
