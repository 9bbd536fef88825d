// SPDX-License-Identifier: Apache-2.0
// session::Peer on webrtcbin: transport, tracks and teardown of one viewer. Main thread, unless said otherwise.
//
// A viewer joins the camera's Fanout, and its data channels are heeded, only once DTLS is up and the certificate proved
// to be the one that the offer promised.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "gst/worker.h"
#include "media/camera.h"
#include "session/peer.h"
#include "webrtc/answerer.h"
#include "webrtc/data_channel.h"
#include "webrtc/peer_connection.h"

namespace fanlight::webrtc {

/// What all peers share. Clock and workers outlive the peers.
struct PeerServices {
  PeerConnectionNeeds connection;
  gst::Worker& viewers;  ///< makes peer connections
  gst::Worker& reaper;   ///< ends them; apart, so that one that hangs keeps nobody from joining
};

class Peer final : public session::Peer {
 public:
  /// `control` may be empty.
  Peer(media::Camera& camera, const PeerServices& services, session::PeerObserver& observer,
       std::unique_ptr<CongestionControl> control = nullptr);
  ~Peer() override;

  session::Answered<std::vector<session::IceCandidate>> answer(const std::string& offer) override;
  void addCandidate(const session::IceCandidate& candidate) override;
  session::PeerActivity activity() const override;
  telemetry::PeerFigures figures() const override;
  void close(std::function<void()> closed) override;

  /// Shows another encode, which may be another camera's, from its next IDR on, over the same connection. After a good
  /// offer; nothing where the peer has been closed.
  void showRendition(media::Camera::View view);

 private:
  void createConnection();
  void afterCreated(const PeerConnection::Created& created);
  void connectSignals();
  void afterAnswered(const base::Result<std::string>& answer);
  void watchDtls();
  void onIceState(GstWebRTCICEConnectionState state);
  void onDtlsState();
  void onPipelineError(const std::string& text);
  void onSecured();
  void onLocalCandidate(const std::string& candidate);
  void onDataChannel(const std::shared_ptr<DataChannel>& channel);
  void forward(const session::IceCandidate& candidate);
  void tell(const session::IceCandidate& candidate);
  void release(std::function<void()> closed);
  void report(session::PeerProgress progress);
  void fail(session::EndReason reason, const std::string& detail);

  media::Camera& camera_;
  const PeerServices& services_;
  session::PeerObserver* observer_;  ///< null once closed or failed
  std::shared_ptr<CongestionControl> control_;
  media::Camera::View view_;  ///< from a good offer on
  std::shared_ptr<const Offer> offer_;
  std::shared_ptr<PeerConnection> connection_;
  std::unique_ptr<Answerer> answerer_;
  std::shared_ptr<media::Feed> feed_;
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

/// Makes peers for cameras. `find` gives nullptr for an unknown camera, which the catalogue has ruled out before;
/// `makeControl` may be empty.
class PeerFactory final : public session::PeerFactory {
 public:
  using FindCamera = std::function<media::Camera*(const base::CameraId&)>;
  PeerFactory(PeerServices services, FindCamera find, CongestionControlFactory makeControl)
      : services_(std::move(services)), find_(std::move(find)), makeControl_(std::move(makeControl)) {}
  std::unique_ptr<session::Peer> create(const session::SessionId& session, const base::CameraId& camera,
                                        session::PeerObserver& observer) override;

 private:
  const PeerServices services_;
  const FindCamera find_;
  const CongestionControlFactory makeControl_;
};

}  // namespace fanlight::webrtc
