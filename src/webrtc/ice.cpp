// SPDX-License-Identifier: Apache-2.0
// ICE set-up and the filter of candidates.
#include "webrtc/ice.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nice/agent.h>

#include "base/address.h"
#include "base/ascii.h"
#include "base/ice_url.h"
#include "base/log.h"
#include "glib/handed_over.h"
#include "gst/element.h"
#include "webrtc/candidate_line.h"

namespace fanlight::webrtc {
namespace {

// Of libnice's, for one component.
constexpr std::size_t kMaxRelays = 8;

bool isUnusable(GInetAddress* address) {
  return g_inet_address_get_is_loopback(address) || g_inet_address_get_is_any(address) ||
         g_inet_address_get_is_multicast(address) || g_inet_address_get_is_link_local(address);
}

std::string escape(const std::string& text) {
  return glib::takeString(g_uri_escape_string(text.c_str(), nullptr, false));
}

/// In GStreamer's form, with the credentials in it.
std::string toTurnUri(const base::IceUrl& url, const session::IceServer& server) {
  return fmt::format("turn://{}:{}@{}:{}?transport={}", escape(server.username), escape(server.credential.reveal()),
                     base::toHost(url.host), url.port, url.transport == base::IceUrl::Transport::Tcp ? "tcp" : "udp");
}

void useStun(GObject* agent, const std::vector<session::IceServer>& servers) {
  std::vector<base::IceUrl> urls;
  for (const session::IceServer& server : servers)
    std::ranges::copy(base::urlsOf(server.urls, base::IceUrl::Scheme::Stun), std::back_inserter(urls));
  if (urls.empty())
    return;
  const auto lot = static_cast<std::size_t>(g_random_int_range(0, static_cast<gint32>(urls.size())));
  gst::setText(agent, "stun-server", urls[lot].host);
  gst::setInteger(agent, "stun-server-port", urls[lot].port);
}

void useTurn(GstElement* webrtcbin, const std::vector<session::IceServer>& servers) {
  std::size_t count = 0;
  for (const session::IceServer& server : servers)
    for (const base::IceUrl& url : base::urlsOf(server.urls, base::IceUrl::Scheme::Turn)) {
      if (++count > kMaxRelays)
        return base::logWarning("webrtc", "the ICE agent takes {} TURN servers: '{}' is not used", kMaxRelays,
                                url.host);
      gboolean isTaken = FALSE;
      g_signal_emit_by_name(webrtcbin, "add-turn-server", toTurnUri(url, server).c_str(), &isTaken);
      if (!isTaken)
        base::logWarning("webrtc", "the ICE agent refuses the TURN server '{}'", url.host);
    }
}

void usePorts(GstObject* ice, const base::PortRange& ports) {
  if (ports == base::PortRange{})
    return;
  // In this order: the agent complains where the first is beyond the last, which is 65535 yet.
  gst::setInteger(ice, "min-rtp-port", ports.first);
  gst::setInteger(ice, "max-rtp-port", ports.last);
}

}  // namespace

void configureIce(GstElement* webrtcbin, const IceSetUp& setUp) {
  const auto ice = gst::getObject<GstObject>(webrtcbin, "ice-agent");
  const auto agent = gst::getObject<GObject>(ice.get(), "agent");
  gst::setBoolean(agent.get(), "upnp", false);
  gst::setBoolean(agent.get(), "ice-tcp", false);
  gst::setBoolean(agent.get(), "keepalive-conncheck", true);
  usePorts(ice.get(), setUp.ports);
  for (const std::string& address : setUp.addresses) {
    gboolean isTaken = FALSE;
    g_signal_emit_by_name(ice.get(), "add-local-ip-address", address.c_str(), &isTaken);
  }
  useStun(agent.get(), setUp.servers);
  useTurn(webrtcbin, setUp.servers);
  if (setUp.isRelayOnly)
    gst::setFromText(webrtcbin, "ice-transport-policy", "relay");
}

void releaseRelays(GstElement* webrtcbin) {
  auto ice = std::make_shared<gst::Ref<GstObject>>(gst::getObject<GstObject>(webrtcbin, "ice-agent"));
  const auto agent = gst::getObject<GObject>(ice->get(), "agent");
  using Held = std::function<void()>;
  // Its thread is the one that hears the answers; without it the agent, which waits for them, would never end.
  nice_agent_close_async(
      reinterpret_cast<NiceAgent*>(agent.get()),
      [](GObject*, GAsyncResult*, gpointer held) { glib::HandedOver<Held>::free(held); },
      glib::HandedOver<Held>::give([ice] {}));
}

bool hasRelay(const std::vector<session::IceServer>& servers) {
  return std::ranges::any_of(
      servers, [](const auto& server) { return !base::urlsOf(server.urls, base::IceUrl::Scheme::Turn).empty(); });
}

std::optional<std::string_view> reasonToDrop(std::string_view candidate) {
  const auto line = parseCandidateLine(candidate);
  if (!line)
    return "not a candidate";
  if (line->component != "1")
    return "not of component 1";
  if (!base::equalsIgnoringCase(line->transport, "udp"))
    return "not UDP";
  const auto address = glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(line->address.c_str()));
  if (!address)
    return "a name, not an address";
  if (isUnusable(address.get()))
    return "an address that is never another machine's";
  return std::nullopt;
}

}  // namespace fanlight::webrtc
