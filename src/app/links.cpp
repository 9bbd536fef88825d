// SPDX-License-Identifier: Apache-2.0
// The machine's addresses, as URLs.
#include "app/links.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/machine_names.h"
#include "base/address.h"

namespace fanlight::app {
namespace {

constexpr std::string_view kAnyV4 = "//0.0.0.0";
constexpr std::string_view kAnyV6 = "//[::]";

bool isLoopback(const std::string& url) {
  return url.find("//127.") != std::string::npos || url.find("//[::1]") != std::string::npos ||
         url.find("//localhost") != std::string::npos;
}

enum class Family { Ipv4, Ipv6 };

/// `url` once for each address of the machine that another one reaches, in the place of `host`.
void replaceHost(std::vector<std::string>& urls, const std::string& url, std::string_view host, Family family) {
  const std::size_t at = url.find(host);
  for (const std::string& ip : access::machineNames({}).addresses) {
    const std::string made = url.substr(0, at) + "//" + base::toHost(ip) + url.substr(at + host.size());
    if (base::isIpv6(ip) == (family == Family::Ipv6) && !isLoopback(made))
      urls.push_back(made);
  }
}

}  // namespace

std::vector<std::string> listenedUrls(const config::Http& http) {
  std::vector<std::string> urls;
  const auto add = [&urls](std::string_view scheme, const std::vector<base::Address>& listeners) {
    for (const base::Address& listener : listeners)
      if (listener.port != 0)
        urls.push_back(fmt::format("{}://{}", scheme, base::toText(listener)));
  };
  add("https", http.tlsListen);
  add("http", http.listen);
  return urls;
}

std::vector<std::string> reachableUrls(const std::vector<std::string>& urls) {
  std::vector<std::string> reachable;
  for (const std::string& url : urls) {
    const bool isAnyV6 = url.find(kAnyV6) != std::string::npos;
    if (url.find(kAnyV4) != std::string::npos)
      replaceHost(reachable, url, kAnyV4, Family::Ipv4);
    else if (!isAnyV6)
      reachable.push_back(url);
    // IPv4 comes in there too.
    if (isAnyV6)
      replaceHost(reachable, url, kAnyV6, Family::Ipv4);
    if (isAnyV6)
      replaceHost(reachable, url, kAnyV6, Family::Ipv6);
  }
  return reachable;
}

std::string linkOf(const std::string& url, const session::IssuedToken& issued) {
  const auto& cameras = issued.info.cameras;
  const std::string camera = cameras && cameras->size() == 1 ? "?camera=" + cameras->begin()->value() : "";
  return fmt::format("{}{}{}#token={}", url, url.ends_with('/') ? "" : "/", camera, issued.token.reveal());
}

std::string whepUrlOf(const std::string& url, const base::Secret& key, const base::CameraId& camera) {
  return fmt::format("{}{}k/{}/whep/{}", url, url.ends_with('/') ? "" : "/", key.reveal(), camera.value());
}

std::string bestForAPhone(const std::vector<std::string>& urls) {
  const auto best = std::ranges::find_if_not(urls, isLoopback);
  return best == urls.end() ? urls.front() : *best;
}

}  // namespace fanlight::app
