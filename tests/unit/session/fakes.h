// SPDX-License-Identifier: Apache-2.0
// The ports of the session core as tests steer them: a clock that stands, peers that do what they are told, an access
// that knows its tokens. For the tests of session/, signaling/ and http/.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "session/access.h"
#include "session/catalogue.h"
#include "session/channel.h"
#include "session/command.h"
#include "session/device_troubles.h"
#include "session/ice_servers.h"
#include "session/peer.h"
#include "session/registry.h"
#include "session/session.h"
#include "steered_clocks.h"

namespace fanlight::test {

/// What a test sees and steers of one peer. It stays when the peer is gone.
struct PeerHandle {
  session::SessionId session;
  base::CameraId camera;
  session::Arrival arrival;
  session::PeerObserver& observer;
  std::string offer;
  std::vector<session::IceCandidate> candidates;
  session::PeerActivity activity;
  bool isListening = false;
  bool hasSound = true;
  bool mayTalk = false;  ///< as it was told
  bool isLetTalk = false;
  bool canShowOthers = true;
  telemetry::PeerFigures figures;
  std::function<void()> whenCandidate;
  std::function<void()> closed;
  int closeCalls = 0;
  bool destroyed = false;

  bool isClosing() const { return closeCalls > 0; }
  /// What a real peer does later, when nothing of it is left. The peer is destroyed in here.
  void finishClosing() {
    if (const auto call = std::exchange(closed, nullptr))
      call();
  }
};

class FakePeerFactory final : public session::PeerFactory {
 public:
  /// What Peer::answer() does and returns; none: the offer is good.
  std::function<session::Answered<void>(PeerHandle& peer)> whenOffered;
  /// What the next offers hold.
  std::vector<session::IceCandidate> offeredCandidates;
  std::vector<std::shared_ptr<PeerHandle>> peers;

  PeerHandle& last() { return *peers.back(); }
  int alive() const {
    return static_cast<int>(std::ranges::count(peers, false, [](const auto& peer) { return peer->destroyed; }));
  }
  /// Of those that are closing now.
  void finishClosing() {
    const auto known = peers;
    for (const auto& peer : known)
      peer->finishClosing();
  }

  std::unique_ptr<session::Peer> create(const session::PeerRequest& request, session::PeerObserver& observer) override {
    peers.push_back(std::make_shared<PeerHandle>(PeerHandle{
        .session = request.session, .camera = request.camera, .arrival = request.arrival, .observer = observer}));
    return std::make_unique<FakePeer>(*this, peers.back());
  }

 private:
  class FakePeer final : public session::Peer {
   public:
    FakePeer(FakePeerFactory& factory, std::shared_ptr<PeerHandle> handle)
        : factory_(factory), handle_(std::move(handle)) {}
    ~FakePeer() override { handle_->destroyed = true; }

    session::Answered<std::vector<session::IceCandidate>> answer(const std::string& offer, bool mayTalk) override {
      handle_->offer = offer;
      handle_->mayTalk = mayTalk;
      if (factory_.whenOffered)
        if (const auto answered = factory_.whenOffered(*handle_); !answered)
          return tl::unexpected(answered.error());
      return factory_.offeredCandidates;
    }
    void addCandidate(const session::IceCandidate& candidate) override {
      handle_->candidates.push_back(candidate);
      if (handle_->whenCandidate)
        handle_->whenCandidate();
    }
    session::Answered<void> listen(bool isWanted) override {
      if (!handle_->hasSound)
        return session::refuse(session::RefusalCode::BadCommand, "there is no sound");
      handle_->isListening = isWanted;
      return {};
    }
    session::Answered<void> show(const base::CameraId& camera, bool mayTalk) override {
      if (!handle_->canShowOthers)
        return session::refuse(session::RefusalCode::BadCommand, "there is no way for it");
      handle_->camera = camera;
      handle_->mayTalk = mayTalk;
      return {};
    }
    bool takesVoice() const override { return handle_->mayTalk && handle_->hasSound; }
    void letTalk(bool isLet) override { handle_->isLetTalk = isLet; }
    session::PeerActivity activity() const override { return handle_->activity; }
    telemetry::PeerFigures figures() const override { return handle_->figures; }
    void close(std::function<void()> closed) override {
      ++handle_->closeCalls;
      handle_->closed = std::move(closed);
    }

