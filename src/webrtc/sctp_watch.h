// SPDX-License-Identifier: Apache-2.0
// What one viewer does over SCTP, judged where its packets arrive: webrtcbin makes two threads for each stream that one
// names, and hands over messages without a limit. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <string>

namespace fanlight::webrtc {

/// Of one viewer, in all its time: webrtcbin 1.22 keeps the threads of a channel that was closed. The page opens one.
inline constexpr std::size_t kMaxDataChannels = 4;
/// On their way to the main thread, of all channels of one viewer. Twice the burst that signaling lets through.
inline constexpr int kMaxWaitingMessages = 200;

class SctpWatch {
 public:
  enum class Verdict { Pass, Drop };

  /// `handler` is told once, on webrtcbin's threads, what the viewer has too much of; from then on all is dropped. Set
  /// before there is any traffic.
  void onExceeded(std::function<void(const std::string& what)> handler) { exceeded_ = std::move(handler); }

  /// Judges one packet (RFC 9260, 3), decrypted.
  Verdict inspect(std::span<const std::uint8_t> packet);
  /// A channel was announced. Returns whether there is room for it.
  bool addChannel();
  /// A message came. Returns whether there is room for it; removeMessage() when it has been dealt with.
  bool addMessage();
  void removeMessage() { --messages_; }
  /// Whether the viewer ended the association itself, by ABORT or SHUTDOWN.
  bool saidGoodbye() const { return saidGoodbye_; }

 private:
  void inspectChunk(std::uint8_t type, std::span<const std::uint8_t> chunk);
  void exceed(const std::string& what);

  std::function<void(const std::string&)> exceeded_;
  std::mutex mutex_;
  std::set<std::uint16_t> streams_;  ///< that data came on; guarded by mutex_
  std::atomic<std::size_t> channels_ = 0;
  std::atomic<int> messages_ = 0;
  std::atomic<bool> saidGoodbye_ = false;
  std::atomic<bool> isExceeded_ = false;
};

}  // namespace fanlight::webrtc
