// SPDX-License-Identifier: Apache-2.0
// The whole HTTP server on a port of its own, with the core on fakes behind it.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/tls_certificate.h"
#include "base/ascii.h"
#include "http/header_value.h"
#include "http/raw_client.h"
#include "http/server.h"
#include "loop_fixture.h"
#include "session/fakes.h"
#include "signaling/fake_services.h"

namespace fanlight::test {

/// One HTTP response as it came.
struct Answer {
  int status = 0;
  std::vector<http::Header> headers;
  std::string body;

  std::string header(std::string_view name) const {
    std::string all;
    for (const http::Header& header : headers)
      if (base::equalsIgnoringCase(header.name, name))
        all += (all.empty() ? "" : " | ") + header.value;
    return all;
  }
  bool has(std::string_view name) const {
    return std::ranges::any_of(
        headers, [name](const http::Header& header) { return base::equalsIgnoringCase(header.name, name); });
  }
};

/// The first response in `bytes`; status 0: there is none. All that follows its head counts as its body.
inline Answer parseAnswer(const std::string& bytes) {
  Answer answer;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.") || end == std::string::npos)
    return answer;
  answer.status = std::stoi(bytes.substr(9, 3));
  answer.body = bytes.substr(end + 4);
  for (std::size_t at = bytes.find("\r\n") + 2; at < end + 2;) {
    const std::size_t eol = bytes.find("\r\n", at);
    const std::size_t colon = bytes.find(": ", at);
    answer.headers.push_back({bytes.substr(at, colon - at), bytes.substr(colon + 2, eol - colon - 2)});
    at = eol + 2;
  }
  return answer;
}

/// For the test's life.
inline access::TlsPair makeTlsPair() {
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  const access::Validity validity{now - std::chrono::hours(1), now + std::chrono::hours(1)};
  return *access::signByItself(*access::makeTlsKey(), {{"localhost"}, {"127.0.0.1"}}, validity);
}

/// Has one picture of one camera.
class FakeStills final : public session::Stills {
 public:
  void take(const base::CameraId& camera, Taken taken) override { answer(camera, taken); }
  void findLast(const base::CameraId& camera, Taken taken) override { answer(camera, taken); }
  session::Still still{std::make_shared<const std::string>("a file"), {}};
  base::Error trouble{base::ErrorCode::NotFound, "no picture"};

 private:
  void answer(const base::CameraId& camera, const Taken& taken) const {
    if (camera.value() == "front")
      taken(still);
    else
      taken(tl::unexpected(trouble));
  }
};

class FakeFigures final : public telemetry::Source {
 public:
  telemetry::DeviceFigures figures() const override { return told; }
  telemetry::DeviceFigures told;
};

class ServerFixture : public LoopFixture {
 protected:
  void SetUp() override { start(); }

  /// From here on with TLS, or without.
  void use(http::Scheme scheme) {
    scheme_ = scheme;
    options_.listen.clear();
    options_.tlsListen.clear();
    (scheme == http::Scheme::Https ? options_.tlsListen : options_.listen) = {{"127.0.0.1", 0}};
  }
  /// Again, after a change of `options_`.
  void start() {
    server_.reset();
    server_ = std::make_unique<http::Server>(context_, options_, services_, stills_, figures_, page_,
                                             [this] { return unready_; });
    if (scheme_ == http::Scheme::Https) {
      ASSERT_TRUE(server_->useCertificate(makeTlsPair()));
    }
    const auto listening = server_->listen();
    ASSERT_TRUE(listening) << listening.error().message;
    const std::string url = server_->urls().front();
    const std::size_t begin = url.find("//") + 2;
    address_ = url.substr(begin, url.size() - begin - 1);
    origin_ = url.substr(0, url.size() - 1);
  }

  RawClient connect(const std::string& from = "127.0.0.1", int receiveBuffer = 0) const {
    RawClient client(address_, from, receiveBuffer);
    if (scheme_ == http::Scheme::Https)
      client.startTls();
    return client;
  }

  std::string request(const std::string& method, const std::string& path, const std::vector<http::Header>& headers = {},
                      const std::string& body = "") const {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: " + address_ + "\r\n";
    for (const http::Header& header : headers)
      text += header.name + ": " + header.value + "\r\n";
    if (!body.empty())
      text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
  }

  /// Sends `bytes` on a connection of its own and reads until its end.
  std::string exchange(const std::string& bytes, const std::string& from = "127.0.0.1") {
    RawClient client = connect(from);
    EXPECT_EQ(client.send(bytes), bytes.size());
    runUntil("the end of the response", [&] { return client.isAtEnd(); });
    return client.received();
  }
  Answer ask(const std::string& method, const std::string& path, const std::vector<http::Header>& headers = {},
             const std::string& body = "") {
    return parseAnswer(exchange(request(method, path, headers, body)));
  }
  /// Of a WebSocket for signaling.
  std::string handshake(const std::vector<http::Header>& more = {}) const {
    std::vector<http::Header> headers = {{"Upgrade", "websocket"},
                                         {"Connection", "Upgrade"},
                                         {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                         {"Sec-WebSocket-Version", "13"},
                                         {"Sec-WebSocket-Protocol", "other, fanlight.v1"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return request("GET", "/api/v1/signaling", headers);
  }
  /// A client whose handshake was answered with 101.
  RawClient openSocket(const std::string& from = "127.0.0.1") {
    RawClient client = connect(from);
    client.send(handshake());
    runUntil("the handshake", [&] { return parseAnswer(client.received()).status == 101; });
    return client;
  }
  /// Waits for the response to what `client` has sent already.
  Answer answerTo(RawClient& client) {
    runUntil("the end of the response", [&] { return client.isAtEnd(); });
    return parseAnswer(client.received());
  }
  void runUntilNoConnections() {
    runUntil("the end of every connection", [this] { return server_->connections() == 0; });
  }

  FakeCore core_;
  signaling::Services services_ = signaling::servicesOf(core_, {base::DeviceId("test"), "Test", "1.2.3"});
  FakeStills stills_;
  FakeFigures figures_;
  http::ResourceFiles page_{"/fanlight/test-page"};
  std::optional<std::string> unready_;
  http::Options options_{.listen = {{"127.0.0.1", 0}}, .hosts = {"cam.example"}};
  std::unique_ptr<http::Server> server_;
  std::string address_;
  std::string origin_;  ///< of the page: "http://127.0.0.1:8080"
  http::Scheme scheme_ = http::Scheme::Http;
};

}  // namespace fanlight::test