   private:
    FakePeerFactory& factory_;
    const std::shared_ptr<PeerHandle> handle_;
  };
};

/// A grant for ever; `cameras`: those that it is for, all without.
inline session::Grant grantOf(const std::string& id, std::set<session::Right> rights,
                              std::optional<std::set<base::CameraId>> cameras = {}) {
  session::Grant grant;
  grant.id = session::GrantId(id);
  grant.rights = std::move(rights);
  grant.cameras = std::move(cameras);
  grant.name = "name of " + id;
  return grant;
}

/// A grant that may view every camera for ever.
inline session::Grant viewGrant(const std::string& id) {
  return grantOf(id, {session::Right::View});
}

/// Without a token: the grant "anyone".
class FakeAccess final : public session::Access {
 public:
  std::map<std::string, session::Grant> grants{{"", viewGrant("anyone")}};
  std::map<std::string, session::Grant> keys;
  std::set<session::GrantId> revoked;
  std::set<session::GrantId> expired;

  session::Answered<session::Grant> identify(const session::Credentials& credentials) override {
    const auto& ofForm = credentials.form == session::TokenForm::Key ? keys : grants;
    const auto known = ofForm.find(credentials.token.reveal());
    if (known == ofForm.end())
      return session::refuse(session::RefusalCode::Unauthorized, "the token is not known");
    return known->second;
  }

  session::Answered<void> stands(const session::Grant& grant) const override {
    if (expired.contains(grant.id))
      return session::refuse(session::RefusalCode::Expired, "the grant has run out");
    if (revoked.contains(grant.id))
      return session::refuse(session::RefusalCode::Revoked, "the grant was ended");
    return {};
  }

  session::Answered<void> check(const session::Grant& grant, session::Right right,
                                const base::CameraId* camera) const override {
    if (auto standing = stands(grant); !standing)
      return standing;
    if (!grant.rights.contains(right) || (camera && grant.cameras && !grant.cameras->contains(*camera)))
      return session::refuse(session::RefusalCode::Forbidden, "the grant does not allow it");
    return {};
  }
};

/// Keeps what it hears, and may act inside a call.
class FakeObserver final : public session::SessionObserver {
 public:
  using Ended = std::pair<session::SessionId, session::EndReason>;
  std::vector<std::string> answers;
  std::vector<session::IceCandidate> candidates;
  std::vector<session::SessionState> states;
  std::vector<Ended> ended;
  std::function<void(const session::Session&)> whenAnswered;
  std::function<void(const session::Session&)> whenStateChanged;
  std::function<void(const session::Session&)> whenEnded;

  void onAnswer(const session::Session& session, const std::string& sdp) override {
    answers.push_back(sdp);
    if (whenAnswered)
      whenAnswered(session);
  }
  void onCandidate(const session::Session&, const session::IceCandidate& candidate) override {
    candidates.push_back(candidate);
  }
  void onStateChanged(const session::Session& session) override {
    states.push_back(session.state());
    if (whenStateChanged)
      whenStateChanged(session);
  }
  void onEnded(const session::Session& session, session::EndReason reason) override {
    ended.emplace_back(session.id(), reason);
    if (whenEnded)
      whenEnded(session);
  }
};

/// Keeps what it is told to send.
class FakeChannel final : public session::Channel {
 public:
  std::vector<std::string> sent;
  bool closed = false;  ///< by the side under test
  std::function<void()> whenSent;

  void receive(std::string_view text) {
    if (listener_)
      listener_->onMessage(text);
  }
  void receiveTooLarge() {
    if (listener_)
      listener_->onTooLarge(1024);
  }
  /// The connection is gone.
  void lose() {
    if (listener_)
      listener_->onClosed();
  }
  bool hasListener() const { return listener_ != nullptr; }

  void send(std::string_view text) override {
    if (closed)
      return;
    sent.emplace_back(text);
    if (whenSent)
      whenSent();
  }
  void close() override { closed = true; }
  void setListener(session::ChannelListener* listener) override { listener_ = listener; }

