// SPDX-License-Identifier: Apache-2.0
// The golden messages of tests/fixtures/signaling, which the page's tests read as well.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "glib/owned.h"
#include "json/object.h"
#include "signaling/codec.h"
#include "signaling/names.h"

namespace fanlight::signaling {
namespace {

using ::testing::IsSupersetOf;

using NodeRef = glib::Ref<JsonNode>;

NodeRef toNode(const std::string& text) {
  return NodeRef::adopt(json_from_string(text.c_str(), nullptr));
}

std::string toText(JsonNode* node) {
  return glib::takeString(json_to_string(node, FALSE));
}

template <class Enum>
std::string_view nameOf(Enum value) {
  using session::toText;
  using signaling::toText;
  return toText(value);
}

/// The value of an enumeration whose name on the wire is `name`; `last` is its last one.
template <class Enum>
Enum named(std::string_view name, Enum last) {
  for (int value = 0; value <= static_cast<int>(last); ++value)
    if (nameOf(static_cast<Enum>(value)) == name)
      return static_cast<Enum>(value);
  ADD_FAILURE() << "no value is called '" << name << "'";
  return last;
}

/// One file of the fixtures.
class Fixture {
 public:
  explicit Fixture(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    root_ = toNode(text.str());
  }

  bool isReadable() const { return root_ && JSON_NODE_HOLDS_OBJECT(root_.get()); }
  /// One that cannot be read is everybody's, so that it is missed.
  bool isTo(const char* who) const { return !isReadable() || text("direction") == std::string("to") + who; }
  std::string text(const char* name) const { return json_object_get_string_member(object(), name); }
  std::string message() const { return toText(json_object_get_member(object(), "message")); }

  /// The message without the fields that its reader is to pass over.
  NodeRef heeded() const {
    auto node = toNode(message());
    if (json_object_has_member(object(), "ignored")) {
      JsonArray* ignored = json_object_get_array_member(object(), "ignored");
      for (guint i = 0; i < json_array_get_length(ignored); ++i)
        json_object_remove_member(json_node_get_object(node.get()), json_array_get_string_element(ignored, i));
    }
    return node;
  }

 private:
  JsonObject* object() const { return json_node_get_object(root_.get()); }
  NodeRef root_;
};

std::vector<std::filesystem::path> files(const char* folder, const char* who) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(FIXTURES) / "signaling" / folder))
    if (entry.path().extension() == ".json" && Fixture(entry.path()).isTo(who))
      found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

