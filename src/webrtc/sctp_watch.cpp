// SPDX-License-Identifier: Apache-2.0
// Just enough of SCTP to know which streams are used and when the association is ended.
#include "webrtc/sctp_watch.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::webrtc {
namespace {

constexpr std::size_t kHeaderBytes = 12;      // RFC 9260, 3.1
constexpr std::size_t kChunkHeaderBytes = 4;  // RFC 9260, 3.2
constexpr std::size_t kStreamOffset = 8;      // of both kinds of data: behind the TSN

// RFC 9260, 3.2; I-DATA is RFC 8260's.
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kAbort = 6;
constexpr std::uint8_t kShutdown = 7;
constexpr std::uint8_t kInterleavedData = 64;

std::uint16_t read16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

}  // namespace

SctpWatch::Verdict SctpWatch::inspect(std::span<const std::uint8_t> packet) {
  for (std::size_t at = kHeaderBytes; at + kChunkHeaderBytes <= packet.size();) {
    const auto rest = packet.subspan(at);
    const std::size_t length = read16(rest, 2);
    if (length < kChunkHeaderBytes)
      break;
    inspectChunk(rest[0], rest.first(std::min(length, rest.size())));
    at += (length + 3) / 4 * 4;
  }
  return isExceeded_ ? Verdict::Drop : Verdict::Pass;
}

void SctpWatch::inspectChunk(std::uint8_t type, std::span<const std::uint8_t> chunk) {
  if (type == kAbort || type == kShutdown)
    saidGoodbye_ = true;
  if ((type != kData && type != kInterleavedData) || chunk.size() < kStreamOffset + 2)
    return;
  const std::lock_guard lock(mutex_);
  if (streams_.size() <= kMaxDataChannels)
    streams_.insert(read16(chunk, kStreamOffset));
  if (streams_.size() > kMaxDataChannels)
    exceed(fmt::format("more than {} data channels", kMaxDataChannels));
}

bool SctpWatch::addChannel() {
  if (++channels_ > kMaxDataChannels)
    exceed(fmt::format("more than {} data channels, one after the other", kMaxDataChannels));
  return !isExceeded_;
}

bool SctpWatch::addMessage() {
  if (++messages_ > kMaxWaitingMessages)
    exceed(fmt::format("more than {} data-channel messages at once", kMaxWaitingMessages));
  return !isExceeded_;
}

void SctpWatch::exceed(const std::string& what) {
  if (!isExceeded_.exchange(true) && exceeded_)
    exceeded_(what);
}

}  // namespace fanlight::webrtc