 private:
  session::ChannelListener* listener_ = nullptr;
};

inline session::CameraInfo cameraInfo(const std::string& id) {
  return session::CameraInfo{base::CameraId(id), "Camera " + id, {1280, 720}, {30, 1}, session::CameraState::Idle, ""};
}

/// Issues tokens that say what they are, and remembers what it was asked.
class FakeTokens final : public session::TokenIssuer {
 public:
  std::vector<session::TokenRequest> requests;
  std::vector<session::TokenInfo> tokens;
  std::vector<session::GrantId> revoked;

  session::Answered<session::IssuedToken> issue(const session::TokenRequest& request) override {
    if (request.name == "refused")
      return session::refuse(session::RefusalCode::BadCommand, "the name is taken");
    requests.push_back(request);
    tokens.push_back({session::GrantId("id-" + std::to_string(requests.size())),
                      request.name,
                      request.rights,
                      request.cameras,
                      {},
                      {}});
    return session::IssuedToken{base::Secret("token-" + std::to_string(requests.size())), tokens.back()};
  }
  std::vector<session::TokenInfo> issued() const override { return tokens; }
  session::Answered<void> revoke(const session::GrantId& id) override {
    revoked.push_back(id);
    return {};
  }
};

/// Takes one code, and makes `owner` of whoever has it.
class FakePairing final : public session::Pairing {
 public:
  std::string code;  ///< empty: none is shown
  session::IssuedToken owner{base::Secret("owner"), {}};

  bool isOpen() const override { return !code.empty(); }
  session::Answered<session::IssuedToken> claim(const base::Secret& typed, const session::SourceId&) override {
    if (!isOpen())
      return session::refuse(session::RefusalCode::NoPairing, "no code is shown");
    if (!base::isEqual(typed, code))
      return session::refuse(session::RefusalCode::WrongCode, "another code is shown");
    code.clear();
    return owner;
  }
};

/// A door of the garden, and one that no camera shows.
class FakeOutputs final : public session::Outputs {
 public:
  std::vector<std::string> opened;  ///< "output by name"
  bool isAway = false;

  const std::vector<session::OutputInfo>& outputs() const override { return outputs_; }
  session::Answered<void> open(const base::OutputId& output, const std::string& name) override {
    if (isAway)
      return session::refuse(session::RefusalCode::Internal, "it is away");
    opened.push_back(output.value() + " by " + name);
    return {};
  }

 private:
  const std::vector<session::OutputInfo> outputs_{{base::OutputId("gate"), "Gate", base::CameraId("garden")},
                                                  {base::OutputId("cellar"), "Cellar", std::nullopt}};
};

class FakeIceServers final : public session::IceServers {
 public:
  session::IceServerList list;  ///< the credentials are the number of the call
  int calls = 0;

  session::IceServerList forViewer() override {
    ++calls;
    for (session::IceServer& server : list.servers)
      server.credential = base::Secret(std::to_string(calls));
    return list;
  }
  session::IceServerList forDevice() override { return forViewer(); }
};

/// The core on fakes, with the cameras "front" and "garden".
class FakeDoctor final : public session::Doctor {
 public:
  std::vector<std::string> begun;  ///< by whom

  void begin(const std::string& name) override {
    begun.push_back(name);
    checkUp_.state = session::CheckUp::State::Running;
  }
  const session::CheckUp& checkUp() const override { return checkUp_; }

 private:
  session::CheckUp checkUp_;
};

struct FakeCore {
  explicit FakeCore(session::Limits limits = {}) : registry(peers, catalogue, access, clock, limits) {
    catalogue.put(cameraInfo("front"));
    catalogue.put(cameraInfo("garden"));
  }

  SteeredClock clock;
  FakePeerFactory peers;
  FakeAccess access;
  session::Catalogue catalogue;
  session::DeviceTroubles troubles;
  session::Rings rings{clock};
  session::Registry registry;
  FakeTokens tokens;
  FakePairing pairing;
  FakeOutputs outputs;
  FakeDoctor doctor;
  FakeIceServers iceServers;
  session::Commands commands{registry, catalogue, access, tokens, rings, outputs, doctor};
};

}  // namespace fanlight::test
