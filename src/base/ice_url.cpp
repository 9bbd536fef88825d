// SPDX-License-Identifier: Apache-2.0
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

constexpr std::uint16_t usualPort(Scheme scheme) {
  return scheme == Scheme::Turns ? 5349 : 3478;
}

}  // namespace

std::optional<IceUrl> parseIceUrl(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto scheme = parseScheme(toLower(text.substr(0, colon)));
  if (!scheme || colon == text.npos)
    return std::nullopt;
  const std::size_t question = std::min(text.find('?'), text.size());
  const auto place = parsePlace(text.substr(colon + 1, question - colon - 1), usualPort(*scheme));
  if (!place)
    return std::nullopt;
  IceUrl url{*scheme, place->host, place->port, *scheme == Scheme::Turns ? Transport::Tcp : Transport::Udp};
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
