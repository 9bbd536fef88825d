// SPDX-License-Identifier: Apache-2.0
// An endpoint on a fake channel and on the real core with fake ports, and the messages that its viewer sends.
#pragma once

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json/object.h"
#include "session/fakes.h"
#include "signaling/endpoint.h"
#include "signaling/fake_services.h"

namespace fanlight::signaling {

inline const std::string kA = "aaaaaaaaaaaaaaaa";
inline const std::string kB = "bbbbbbbbbbbbbbbb";

inline std::string sessionId(int number) {
  return "session-number-" + std::to_string(1000 + number);
}

inline std::string hello(const std::string& token = {}) {
  return token.empty() ? R"({"type":"hello"})" : R"({"type":"hello","token":")" + token + "\"}";
}

inline std::string offer(const std::string& session, const std::string& camera = "front",
                         const std::string& replaces = {}) {
  return R"({"type":"offer","session":")" + session + R"(","camera":")" + camera + R"(","sdp":"v=0")" +
         (replaces.empty() ? "" : R"(,"replaces":")" + replaces + '"') + "}";
}

inline std::string candidate(const std::string& session) {
  return R"({"type":"candidate","session":")" + session +
         R"(","candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0})";
}

inline std::string bye(const std::string& session) {
  return R"({"type":"bye","session":")" + session + "\"}";
}

/// One message that the device sent, in short: "type session code|reason|state camera", what there is of it.
inline std::string brief(const std::string& text) {
  const auto object = json::parseObject(text);
  EXPECT_TRUE(object) << text;
  std::string words;
  for (const char* name : {"type", "session", "code", "camera", "state", "reason", "id", "sdp", "candidate"})
    if (JsonNode* node = object ? json_object_get_member(object->get(), name) : nullptr)
      words += (words.empty() ? "" : " ") + std::string(json_node_get_string(node));
  return words;
}

/// A session as a data channel in it knows it; nothing of it is asked for.
class CarryingSession {
 public:
  CarryingSession(const std::string& id, const session::Grant& grant, const base::Clock& clock)
      : session_({session::SessionId(id), base::CameraId("front"), session::SourceId("192.0.2.1"), grant}, owner_,
                 clock, {}) {}
  const session::Session& get() const { return session_; }

 private:
  class Owner final : public session::Session::Owner {
   public:
    void onSessionEnding(session::Session&, session::EndReason, const std::string&) override {}
    void onSessionDataChannel(session::Session&, const std::string&, std::shared_ptr<session::Channel>) override {}
    void onSessionShown(session::Session&) override {}
  } owner_;
  session::Session session_;
};

class EndpointTest : public ::testing::Test {
 protected:
  EndpointTest() { endpoint_.emplace(services_, channel_, Remote{session::SourceId("192.0.2.1")}, base::Secret()); }

  /// What the device sent since the last time.
  std::vector<std::string> heard() {
    std::vector<std::string> words;
    for (; heard_ < channel_.sent.size(); ++heard_)
      words.push_back(brief(channel_.sent[heard_]));
    return words;
  }
  void receive(const std::string& text) { channel_.receive(text); }
  void greet(const std::string& token = {}) {
    receive(hello(token));
    ASSERT_THAT(heard(), ::testing::ElementsAre("welcome"));
  }
  void open(const std::string& session) {
    receive(offer(session));
    ASSERT_THAT(heard(), ::testing::IsEmpty());
  }
  test::PeerHandle& peer() { return core_.peers.last(); }

  /// Roomy, so that the limits under test are those of the channel.
  test::FakeCore core_{{.viewers = 100, .viewersPerCamera = 100, .viewersPerSource = 100}};
  Services services_ = servicesOf(core_, {base::DeviceId("porch"), "Porch", "0.1.0"});
  test::FakeChannel channel_;
  std::optional<Endpoint> endpoint_;
  std::size_t heard_ = 0;
};

}  // namespace fanlight::signaling
