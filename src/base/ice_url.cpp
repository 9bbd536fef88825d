// SPDX-License-Identifier: Apache-2.0
// By the reader of addresses, which is given the port that the text leaves out.
#include "base/ice_url.h"

#include "base/address.h"
#include "base/ascii.h"

namespace fanlight::base {
namespace {

using Scheme = IceUrl::Scheme;
using Transport = IceUrl::Transport;

std::optional<Scheme> parseScheme(std::string_view text) {
  if (text == "stun")
    return Scheme::Stun;
  if (text == "turn")
    return Scheme::Turn;
  if (text == "turns")
    return Scheme::Turns;
  return std::nullopt;
}

/// Without the question mark.
std::optional<Transport> parseTransport(Scheme scheme, std::string_view query) {
  if (query == "transport=udp" && scheme == Scheme::Turn)
    return Transport::Udp;
  if (query == "transport=tcp" && scheme != Scheme::Stun)
    return Transport::Tcp;
  return std::nullopt;
}

std::string withPort(std::string_view place, Scheme scheme) {
  const bool hasPort = place.starts_with('[') ? place.find("]:") != place.npos : place.find(':') != place.npos;
  const char* usual = scheme == Scheme::Turns ? ":5349" : ":3478";
  return std::string(place) + (hasPort ? "" : usual);
}

}  // namespace

std::optional<IceUrl> parseIceUrl(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto scheme = parseScheme(toLower(text.substr(0, colon)));
  if (!scheme || colon == text.npos)
    return std::nullopt;
  const std::size_t question = std::min(text.find('?'), text.size());
  const std::string place = withPort(text.substr(colon + 1, question - colon - 1), *scheme);
  const std::size_t hostEnd = place.rfind(':');
  const std::string host = toLower(place.substr(0, hostEnd));
  const bool isBracketed = host.starts_with('[');
  const auto address = parseAddress((isBracketed ? host : "127.0.0.1") + place.substr(hostEnd));
  if (!address || address->port == 0 || (!isBracketed && !isHostName(host)))
    return std::nullopt;
  IceUrl url{*scheme, isBracketed ? address->ip : host, address->port,
             *scheme == Scheme::Turns ? Transport::Tcp : Transport::Udp};
  if (question < text.size()) {
    const auto transport = parseTransport(*scheme, text.substr(question + 1));
    if (!transport)
      return std::nullopt;
    url.transport = *transport;
  }
  return url;
}

std::vector<IceUrl> urlsOf(const std::vector<std::string>& texts, Scheme scheme) {
  std::vector<IceUrl> urls;
  for (const std::string& text : texts)
    if (const auto url = parseIceUrl(text); url && url->scheme == scheme)
      urls.push_back(*url);
  return urls;
}

}  // namespace fanlight::base
