// SPDX-License-Identifier: Apache-2.0
// libnice's candidates in RFC 8445's words.
#include "webrtc/ice_path.h"

#include <string_view>

#include <nice/agent.h>

#include "gst/element.h"

namespace fanlight::webrtc {
namespace {

std::string_view typeOf(const NiceCandidate& candidate) {
  switch (candidate.type) {
    case NICE_CANDIDATE_TYPE_HOST:
      return "host";
    case NICE_CANDIDATE_TYPE_SERVER_REFLEXIVE:
      return "srflx";
    case NICE_CANDIDATE_TYPE_PEER_REFLEXIVE:
      return "prflx";
    case NICE_CANDIDATE_TYPE_RELAYED:
      return "relay";
  }
  return "unknown";
}

std::string_view protocolOf(const NiceCandidate& candidate) {
  return candidate.transport == NICE_CANDIDATE_TRANSPORT_UDP ? "udp" : "tcp";
}

}  // namespace

IcePath::IcePath(GstElement* webrtcbin) {
  const auto ice = gst::getObject<GstObject>(webrtcbin, "ice-agent");
  const auto agent = gst::getObject<GObject>(ice.get(), "agent");
  // On the agent's thread.
  connection_ = glib::connectDirect<void(GObject*, guint, guint, NiceCandidate*, NiceCandidate*)>(
      agent.get(), "new-selected-pair-full",
      [chosen = chosen_](GObject*, guint, guint, const NiceCandidate* local, const NiceCandidate* remote) {
        const std::lock_guard lock(chosen->mutex);
        chosen->path = telemetry::Path{typeOf(*local), typeOf(*remote), protocolOf(*local)};
      });
}

std::optional<telemetry::Path> IcePath::chosen() const {
  const std::lock_guard lock(chosen_->mutex);
  return chosen_->path;
}

}  // namespace fanlight::webrtc
