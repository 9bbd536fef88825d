// SPDX-License-Identifier: Apache-2.0
// Packets of SCTP, put together by hand.
#include "webrtc/sctp_watch.h"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::webrtc {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Verdict = SctpWatch::Verdict;

constexpr std::uint8_t kAbort = 6;
constexpr std::uint8_t kShutdown = 7;
constexpr std::uint8_t kHeartbeat = 4;
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kInterleavedData = 64;

/// A chunk with its padding; `value` is what follows type, flags and length.
Bytes chunk(std::uint8_t type, const Bytes& value = {}) {
  const std::size_t length = 4 + value.size();
  Bytes bytes((length + 3) / 4 * 4);
  bytes[0] = type;
  bytes[2] = static_cast<std::uint8_t>(length >> 8);
  bytes[3] = static_cast<std::uint8_t>(length);
  std::ranges::copy(value, bytes.begin() + 4);
  return bytes;
}

Bytes data(int stream, std::uint8_t type = kData) {
  return chunk(type, {0, 0, 0, 1, static_cast<std::uint8_t>(stream >> 8), static_cast<std::uint8_t>(stream), 0, 0, 0, 0,
                      0, 50, 'x'});
}

Bytes packet(const std::vector<Bytes>& chunks) {
  Bytes bytes(12);
  for (const Bytes& one : chunks)
    bytes.insert(bytes.end(), one.begin(), one.end());
  return bytes;
}

class SctpWatchTest : public ::testing::Test {
 protected:
  SctpWatchTest() {
    watch_.onExceeded([this](const std::string& what) { exceeded_.push_back(what); });
  }

  SctpWatch watch_;
  std::vector<std::string> exceeded_;
};

TEST_F(SctpWatchTest, PassesWhatFitsOnAsManyStreamsAsAreAllowed) {
  for (int round = 0; round < 3; ++round)
    for (int stream = 0; stream < static_cast<int>(kMaxDataChannels); ++stream)
      EXPECT_EQ(watch_.inspect(packet({data(stream)})), Verdict::Pass);
  EXPECT_FALSE(watch_.saidGoodbye());
  EXPECT_TRUE(exceeded_.empty());
}

TEST_F(SctpWatchTest, DropsThePacketThatNamesAStreamTooManyAndAllAfterIt) {
  std::vector<Bytes> chunks{chunk(kHeartbeat, {1, 2, 3})};
  for (int stream = 0; stream <= static_cast<int>(kMaxDataChannels); ++stream)
    chunks.push_back(data(1000 + stream));
  EXPECT_EQ(watch_.inspect(packet(chunks)), Verdict::Drop);
  EXPECT_EQ(watch_.inspect(packet({data(1000)})), Verdict::Drop);
  EXPECT_EQ(exceeded_.size(), 1U);
}

TEST_F(SctpWatchTest, CountsStreamsOfInterleavedData) {
  for (int stream = 0; stream < static_cast<int>(kMaxDataChannels); ++stream)
    EXPECT_EQ(watch_.inspect(packet({data(stream, kInterleavedData)})), Verdict::Pass);
  EXPECT_EQ(watch_.inspect(packet({data(99, kInterleavedData)})), Verdict::Drop);
}

TEST_F(SctpWatchTest, KnowsAGoodbyeFromWhatLooksLikeOneInsideOfAnotherChunk) {
  watch_.inspect(packet({chunk(kHeartbeat, {kAbort, 0, 0, 4, kShutdown, 0, 0, 4})}));
  EXPECT_FALSE(watch_.saidGoodbye());
  watch_.inspect(packet({chunk(kHeartbeat, {1}), chunk(kAbort)}));
  EXPECT_TRUE(watch_.saidGoodbye());
}

TEST_F(SctpWatchTest, TakesAShutdownForAGoodbye) {
  watch_.inspect(packet({chunk(kShutdown, {0, 0, 0, 1})}));
  EXPECT_TRUE(watch_.saidGoodbye());
}

TEST_F(SctpWatchTest, ReadsNothingBeyondABrokenPacket) {
  const Bytes whole = packet({data(7), chunk(kAbort)});
  for (std::size_t size = 0; size < whole.size() - 4; ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(watch_.inspect(cut), Verdict::Pass);
  }
  EXPECT_EQ(watch_.inspect(packet({{kData, 0, 0, 0}, chunk(kAbort)})), Verdict::Pass);
  EXPECT_EQ(watch_.inspect(packet({{kData, 0, 0xff, 0xff}})), Verdict::Pass);
  EXPECT_FALSE(watch_.saidGoodbye());
}

TEST_F(SctpWatchTest, HasRoomForSoManyChannelsInAllItsTime) {
  for (std::size_t i = 0; i < kMaxDataChannels; ++i)
    EXPECT_TRUE(watch_.addChannel());
  EXPECT_FALSE(watch_.addChannel());
  EXPECT_EQ(exceeded_.size(), 1U);
}

TEST_F(SctpWatchTest, HasRoomForAnyNumberOfMessagesThatAreDealtWith) {
  for (int i = 0; i < 10 * kMaxWaitingMessages; ++i) {
    EXPECT_TRUE(watch_.addMessage());
    watch_.removeMessage();
  }
  EXPECT_TRUE(exceeded_.empty());
}

TEST_F(SctpWatchTest, HasRoomForSoManyMessagesThatWait) {
  for (int i = 0; i < kMaxWaitingMessages; ++i)
    EXPECT_TRUE(watch_.addMessage());
  EXPECT_FALSE(watch_.addMessage());
  EXPECT_EQ(watch_.inspect(packet({data(0)})), Verdict::Drop);
  EXPECT_EQ(exceeded_.size(), 1U);
}

}  // namespace
}  // namespace fanlight::webrtc
