// SPDX-License-Identifier: Apache-2.0
// One viewer's signaling, whatever carries it: order and rate of messages, and their way to the core. Main thread.
#pragma once

#include <optional>
#include <set>

#include "glib/lifetime.h"
#include "session/channel.h"
#include "session/registry.h"
#include "signaling/messages.h"
#include "signaling/rate_limit.h"

namespace fanlight::signaling {

/// What every endpoint of the process works with. All outlive it.
struct Services {
  session::Registry& registry;
  session::Catalogue& catalogue;
  session::DeviceTroubles& troubles;
  session::Rings& rings;
  session::Outputs& outputs;
  session::Access& access;
  session::Commands& commands;
  session::Pairing& pairing;
  session::IceServers& iceServers;
  const base::Clock& clock;
  DeviceInfo device;
};

/// Where a channel comes from.
struct Remote {
  session::SourceId source;
  session::Arrival arrival{};
};

/// The cameras that `grant` may view.
std::vector<session::CameraInfo> visibleCameras(const Services& services, const session::Grant& grant);

/// Takes the channel's messages from construction to onClosed(). The sessions that it opened outlive it.
/// Its owner may destroy it whenever a session ends, also one that it is just ending; but not inside send() or close()
/// of the channel.
class Endpoint final : public session::ChannelListener, private session::SessionObserver {
 public:
  /// `hello` comes first, and says who it is; where it brings no token, `token` counts, which came with the channel.
  Endpoint(const Services& services, session::Channel& channel, Remote remote, base::Secret token);
  /// Of a channel within `session`, whose grant it has: no `hello` is due, and no `welcome` is sent.
  Endpoint(const Services& services, session::Channel& channel, const session::Session& session);
  ~Endpoint() override;
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  /// Whether it is known who is at the other end.
  bool hasGrant() const { return grant_.has_value(); }
  /// Whether `other` comes by the same token as who is at the other end.
  bool isOf(const session::Grant& other) const { return grant_ && grant_->id == other.id; }
  /// Closes the channel where its grant has ended; sends ICE servers anew in good time. Asked once a second, after
  /// Registry::tick(), so that sessions have said goodbye.
  void review();

  void onMessage(std::string_view text) override;
  void onTooLarge(std::size_t limit) override;
  void onClosed() override;

 private:
  enum class ChannelState {
    Open,
    Closing,  ///< by us; onClosed() is still to come
    Closed,   ///< it may be gone
  };

  void handle(const Hello& hello);
  void handle(const OfferMessage& offer);
  void handle(const CandidateMessage& candidate);
  void handle(const CommandMessage& message);
  void handle(const ByeFromViewer& bye);

  void onAnswer(const session::Session& session, const std::string& sdp) override;
  void onCandidate(const session::Session& session, const session::IceCandidate& candidate) override;
  void onStateChanged(const session::Session& session) override;
  void onEnded(const session::Session& session, session::EndReason reason) override;
  void onCameraChanged(const session::CameraInfo& camera);
  void onTroubles(const session::DeviceTroubles::Set& troubles);
  void onTurn(const session::Floor::Change& change);
  void onShown(const session::Session& session);
  void onRing(const session::Ring& ring);

  void listen();
  /// ICE servers for the viewer, to be renewed when half of their time is over.
  std::vector<session::IceServer> takeIceServers();
  /// Whether its viewer is to know what is wrong around the device: who could do something about it.
  bool mayKnowTroubles() const;
  /// Those that wait for an answer, as far as its viewer may know of them.
  std::vector<RingMessage> waitingRings() const;
  /// Those that its viewer may open.
  std::vector<session::OutputInfo> outputs() const;
  bool isWithinRate();
  bool isInOrder(const FromViewer& message) const;
  /// Whether its viewer is the one of that session.
  bool isAbout(const session::SessionId& session) const { return sessions_.contains(session) || within_ == session; }
  bool hasRoomFor(const OfferMessage& offer) const;
  void send(const ToViewer& message);
  void refuse(const session::SessionId& session, const session::Refusal& refusal);
  void stopListening();
  void close();

  const Services& services_;
  session::Channel& channel_;
  const Remote remote_;
  base::Secret token_;
  ChannelState channelState_ = ChannelState::Open;
  RateLimit rate_;
  std::optional<session::Grant> grant_;             ///< from `hello`, or the session's
  std::optional<base::TimePoint> iceServersDue_;    ///< to be sent anew
  std::set<session::SessionId> sessions_;           ///< opened here and not ended
  const std::optional<session::SessionId> within_;  ///< the session that the channel is a part of
  session::Subscription cameras_;
  session::Subscription troubles_;
  session::Subscription turns_;
  session::Subscription shown_;
  session::Subscription rings_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::signaling
