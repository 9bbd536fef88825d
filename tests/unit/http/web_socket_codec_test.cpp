// SPDX-License-Identifier: Apache-2.0
// Frames in and out.
#include "http/web_socket_codec.h"

#include <gtest/gtest.h>

#include "http/web_socket_frames.h"

namespace fanlight::http {
namespace {

using test::clientFrame;
using test::clientHeader;

constexpr std::size_t kLimit = 1000;

/// The violation that `bytes` end in; Normal where there is none.
CloseCode violationOf(const std::string& bytes, std::size_t limit = kLimit) {
  WebSocketReader reader(limit);
  reader.feed(bytes);
  for (;;) {
    const auto event = reader.next();
    if (!event)
      return event.error().code;
    if (!*event)
      return CloseCode::Normal;
  }
}

std::string firstText(WebSocketReader& reader) {
  const auto event = reader.next();
  return event && *event && std::holds_alternative<TextMessage>(**event) ? std::get<TextMessage>(**event).text : "none";
}

TEST(WebSocketReader, ReadsAMessage) {
  WebSocketReader reader(kLimit);
  reader.feed(clientFrame(test::kText, "hello"));
  EXPECT_EQ(firstText(reader), "hello");
  EXPECT_FALSE(reader.next()->has_value());
}

TEST(WebSocketReader, ReadsAMessageThatComesByteByByte) {
  WebSocketReader reader(kLimit);
  const std::string text(300, 'x');
  const std::string frame = clientFrame(test::kText, text);
  for (std::size_t at = 0; at + 1 < frame.size(); ++at) {
    reader.feed(frame.substr(at, 1));
    ASSERT_FALSE(reader.next()->has_value()) << at;
  }
  reader.feed(frame.substr(frame.size() - 1));
  EXPECT_EQ(firstText(reader), text);
}

TEST(WebSocketReader, ReadsSeveralMessagesAtOnce) {
  WebSocketReader reader(kLimit);
  reader.feed(clientFrame(test::kText, "one") + clientFrame(test::kText, "") + clientFrame(test::kText, "two"));
  EXPECT_EQ(firstText(reader), "one");
  EXPECT_EQ(firstText(reader), "");
  EXPECT_EQ(firstText(reader), "two");
  EXPECT_EQ(reader.frames(), 3u);
}

TEST(WebSocketReader, JoinsFragmentsAroundAPing) {
  WebSocketReader reader(kLimit);
  reader.feed(clientFrame(test::kText, "a", false) + clientFrame(test::kPing, "p") +
              clientFrame(test::kContinuation, "b", false) + clientFrame(test::kContinuation, "c"));
  EXPECT_EQ(std::get<Ping>(**reader.next()).payload, "p");
  EXPECT_EQ(firstText(reader), "abc");
}

TEST(WebSocketReader, TakesAMessageOfTheLimitInOneFrameOrMany) {
  EXPECT_EQ(violationOf(clientFrame(test::kText, std::string(kLimit, 'x'))), CloseCode::Normal);
  EXPECT_EQ(violationOf(clientFrame(test::kText, std::string(kLimit - 1, 'x'), false) +
                        clientFrame(test::kContinuation, "y")),
            CloseCode::Normal);
}

TEST(WebSocketReader, RefusesAMessageAboveTheLimitBeforeItsPayloadIsThere) {
  EXPECT_EQ(violationOf(clientHeader(0x81, kLimit + 1)), CloseCode::TooBig);
  EXPECT_EQ(violationOf(clientHeader(0x81, std::uint64_t(1) << 40)), CloseCode::TooBig);
  EXPECT_EQ(violationOf(clientHeader(0x81, ~std::uint64_t(0))), CloseCode::TooBig);
}

TEST(WebSocketReader, RefusesFragmentsThatTogetherAreAboveTheLimit) {
  EXPECT_EQ(
      violationOf(clientFrame(test::kText, std::string(kLimit, 'x'), false) + clientFrame(test::kContinuation, "y")),
      CloseCode::TooBig);
}

TEST(WebSocketReader, CountsFramesThatCarryNothing) {
  WebSocketReader reader(kLimit);
  reader.feed(clientFrame(test::kText, "", false));
  for (int i = 0; i < 100; ++i)
    reader.feed(clientFrame(test::kContinuation, "", false));
  EXPECT_FALSE(reader.next()->has_value());
  EXPECT_EQ(reader.frames(), 101u);
}

TEST(WebSocketReader, RefusesBinaryMessages) {
  EXPECT_EQ(violationOf(clientFrame(test::kBinary, "x")), CloseCode::UnsupportedData);
  EXPECT_EQ(violationOf(clientHeader(0x82, 5)), CloseCode::UnsupportedData);
}

TEST(WebSocketReader, RefusesTextThatIsNotUtf8) {
  EXPECT_EQ(violationOf(clientFrame(test::kText, "\xc3\x28")), CloseCode::BadData);
  EXPECT_EQ(violationOf(clientFrame(test::kText, std::string("ok\0\xff", 4))), CloseCode::BadData);
  EXPECT_EQ(violationOf(clientFrame(test::kText, "\xed\xa0\x80")), CloseCode::BadData) << "a surrogate";
  EXPECT_EQ(violationOf(clientFrame(test::kText, "\xc3")), CloseCode::BadData) << "cut";
  EXPECT_EQ(violationOf(clientFrame(test::kText, std::string("gr\xc3\xbc\xc3\x9f\0e", 8))), CloseCode::Normal);
  EXPECT_EQ(violationOf(clientFrame(test::kText, "\xc3", false) + clientFrame(test::kContinuation, "\xbc")),
            CloseCode::Normal)
      << "a character over two fragments";
}

TEST(WebSocketReader, RefusesWhatBreaksTheProtocol) {
  const std::string unmasked = "\x81\x01x";
  EXPECT_EQ(violationOf(unmasked), CloseCode::ProtocolError);
  EXPECT_EQ(violationOf(clientHeader(0xc1, 1)), CloseCode::ProtocolError) << "a reserved bit";
  EXPECT_EQ(violationOf(clientHeader(0x83, 1)), CloseCode::ProtocolError) << "an unknown kind";
  EXPECT_EQ(violationOf(clientHeader(0x8b, 1)), CloseCode::ProtocolError) << "an unknown control kind";
  EXPECT_EQ(violationOf(clientFrame(test::kPing, "x", false)), CloseCode::ProtocolError) << "a fragmented ping";
  EXPECT_EQ(violationOf(clientHeader(0x89, 126)), CloseCode::ProtocolError) << "a long ping";
  EXPECT_EQ(violationOf(clientFrame(test::kContinuation, "x")), CloseCode::ProtocolError) << "nothing to continue";
  EXPECT_EQ(violationOf(clientFrame(test::kText, "x", false) + clientFrame(test::kText, "y")), CloseCode::ProtocolError)
      << "a message inside a message";
}

TEST(WebSocketReader, RefusesLengthsInMoreBytesThanTheyNeed) {
  EXPECT_EQ(violationOf(std::string("\x81\xfe") + test::bigEndian(125, 2) + "mask"), CloseCode::ProtocolError);
  EXPECT_EQ(violationOf(std::string("\x81\xff") + test::bigEndian(65535, 8) + "mask"), CloseCode::ProtocolError);
}

TEST(WebSocketReader, ReadsTheEndOfThePeer) {
  WebSocketReader reader(kLimit);
  reader.feed(clientFrame(test::kClose,
                          "\x03\xe9"
                          "bye") +
              clientFrame(test::kClose, ""));
  EXPECT_EQ(std::get<PeerClose>(**reader.next()).code, 1001);
  EXPECT_EQ(std::get<PeerClose>(**reader.next()).code, 0);
}

TEST(WebSocketReader, RefusesAnEndThatMustNotBeSent) {
  for (const unsigned code : {0u, 999u, 1004u, 1005u, 1006u, 1015u, 2999u, 5000u, 65535u})
    EXPECT_EQ(violationOf(clientFrame(test::kClose, test::bigEndian(code, 2))), CloseCode::ProtocolError) << code;
  EXPECT_EQ(violationOf(clientFrame(test::kClose, "x")), CloseCode::ProtocolError) << "half a code";
  EXPECT_EQ(violationOf(clientFrame(test::kClose, "\x03\xe8\xff")), CloseCode::BadData) << "a reason not of UTF-8";
}

TEST(WebSocketFrames, AreWrittenWithTheShortestLength) {
  EXPECT_EQ(textFrame("hi"), "\x81\x02hi");
  EXPECT_EQ(textFrame(std::string(126, 'x')).substr(0, 4), std::string("\x81\x7e\x00\x7e", 4));
  EXPECT_EQ(textFrame(std::string(70000, 'x')).substr(0, 10),
            std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x11\x70", 10));
  EXPECT_EQ(textFrame(std::string(70000, 'x')).size(), 70010u);
}

TEST(WebSocketFrames, OfControlNeverExceedTheirRoom) {
  EXPECT_EQ(closeFrame(CloseCode::TooBig, "why"), std::string("\x88\x05\x03\xf1why"));
  EXPECT_EQ(closeFrame(CloseCode::Normal, std::string(200, 'x')).size(), 2u + 125u);
  EXPECT_EQ(pongFrame(std::string(200, 'x')).size(), 2u + 125u);
  EXPECT_EQ(pingFrame(), std::string("\x89\x00", 2));
}

}  // namespace
}  // namespace fanlight::http