std::string testName(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

/// Reads a message of the device as the viewer would, without the codec under test.
class ViewerSide {
 public:
  explicit ViewerSide(JsonNode* message) : object_(json_node_get_object(message)) {}

  ToViewer read() const {
    const std::string type = text("type");
    if (type == "welcome")
      return welcome();
    if (type == "ice")
      return ice();
    if (type == "device")
      return DeviceMessage{troubles()};
    if (type == "answer")
      return AnswerMessage{session(), text("sdp")};
    if (type == "candidate")
      return candidate();
    if (type == "state")
      return state();
    if (type == "talk")
      return talk();
    if (type == "ring")
      return ring();
    if (type == "result")
      return outcome();
    if (type == "bye")
      return ByeFromDevice{session(), named(text("reason"), session::EndReason::Internal)};
    EXPECT_EQ(type, "error");
    return ErrorMessage{has("session") ? std::optional(session()) : std::nullopt,
                        named(text("code"), ErrorCode::Internal), text("message")};
  }

 private:
  bool has(const char* name) const {
    return json_object_has_member(object_, name) && !json_object_get_null_member(object_, name);
  }
  std::string text(const char* name) const { return has(name) ? json_object_get_string_member(object_, name) : ""; }
  int number(const char* name) const { return static_cast<int>(json_object_get_int_member(object_, name)); }
  session::SessionId session() const { return session::SessionId(text("session")); }
  ViewerSide at(const char* name) const { return ViewerSide(json_object_get_member(object_, name)); }

  template <class Function>
  void each(const char* name, Function function) const {
    JsonArray* list = json_object_get_array_member(object_, name);
    for (guint i = 0; i < json_array_get_length(list); ++i)
      function(json_array_get_element(list, i));
  }

  ToViewer welcome() const {
    Welcome welcome;
    const ViewerSide device = at("device");
    welcome.device = {base::DeviceId(device.text("id")), device.text("name"), device.text("version")};
    each("cameras", [&](JsonNode* node) { welcome.cameras.push_back(ViewerSide(node).camera()); });
    each("rights",
         [&](JsonNode* node) { welcome.rights.insert(named(json_node_get_string(node), session::Right::Admin)); });
    each("iceServers", [&](JsonNode* node) { welcome.iceServers.push_back(ViewerSide(node).iceServer()); });
    welcome.troubles = troubles();
    if (has("rings"))
      each("rings", [&](JsonNode* node) { welcome.rings.push_back(ViewerSide(node).ring()); });
    if (has("outputs"))
      each("outputs", [&](JsonNode* node) { welcome.outputs.push_back(ViewerSide(node).output()); });
    return welcome;
  }

  ToViewer ice() const {
    IceMessage message;
    each("iceServers", [&](JsonNode* node) { message.iceServers.push_back(ViewerSide(node).iceServer()); });
    return message;
  }

  session::CameraInfo camera() const {
    return {base::CameraId(text("id")),
            text("name"),
            {number("width"), number("height")},
            {number("framerate"), 1},
            named(text("state"), session::CameraState::Away),
            text("reason"),
            encoder(),
            cause(),
            slowed(),
            isFrozen(),
            audio()};
  }

  std::optional<session::AudioInfo> audio() const {
    if (!has("audio"))
      return std::nullopt;
    const ViewerSide about = at("audio");
    session::AudioInfo info{{}, about.soundDevice("microphone"), about.soundDevice("speaker"), {}};
    if (about.has("talkers"))
      about.each("talkers", [&](JsonNode* node) { info.talkers.emplace_back(json_node_get_string(node)); });
    return info;
  }

  std::optional<session::SoundDeviceInfo> soundDevice(const char* name) const {
    if (!has(name))
      return std::nullopt;
    const ViewerSide about = at(name);
    return session::SoundDeviceInfo{named(about.text("state"), session::CameraState::Away), about.text("reason")};
  }

  session::OutputInfo output() const {
    return {base::OutputId(text("id")), text("name"),
            has("camera") ? std::optional(base::CameraId(text("camera"))) : std::nullopt};
  }

  RingMessage ring() const {
    session::Ring ring{base::InputId(text("input")), text("name"), std::nullopt, std::nullopt, {},
                       optional("answered")};
    if (has("camera"))
      ring.camera = base::CameraId(text("camera"));
    if (has("time"))
      ring.time = std::chrono::sys_seconds(std::chrono::seconds(number("time")));
    return {ring, std::chrono::seconds(number("age"))};
  }

  session::Turn turn() const { return {has("position") ? number("position") : 0}; }

  ToViewer talk() const {
    if (text("state") == "ended")
      return TalkMessage{{session(), named(text("reason"), session::TurnEnd::Preempted), {}}};
    return TalkMessage{{session(), std::nullopt, turn()}};
  }

  bool isFrozen() const { return has("frozen") && json_object_get_boolean_member(object_, "frozen") == TRUE; }

  session::DeviceTroubles::Set troubles() const {
    session::DeviceTroubles::Set troubles;
    if (has("troubles"))
      each("troubles",
           [&](JsonNode* node) { troubles.insert(named(json_node_get_string(node), session::DeviceTrouble::Stuck)); });
    return troubles;
  }

  std::optional<session::SlowedBy> slowed() const {
    return has("slowed") ? std::optional(named(text("slowed"), session::SlowedBy::Power)) : std::nullopt;
  }

  std::optional<session::AwayCause> cause() const {
    return has("cause") ? std::optional(named(text("cause"), session::AwayCause::Silent)) : std::nullopt;
  }

  std::optional<session::EncoderInfo> encoder() const {
    if (!has("encoder"))
      return std::nullopt;
    const ViewerSide about = at("encoder");
    return session::EncoderInfo{named(about.text("kind"), session::EncoderKind::PassedThrough), about.text("name"),
                                about.has("corePercent") ? std::optional(about.number("corePercent")) : std::nullopt};
  }

  session::IceServer iceServer() const {
    session::IceServer server{{}, text("username"), base::Secret(text("credential"))};
    each("urls", [&](JsonNode* node) { server.urls.emplace_back(json_node_get_string(node)); });
    return server;
  }

  std::optional<std::string> optional(const char* name) const {
    return has(name) ? std::optional(text(name)) : std::nullopt;
  }

  ToViewer candidate() const {
    return CandidateMessage{
        session(),
        {text("candidate"), optional("sdpMid"),
         has("sdpMLineIndex") ? std::optional(number("sdpMLineIndex")) : std::nullopt, optional("usernameFragment")}};
  }

  ToViewer state() const {
    const base::CameraId camera(text("camera"));
    if (!has("session"))
      return CameraStateMessage{camera,         named(text("state"), session::CameraState::Away),
                                text("reason"), encoder(),
                                cause(),        slowed(),
                                isFrozen(),     audio()};
    const bool live = text("state") == "live";
    return SessionStateMessage{session(), camera,
                               live ? session::SessionState::Live : session::SessionState::Connecting};
  }

  ToViewer outcome() const {
    Outcome outcome{text("id"), {}};
    if (has("error"))
      outcome.result = tl::unexpected(
          CommandError{named(at("error").text("code"), ErrorCode::Internal), at("error").text("message")});
    else if (has("value"))
      outcome.result = at("value").turn();
    return outcome;
  }

  JsonObject* object_;
};

/// Writes what was decoded as the viewer would have, without the codec under test.
struct DeviceSide {
  using Members = std::vector<std::pair<const char*, std::string>>;

  static NodeRef object(const char* type, const Members& members) {
    auto node = NodeRef::adopt(json_node_new(JSON_NODE_OBJECT));
    json_node_take_object(node.get(), json_object_new());
    put(node, "type", type);
    for (const auto& [name, value] : members)
      put(node, name, value);
    return node;
  }
  static void put(const NodeRef& node, const char* name, const std::string& value) {
    json_object_set_string_member(json_node_get_object(node.get()), name, value.c_str());
  }

  NodeRef operator()(const Hello& hello) const {
    return hello.token.empty() ? object("hello", {}) : object("hello", {{"token", hello.token.reveal()}});
  }
  NodeRef operator()(const OfferMessage& offer) const {
    Members members{{"session", offer.session.value()}, {"camera", offer.camera.value()}, {"sdp", offer.sdp}};
    if (offer.replaces)
      members.emplace_back("replaces", offer.replaces->value());
    return object("offer", members);
  }
  NodeRef operator()(const CandidateMessage& message) const {
    Members members{{"session", message.session.value()}, {"candidate", message.candidate.candidate}};
    if (message.candidate.sdpMid)
      members.emplace_back("sdpMid", *message.candidate.sdpMid);
    if (message.candidate.usernameFragment)
      members.emplace_back("usernameFragment", *message.candidate.usernameFragment);
    auto node = object("candidate", members);
    if (message.candidate.sdpMLineIndex)
      json_object_set_int_member(json_node_get_object(node.get()), "sdpMLineIndex", *message.candidate.sdpMLineIndex);
    return node;
  }
  NodeRef operator()(const CommandMessage& command) const {
    return object("command", {{"id", command.id}, {"name", command.name}});
  }
  NodeRef operator()(const ByeFromViewer& bye) const {
    Members members{{"session", bye.session.value()}};
    if (!bye.reason.empty())
      members.emplace_back("reason", bye.reason);
    return object("bye", members);
  }
};

/// Null says the same as nothing in what a viewer sends, and what a command's arguments become is tested with the
/// commands.
void removeWhatIsNotKept(JsonNode* message) {
  JsonObject* object = json_node_get_object(message);
  GList* names = json_object_get_members(object);
  std::vector<std::string> gone;
  for (GList* name = names; name; name = name->next)
    if (json_object_get_null_member(object, static_cast<const char*>(name->data)))
      gone.emplace_back(static_cast<const char*>(name->data));
  g_list_free(names);
  gone.emplace_back("arguments");
  for (const std::string& name : gone)
    json_object_remove_member(object, name.c_str());
}

void expectEqual(JsonNode* actual, JsonNode* expected) {
  EXPECT_TRUE(json_node_equal(actual, expected)) << "  actual " << toText(actual) << "\nexpected " << toText(expected);
}

class ValidToDevice : public ::testing::TestWithParam<std::filesystem::path> {};
class ValidToViewer : public ::testing::TestWithParam<std::filesystem::path> {};
class InvalidToDevice : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(ValidToDevice, IsReadAsItStands) {
  const Fixture fixture(GetParam());
  ASSERT_TRUE(fixture.isReadable());
  const auto decoded = decode(fixture.message());
  ASSERT_TRUE(decoded) << decoded.error().message;
  const auto expected = fixture.heeded();
  removeWhatIsNotKept(expected.get());
  expectEqual(std::visit(DeviceSide(), *decoded).get(), expected.get());
}

TEST_P(ValidToViewer, IsWrittenAsItStands) {
  const Fixture fixture(GetParam());
  ASSERT_TRUE(fixture.isReadable());
  const auto expected = fixture.heeded();
  const auto actual = toNode(encode(ViewerSide(expected.get()).read()));
  expectEqual(actual.get(), expected.get());
}

TEST_P(InvalidToDevice, IsAnsweredWithItsCode) {
  const Fixture fixture(GetParam());
  ASSERT_TRUE(fixture.isReadable());
  const auto decoded = decode(fixture.text("raw"));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(signaling::toText(decoded.error().code), fixture.text("code")) << decoded.error().message;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, ValidToDevice, ::testing::ValuesIn(files("valid", "Device")), testName);
INSTANTIATE_TEST_SUITE_P(Fixtures, ValidToViewer, ::testing::ValuesIn(files("valid", "Viewer")), testName);
INSTANTIATE_TEST_SUITE_P(Fixtures, InvalidToDevice, ::testing::ValuesIn(files("invalid", "Device")), testName);

/// What `field` says in the valid messages of `type`; "" for every type.
std::set<std::string> seen(const char* who, const std::string& type, const char* field) {
  std::set<std::string> values;
  for (const auto& file : files("valid", who)) {
    const Fixture fixture(file);
    if (!fixture.isReadable())
      continue;
    const auto message = fixture.heeded();
    JsonObject* object = json_node_get_object(message.get());
    if (!type.empty() && type != json_object_get_string_member(object, "type"))
      continue;
    values.insert(json_object_get_string_member_with_default(object, field, ""));
  }
  return values;
}

template <class Enum>
std::vector<std::string> names(Enum last) {
  std::vector<std::string> names;
  for (int value = 0; value <= static_cast<int>(last); ++value)
    names.emplace_back(signaling::toText(static_cast<Enum>(value)));
  return names;
}

TEST(Fixtures, ShowEveryTypeOfMessage) {
  std::set<std::size_t> fromViewer;
  for (const auto& file : files("valid", "Device"))
    if (const auto message = decode(Fixture(file).message()))
      fromViewer.insert(message->index());
  EXPECT_EQ(fromViewer.size(), std::variant_size_v<FromViewer>);
  std::set<std::size_t> toViewer;
  for (const auto& file : files("valid", "Viewer"))
    toViewer.insert(ViewerSide(Fixture(file).heeded().get()).read().index());
  EXPECT_EQ(toViewer.size(), std::variant_size_v<ToViewer>);
}

TEST(Fixtures, ShowEveryErrorReasonAndState) {
  EXPECT_THAT(seen("Viewer", "error", "code"), IsSupersetOf(names(ErrorCode::Internal)));
  EXPECT_THAT(seen("Viewer", "bye", "reason"), IsSupersetOf(names(session::EndReason::Internal)));
  EXPECT_THAT(seen("Viewer", "state", "state"), IsSupersetOf(names(session::CameraState::Away)));
}

}  // namespace
}  // namespace fanlight::signaling
