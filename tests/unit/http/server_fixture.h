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

#include "base/ascii.h"
#include "http/header_value.h"
#include "http/raw_client.h"
#include "http/server.h"
#include "loop_fixture.h"
#include "session/fakes.h"

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

class ServerFixture : public LoopFixture {
 protected:
  void SetUp() override { start(); }

  /// Again, after a change of `options_`.
  void start() {
    server_.reset();
    server_ = std::make_unique<http::Server>(context_, options_, services_, page_, [this] { return unready_; });
    const auto listening = server_->listen();
    ASSERT_TRUE(listening) << listening.error().message;
    const std::string url = server_->urls().front();
    address_ = url.substr(7, url.size() - 8);
  }

  RawClient connect(const std::string& from = "127.0.0.1") const { return RawClient(address_, from); }

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
  /// Waits for the response to what `client` has sent already.
  Answer answerTo(RawClient& client) {
    runUntil("the end of the response", [&] { return client.isAtEnd(); });
    return parseAnswer(client.received());
  }
  void runUntilNoConnections() {
    runUntil("the end of every connection", [this] { return server_->connections() == 0; });
  }

  FakeCore core_;
  signaling::Services services_{core_.registry,
                                core_.catalogue,
                                core_.access,
                                core_.commands,
                                core_.pairing,
                                core_.clock,
                                {base::DeviceId("test"), "Test", "1.2.3"},
                                {}};
  http::ResourceFiles page_{"/fanlight/test-page"};
  std::optional<std::string> unready_;
  http::Options options_{.listen = {{"127.0.0.1", 0}}, .hosts = {"cam.example"}};
  std::unique_ptr<http::Server> server_;
  std::string address_;
};

}  // namespace fanlight::test
