// SPDX-License-Identifier: Apache-2.0
// Addresses of the machine's interfaces, as URLs.
#include "app/links.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace fanlight::app {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* first) const { ::freeifaddrs(first); }
};

/// Numeric; empty for what is no address that somebody else could type.
std::string addressOf(const ifaddrs& interface, int family) {
  const bool isUp = (interface.ifa_flags & IFF_UP) != 0 && (interface.ifa_flags & IFF_LOOPBACK) == 0;
  if (!isUp || !interface.ifa_addr || interface.ifa_addr->sa_family != family)
    return "";
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(interface.ifa_addr);
    return ::inet_ntop(family, &v4->sin_addr, text.data(), text.size()) ? text.data() : "";
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(interface.ifa_addr);
  // A link-local address needs the name of an interface behind it, which is another one on each machine.
  if (IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr))
    return "";
  return ::inet_ntop(family, &v6->sin6_addr, text.data(), text.size()) ? text.data() : "";
}

std::vector<std::string> machineAddresses(int family) {
  ifaddrs* raw = nullptr;
  if (::getifaddrs(&raw) != 0)
    return {};
  const std::unique_ptr<ifaddrs, FreeInterfaces> first(raw);
  std::vector<std::string> addresses;
  for (const ifaddrs* interface = first.get(); interface; interface = interface->ifa_next)
    if (const std::string address = addressOf(*interface, family); !address.empty())
      addresses.push_back(address);
  return addresses;
}

constexpr std::string_view kAnyV4 = "//0.0.0.0";
constexpr std::string_view kAnyV6 = "//[::]";

void replaceHost(std::vector<std::string>& urls, const std::string& url, std::string_view host, int family) {
  const std::size_t at = url.find(host);
  for (const std::string& ip : machineAddresses(family))
    urls.push_back(url.substr(0, at) + "//" + (family == AF_INET6 ? "[" + ip + "]" : ip) +
                   url.substr(at + host.size()));
}

bool isLoopback(const std::string& url) {
  return url.find("//127.") != std::string::npos || url.find("//[::1]") != std::string::npos ||
         url.find("//localhost") != std::string::npos;
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
      replaceHost(reachable, url, kAnyV4, AF_INET);
    else if (!isAnyV6)
      reachable.push_back(url);
    // IPv4 comes in there too.
    if (isAnyV6)
      replaceHost(reachable, url, kAnyV6, AF_INET);
    if (isAnyV6)
      replaceHost(reachable, url, kAnyV6, AF_INET6);
  }
  return reachable;
}

std::string linkOf(const std::string& url, const session::IssuedToken& issued) {
  const auto& cameras = issued.info.cameras;
  const std::string camera = cameras && cameras->size() == 1 ? "?camera=" + cameras->begin()->value() : "";
  return fmt::format("{}{}{}#token={}", url, url.ends_with('/') ? "" : "/", camera, issued.token.reveal());
}

std::string bestForAPhone(const std::vector<std::string>& urls) {
  const auto best = std::ranges::find_if_not(urls, isLoopback);
  return best == urls.end() ? urls.front() : *best;
}

}  // namespace fanlight::app
