// SPDX-License-Identifier: Apache-2.0
// A viewer made of webrtcbin, standing in for a browser where a test needs to look inside both ends. Main thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "gst/pipeline.h"
#include "gst/promise.h"
#include "session/peer.h"
#include "webrtc/answerer.h"

namespace fanlight::test {

class WebrtcbinViewer {
 public:
  using OfferHandler = std::function<void(const std::string& sdp)>;
  using CandidateHandler = std::function<void(const session::IceCandidate&)>;

  explicit WebrtcbinViewer(const glib::MainContext& context);
  ~WebrtcbinViewer();
  WebrtcbinViewer(const WebrtcbinViewer&) = delete;
  WebrtcbinViewer& operator=(const WebrtcbinViewer&) = delete;

  /// What there is in the offer.
  enum class Lines {
    AsABrowser,          ///< video to receive and a data channel named "control"
    WithSound,           ///< the same, and audio to receive, in Opus
    WithVoice,           ///< the same, and a tone is sent on that line
    AsGStreamersSource,  ///< as whepsrc: audio to receive, here in PCMU, then video, of which it says no format
  };
  void offer(OfferHandler onOffer, CandidateHandler onCandidate, Lines lines = Lines::AsABrowser);
  void setAnswer(const std::string& sdp);
  void addCandidate(const session::IceCandidate& candidate);
  /// Opens more of them, beside the one named "control".
  void openChannels(int count);
  /// Whether this end of the channel named "control" is open; the other end may be so earlier.
  bool isOpen() const;
  /// Sends on the channel named "control", which is open.
  void send(const std::string& text);
  /// Asks for a key frame, as a browser does by PLI.
  void requestKeyFrame();

  int pictures() const { return *pictures_; }
  /// Packets of sound.
  int soundPackets() const { return *soundPackets_; }
  /// Packets of its own tone.
  int voicePackets() const { return *voicePackets_; }
  int keyFrames() const { return *keyFrames_; }
  /// Of the last picture.
  base::Resolution resolution() const { return {*width_, *height_}; }
  /// Whether RTP timestamps of pictures always grew, and those of sound.
  bool isInOrder() const { return *inOrder_; }
  /// Sender reports that came, from the first picture on.
  int senderReports() const { return *senderReports_; }

 private:
  void receive(const char* caps);
  void talk();
  void onPad(GstPad* pad);
  void onSound(GstPad* pad);
  void watchTimestamps(GstPad* pad);
  void watchReports();

  glib::MainContext context_;
  gst::TimeBase timeBase_ = gst::TimeBase::create();
  gst::Pipeline pipeline_;
  GstElement* webrtcbin_ = nullptr;
  glib::Ref<GObject> channel_;
  std::vector<glib::Ref<GObject>> moreChannels_;
  std::vector<glib::SignalConnection> signals_;
  std::shared_ptr<std::atomic<int>> pictures_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> soundPackets_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> voicePackets_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> keyFrames_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> width_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> height_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<bool>> inOrder_ = std::make_shared<std::atomic<bool>>(true);
  std::shared_ptr<std::atomic<int>> senderReports_ = std::make_shared<std::atomic<int>>(0);
  std::vector<gst::PadProbe> probes_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::test
