// SPDX-License-Identifier: Apache-2.0
// Whole viewers against real webrtcbins on both ends.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "loop_fixture.h"
#include "steered_clocks.h"
#include "webrtc/peer.h"
#include "webrtc/webrtcbin_viewer.h"

namespace fanlight::test {

class PeerRecorder final : public session::PeerObserver {
 public:
  void onAnswer(const std::string& sdp) override {
    answer = sdp;
    if (viewer)
      viewer->setAnswer(alterAnswer ? alterAnswer(sdp) : sdp);
  }
  void onCandidate(const session::IceCandidate& candidate) override {
    if (viewer && passesCandidates)
      viewer->addCandidate(candidate);
  }
  void onProgress(session::PeerProgress step) override { progress.push_back(step); }
  void onFailed(session::EndReason reason, const std::string& text) override {
    failure = reason;
    detail = text;
  }
  void onDataChannel(const std::string& label, std::shared_ptr<session::Channel> channel) override {
    channels.push_back(label);
    if (listener)
      channel->setListener(listener);
    kept.push_back(std::move(channel));
  }
  void onShown() override { ++shown; }

  WebrtcbinViewer* viewer = nullptr;
  bool passesCandidates = true;
  std::function<std::string(std::string)> alterAnswer;
  session::ChannelListener* listener = nullptr;
  std::string answer;
  std::vector<session::PeerProgress> progress;
  int shown = 0;
  std::optional<session::EndReason> failure;
  std::string detail;
  std::vector<std::string> channels;
  std::vector<std::shared_ptr<session::Channel>> kept;
};

inline config::Camera testCamera(int width, int height) {
  config::Camera settings;
  settings.id = base::CameraId("test");
  settings.source = config::SourceKind::Test;
  settings.width = width;
  settings.height = height;
  return settings;
}

class PeerFixture : public LoopFixture {
 protected:
  PeerFixture()
      : timeBase_(gst::TimeBase::create()),
        cameras_{context_, timeBase_, clock_, std::make_shared<media::DeviceClaims>(),
                 std::make_shared<board::EncoderProbe>()},
        certificate_(std::make_shared<const webrtc::Certificate>(*webrtc::createCertificate())) {}

  std::unique_ptr<media::Camera> makeCamera(int width, int height, std::size_t renditions = 1) {
    return std::make_unique<media::Camera>(testCamera(width, height), std::vector<media::RenditionSettings>(renditions),
                                           cameras_, [](const media::Camera&) {});
  }

  void connect(session::Peer& peer, std::function<std::string(std::string)> alterOffer = {}) {
    connect(peer, recorder_, viewer_, std::move(alterOffer));
  }

  void connect(session::Peer& peer, PeerRecorder& recorder, WebrtcbinViewer& viewer,
               std::function<std::string(std::string)> alterOffer = {},
               WebrtcbinViewer::Lines lines = WebrtcbinViewer::Lines::AsABrowser) {
    recorder.viewer = &viewer;
    viewer.offer(
        [&peer, alterOffer, mayTalk = mayTalk_](const std::string& sdp) {
          const auto answered = peer.answer(alterOffer ? alterOffer(sdp) : sdp, mayTalk);
          ASSERT_TRUE(answered) << answered.error().message;
        },
        [&peer](const session::IceCandidate& candidate) { peer.addCandidate(candidate); }, lines);
  }

  void close(session::Peer& peer) {
    bool isClosed = false;
    peer.close([&isClosed] { isClosed = true; });
    runUntil("the peer to be gone", [&isClosed] { return isClosed; });
  }

  ShiftedClock clock_;
  gst::TimeBase timeBase_;
  media::CameraServices cameras_;
  std::shared_ptr<const webrtc::Certificate> certificate_;
  gst::Worker viewers_{"viewers"};
  gst::Worker reaper_{"reaper"};
  bool mayTalk_ = false;  ///< as its viewers are answered
  PeerRecorder recorder_;
  WebrtcbinViewer viewer_{context_};
  webrtc::PeerServices services_{{timeBase_, context_, clock_, certificate_},
                                 viewers_,
                                 reaper_,
                                 [](const session::Arrival&) { return webrtc::IceSetUp{}; },
                                 {}};
};

}  // namespace fanlight::test
