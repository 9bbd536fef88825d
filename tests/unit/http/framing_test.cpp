// SPDX-License-Identifier: Apache-2.0
// Requests whose end two readers could see at different places, and other bytes that are not quite HTTP. Whatever is
// sent, there is at most one response, and nothing of the second request in it is done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kNoResponse = 0;

struct FramingRow {
  const char* name;
  std::string bytes;  ///< "HOST" stands for the server's address, "SMUGGLED" for a whole request for /healthz
  int status;         ///< kNoResponse: the connection just ends
};

void PrintTo(const FramingRow& row, std::ostream* out) {
  *out << row.name;
}

class FramingTest : public test::ServerFixture, public ::testing::WithParamInterface<FramingRow> {
 protected:
  std::string fill(std::string bytes) const {
    replace(bytes, "SMUGGLED", "GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n");
    replace(bytes, "HOST", address_);
    return bytes;
  }

 private:
  static void replace(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
      text.replace(at, what.size(), by);
  }
};

std::string post(const std::string& headers, const std::string& body = "") {
  return "POST /whep/front HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/sdp\r\n" + headers + "\r\n" + body;
}

std::string get(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: HOST\r\n" + headers + "\r\n";
}

TEST_P(FramingTest, HasOneAnswerAtMost) {
  test::RawClient client = connect();
  const std::string bytes = fill(GetParam().bytes);
  ASSERT_EQ(client.send(bytes), bytes.size());
  client.endSending();
  runUntil("the end of the connection", [&] { return client.isAtEnd(); });
  EXPECT_EQ(test::parseAnswer(client.received()).status, GetParam().status) << client.received();
  const std::size_t first = client.received().find("HTTP/1.");
  EXPECT_EQ(client.received().find("HTTP/1.", first + 1), std::string::npos) << client.received();
  EXPECT_THAT(client.received(), Not(HasSubstr("ok\n")));
  EXPECT_TRUE(core_.peers.peers.empty()) << "an offer came through";
  runUntilNoConnections();
}

