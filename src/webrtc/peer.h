// SPDX-License-Identifier: Apache-2.0
// session::Peer on webrtcbin: transport, tracks and teardown of one viewer. Main thread, unless said otherwise.
//
// A viewer joins the camera's Fanout, and its data channels are heeded, only once DTLS is up and the certificate proved
// to be the one that the offer promised.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "gst/worker.h"
#include "media/camera.h"
#include "media/voice.h"
#include "session/peer.h"
#include "webrtc/answerer.h"
#include "webrtc/candidate_telling.h"
#include "webrtc/data_channel.h"
#include "webrtc/peer_connection.h"

namespace fanlight::webrtc {

/// Where what a peer sends comes from, and where what its viewer says goes.
struct PeerSources {
  std::reference_wrapper<media::Camera> camera;
  std::function<media::View()> listen;  ///< empty: there is no sound
  std::function<media::Voice()> talk;   ///< empty: there is no speaker
};

/// What all peers share. Clock and workers outlive the peers.
struct PeerServices {
  using FindSources = std::function<PeerSources(const base::CameraId&)>;
  using MakeIceSetUp = std::function<IceSetUp(const session::Arrival&)>;

  PeerConnectionNeeds connection;
  gst::Worker& viewers;  ///< makes peer connections
  gst::Worker& reaper;   ///< ends them; apart, so that one that hangs keeps nobody from joining
  MakeIceSetUp ice;      ///< asked once for each session
  FindSources find;      ///< asked for cameras of the catalogue alone
};

/// Of a camera that takes longer to give its first picture the viewer sees none rather than the one before: as long as
/// an encoder may take that is tried for the first time.
inline constexpr base::Duration kLongestChange = std::chrono::seconds(10);

class Peer final : public session::Peer {
 public:
  /// `control` may be empty.
  Peer(PeerSources sources, const PeerServices& services, session::PeerObserver& observer,
       std::unique_ptr<CongestionControl> control = nullptr, session::Arrival arrival = {});
  ~Peer() override;

  session::Answered<std::vector<session::IceCandidate>> answer(const std::string& offer, bool mayTalk) override;
  void addCandidate(const session::IceCandidate& candidate) override;
  session::Answered<void> listen(bool isWanted) override;
  session::Answered<void> show(const base::CameraId& camera, bool mayTalk) override;
  bool takesVoice() const override { return connection_ && connection_->voice() && sources_.talk; }
  void letTalk(bool isLet) override;
  session::PeerActivity activity() const override;
  telemetry::PeerFigures figures() const override;
  void close(std::function<void()> closed) override;

 private:
  void createConnection(bool mayTalk);
  void afterCreated(const PeerConnection::Created& created);
  void connectSignals();
  void afterAnswered(const base::Result<std::string>& answer);
  void watchDtls();
  void onIceState(GstWebRTCICEConnectionState state);
  void onDtlsState();
  void onPipelineError(const std::string& text);
  void onSecured();
  void applyListening();
  /// Shows another encode, which may be another camera's, from its next IDR on.
  void showRendition(media::Camera::View view);
  void followView();
  void afterShown(int change);
  /// Whether what was shown before may go on, until the other has a picture.
  glib::Continue reviewChange();
  /// What the viewer's offer has room for.
  AudioWays offered() const;
  void onLocalCandidate(const std::string& candidate);
  void onDataChannel(const std::shared_ptr<DataChannel>& channel);
  void forward(const session::IceCandidate& candidate);
  void tell(const session::IceCandidate& candidate);
  void release(std::function<void()> closed);
  void report(session::PeerProgress progress);
  void fail(session::EndReason reason, const std::string& detail);

  PeerSources sources_;
  const PeerServices& services_;
  session::PeerObserver* observer_;  ///< null once closed or failed
  std::shared_ptr<CongestionControl> control_;
  const session::Arrival arrival_;
  AudioWays ways_;              ///< as the connection was made
  CandidateTelling telling_;    ///< of ours, likewise
  media::Camera::View view_;    ///< from a good offer on
  media::Camera::View former_;  ///< shown until view_ has a picture
  int changes_ = 0;
  base::TimePoint changedAt_;
  glib::EventSource changeReview_;
  std::shared_ptr<const Offer> offer_;
  std::shared_ptr<PeerConnection> connection_;
  std::unique_ptr<Answerer> answerer_;
  std::shared_ptr<media::Feed> feed_;
  bool isListening_ = false;
  media::View sound_;  ///< while it is sent
  std::unique_ptr<media::Feed> soundFeed_;
  media::Voice voice_;                              ///< while what it says is let through
  std::vector<session::IceCandidate> earlyRemote_;  ///< before the connection was made
  std::vector<session::IceCandidate> earlyLocal_;   ///< before the answer was sent
  std::vector<std::shared_ptr<DataChannel>> channels_;
  bool isCreating_ = false;
  bool isAnswered_ = false;
  bool isSecured_ = false;
  std::optional<session::PeerProgress> reported_;
  gst::Ref<GstWebRTCDTLSTransport> dtls_;
  std::vector<glib::SignalConnection> signals_;
  glib::Lifetime lifetime_;
};

/// Makes peers for cameras. `makeControl` may be empty.
class PeerFactory final : public session::PeerFactory {
 public:
  PeerFactory(PeerServices services, CongestionControlFactory makeControl)
      : services_(std::move(services)), makeControl_(std::move(makeControl)) {}
  std::unique_ptr<session::Peer> create(const session::PeerRequest& request, session::PeerObserver& observer) override;

 private:
  const PeerServices services_;
  const CongestionControlFactory makeControl_;
};

}  // namespace fanlight::webrtc
