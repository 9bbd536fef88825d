// SPDX-License-Identifier: Apache-2.0
// One webrtcbin in a pipeline of its own, set up for one offer. Made on the viewers' worker, destroyed on the reaper
// (both may block); between them its signals are connected and its actions emitted on the main thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <gst/webrtc/webrtc.h>

#include "glib/signal_connection.h"
#include "gst/pipeline.h"
#include "session/peer.h"
#include "telemetry/figures.h"
#include "webrtc/certificate.h"
#include "webrtc/congestion_control.h"
#include "webrtc/ice.h"
#include "webrtc/ice_path.h"
#include "webrtc/offer.h"
#include "webrtc/rtcp_reports.h"
#include "webrtc/sctp_watch.h"
#include "webrtc/video_sender.h"
#include "webrtc/voice_receiver.h"

namespace fanlight::glib {
template <>
struct RefTraits<GstWebRTCRTPTransceiver> : GstObjectRefTraits<GstWebRTCRTPTransceiver> {};
template <>
struct RefTraits<GstWebRTCRTPSender> : GstObjectRefTraits<GstWebRTCRTPSender> {};
template <>
struct RefTraits<GstWebRTCDTLSTransport> : GstObjectRefTraits<GstWebRTCDTLSTransport> {};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

/// What every peer connection of the process is made with.
struct PeerConnectionNeeds {
  gst::TimeBase timeBase;
  glib::MainContext context;
  const base::Clock& clock;
  std::shared_ptr<const Certificate> certificate;
};

/// What there is beside pictures.
struct AudioWays {
  bool sound = false;  ///< to send
  bool voice = false;  ///< somewhere for what the viewer says
};

class PeerConnection {
  struct Key {};

 public:
  using Created = base::Result<std::shared_ptr<PeerConnection>>;

  /// Up to PLAYING, its transceivers prepared for `offer`, which it has not been told yet. `control` may be empty.
  /// Fails where an element is missing or a state cannot be reached.
  static Created create(const PeerConnectionNeeds& needs, const Offer& offer, AudioWays audio, const IceSetUp& ice,
                        std::shared_ptr<CongestionControl> control, gst::Pipeline::ErrorHandler onError);
  /// For create() alone.
  PeerConnection(Key, const PeerConnectionNeeds& needs, std::shared_ptr<CongestionControl> control,
                 gst::Pipeline::ErrorHandler onError);
  ~PeerConnection();
  PeerConnection(const PeerConnection&) = delete;
  PeerConnection& operator=(const PeerConnection&) = delete;

  GstElement* webrtcbin() const { return webrtcbin_; }
  VideoSender& video() const { return *video_; }
  /// Null where the answer carries no sound of ours.
  media::FeedSink* sound() const { return sound_.get(); }
  /// Null where nothing is taken that the viewer says.
  VoiceReceiver* voice() const { return voice_.get(); }
  /// Once the answer is set: webrtcbin would hold the payloader's caps against preferences that they cannot match.
  void clearPreferences();
  /// Once DTLS is connected, before the first picture: the elements that send hear of nothing earlier. rtpsession 1.26
  /// makes no sender reports, which viewers measure by and answer, for as long as it does not know the latency.
  void distributeLatency() { pipeline_.distributeLatency(); }
  /// The transport that video leaves by, once the answer is set; empty before.
  gst::Ref<GstWebRTCDTLSTransport> dtlsTransport() const;
  /// What the viewer does over SCTP, from watchTraffic() on.
  const std::shared_ptr<SctpWatch>& sctp() const { return sctp_; }
  /// Once the answer is set and before the viewer has it: looks at what comes as RTP, RTCP and SCTP.
  void watchTraffic();
  /// Once the viewer is the one of the offer: congestion control hears what it reports.
  void heedFeedback() { video_->reportTo(control_); }
  /// What has gone either way.
  session::PeerActivity activity() const;
  /// But for frames and bytes, which are the Feed's.
  telemetry::PeerFigures figures() const;

 private:
  base::Result<> build(const Offer& offer, AudioWays audio, const IceSetUp& ice);
  base::Result<> addVideo(const MediaLine& line);
  base::Result<> addAudio(const MediaLine& line, AudioWays ways);
  base::Result<> addSound(const MediaLine& line, GstWebRTCRTPTransceiverDirection direction);
  void addTransceiver(const MediaLine& line, GstWebRTCRTPTransceiverDirection direction);
  base::Result<gst::Ref<GstPad>> addSender(const MediaLine& line, std::uint32_t ssrc,
                                           GstWebRTCRTPTransceiverDirection direction);
  void connectSetUp();
  void watchRtp();
  void watchRtcp();
  void watchSctp();

  const PeerConnectionNeeds needs_;
  const std::shared_ptr<CongestionControl> control_;
  gst::Pipeline pipeline_;
  GstElement* webrtcbin_ = nullptr;  ///< borrowed from the pipeline
  std::vector<gst::Ref<GstWebRTCRTPTransceiver>> transceivers_;
  gst::Ref<GstWebRTCRTPTransceiver> videoTransceiver_;
  std::shared_ptr<VideoSender> video_;
  std::unique_ptr<FeedSource> sound_;
  std::unique_ptr<VoiceReceiver> voice_;
  bool owesFeedback_ = false;  ///< transport-wide, of the viewer
  bool hasRelay_ = false;      ///< servers that may have allocated something
  std::optional<IcePath> path_;
  std::shared_ptr<RtcpReports> reports_;
  gst::Ref<GstElement> resender_;  ///< from watchTraffic() on
  std::vector<glib::SignalConnection> setUp_;
  std::shared_ptr<std::atomic<base::TimePoint>> rtcp_;
  const std::shared_ptr<SctpWatch> sctp_ = std::make_shared<SctpWatch>();
  std::vector<gst::PadProbe> probes_;
};

}  // namespace fanlight::webrtc