INSTANTIATE_TEST_SUITE_P(
    Lengths, FramingTest,
    ::testing::Values(
        FramingRow{"two lengths that differ", post("Content-Length: 0\r\nContent-Length: 40\r\n", "SMUGGLED"), 400},
        FramingRow{"two lengths that agree", post("Content-Length: 3\r\nContent-Length: 3\r\n", "v=0SMUGGLED"), 400},
        FramingRow{"a list of lengths", post("Content-Length: 3, 3\r\n", "v=0SMUGGLED"), 400},
        FramingRow{"a negative length", post("Content-Length: -1\r\n", "SMUGGLED"), 400},
        FramingRow{"a length with a sign", post("Content-Length: +3\r\n", "v=0SMUGGLED"), 400},
        FramingRow{"a length in hexadecimal", post("Content-Length: 0x3\r\n", "v=0SMUGGLED"), 400},
        FramingRow{"a length beyond numbers", post("Content-Length: 99999999999999999999\r\n", "SMUGGLED"), 413},
        FramingRow{"an empty length", post("Content-Length: \r\n", "SMUGGLED"), 400},
        FramingRow{"a length and chunks",
                   post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nSMUGGLED"), 411},
        FramingRow{"chunks and a length",
                   post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\nSMUGGLED"), 411},
        FramingRow{"chunks", post("Transfer-Encoding: chunked\r\n", "3\r\nv=0\r\n0\r\n\r\nSMUGGLED"), 411},
        FramingRow{"broken chunks", post("Transfer-Encoding: chunked\r\n", "zz\r\nSMUGGLED"), 411},
        FramingRow{"chunks twice",
                   post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\nSMUGGLED"), 411},
        FramingRow{"an unknown encoding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\nSMUGGLED"), 411},
        FramingRow{"a body of GET", get("Content-Length: 40\r\n") + "SMUGGLED", 413},
        FramingRow{"more than its length", get("Content-Length: 0\r\n") + "SMUGGLED", 200},
        FramingRow{"less than its length", post("Content-Length: 400\r\n", "v=0"), kNoResponse}));

INSTANTIATE_TEST_SUITE_P(
    Heads, FramingTest,
    ::testing::Values(
        FramingRow{"two hosts", get("Host: HOST\r\n"), 400},
        FramingRow{"two hosts that differ", get("Host: evil.example\r\n"), 400},
        FramingRow{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        FramingRow{"no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400},
        FramingRow{"a host with a path", "GET / HTTP/1.1\r\nHost: HOST/x\r\n\r\n", 400},
        FramingRow{"a host with a user", "GET / HTTP/1.1\r\nHost: u@HOST\r\n\r\n", 400},
        FramingRow{"a bare line feed", "GET / HTTP/1.1\nHost: HOST\n\n", kNoResponse},
        FramingRow{"a bare line feed after a header", get("X: a\nY: b\r\n"), 400},
        FramingRow{"a bare carriage return", get("X: a\rY: b\r\n"), 400},
        FramingRow{"a header without a colon", get("Xab\r\n"), 400},
        FramingRow{"a header without a name", get(": b\r\n"), 400},
        FramingRow{"an empty line first", "\r\nGET / HTTP/1.1\r\nHost: HOST\r\n\r\n", 400},
        FramingRow{"a space before the colon", "GET / HTTP/1.1\r\nHost : HOST\r\n\r\n", 400},
        FramingRow{"a folded host", "GET / HTTP/1.1\r\nHost:\r\n evil.example\r\n\r\n", 400},
        FramingRow{"a folded length", post("Content-Length:\r\n 3\r\nContent-Length: 0\r\n", "v=0SMUGGLED"), 400},
        FramingRow{"a NUL in a value", get(std::string("X: a\0b\r\n", 8)), 400},
        FramingRow{"a NUL in the path", std::string("GET /\0 HTTP/1.1\r\nHost: HOST\r\n\r\n", 32), 400},
        FramingRow{"a head of 20 kB", get("X: " + std::string(20000, 'x') + "\r\n"), 431},
        FramingRow{"a head of 100 kB", get("X: " + std::string(100000, 'x') + "\r\n"), 431},
        FramingRow{"a path of 20 kB", "GET /" + std::string(20000, 'x') + " HTTP/1.1\r\nHost: HOST\r\n\r\n", 431},
        FramingRow{"ten thousand headers", get([] {
                     std::string headers;
                     for (int i = 0; i < 5000; ++i)
                       headers += "a: b\r\n";
                     return headers;
                   }()),
                   431}));

INSTANTIATE_TEST_SUITE_P(
    Lines, FramingTest,
    ::testing::Values(FramingRow{"an unknown method", "BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405},
                      FramingRow{"a method in lower case", "get / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405},
                      FramingRow{"a tunnel", "CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n", 400},
                      FramingRow{"a trace", "TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405},
                      FramingRow{"the server itself", "OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n", 404},
                      FramingRow{"no version", "GET /\r\n\r\n", 400},
                      FramingRow{"a later version", "GET / HTTP/2.0\r\nHost: HOST\r\n\r\n", 505},
                      FramingRow{"HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
                      FramingRow{"a version that is none", "GET / HTTP/1.x\r\nHost: HOST\r\n\r\n", 400},
                      FramingRow{"a target without a slash", "GET x HTTP/1.1\r\nHost: HOST\r\n\r\n", 400},
                      FramingRow{"a target of another scheme", "GET ftp://HOST/ HTTP/1.1\r\nHost: HOST\r\n\r\n", 400},
                      FramingRow{"a target with TLS", "GET https://HOST/ HTTP/1.1\r\nHost: HOST\r\n\r\n", 400},
                      FramingRow{"an expectation", get("Expect: 200-ok\r\n"), 417},
                      FramingRow{"only line ends", "\r\n\r\n", 400}, FramingRow{"nothing", "", kNoResponse},
                      FramingRow{"half a line", "GET / HT", kNoResponse},
                      FramingRow{"binary", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", 13),
                                 kNoResponse}));

TEST_F(FramingTest, AsksForABodyThatWaitsToBeAskedFor) {
  test::RawClient client = connect();
  client.send(fill(post("Expect: 100-continue\r\nContent-Length: 3\r\n")));
  runUntil("the go-ahead", [&] { return client.received() == "HTTP/1.1 100 Continue\r\n\r\n"; });
  client.send("v=0");
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  EXPECT_EQ(core_.peers.last().offer, "v=0");
}

TEST_F(FramingTest, DoesNotAskForABodyThatItRefuses) {
  test::RawClient client = connect();
  client.send(fill(post("Expect: 100-continue\r\nContent-Length: 1000000\r\n")));
  EXPECT_EQ(answerTo(client).status, 413);
}

TEST_F(FramingTest, TellsALongSenderWhyItIsRefused) {
  const test::Answer answer =
      ask("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, std::string(1 << 20, 'v'));
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body, "the body is longer than the 49152 bytes that are taken here\n");
  EXPECT_EQ(answer.header("Content-Length"), std::to_string(answer.body.size()));
  runUntilNoConnections();
}

}  // namespace
}  // namespace fanlight::http
