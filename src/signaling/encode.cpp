// SPDX-License-Identifier: Apache-2.0
// Messages of the device to JSON.
#include "glib/owned.h"
#include "signaling/codec.h"
#include "signaling/json.h"
#include "signaling/names.h"

namespace fanlight::signaling {
namespace {

JsonObjectRef newObject() {
  return JsonObjectRef::adopt(json_object_new());
}

JsonObjectRef newMessage(const char* type) {
  auto object = newObject();
  json_object_set_string_member(object.get(), "type", type);
  return object;
}

/// Names of cameras come from drivers and config files, and one byte that is not UTF-8 would cost the viewer
/// everything.
std::string toUtf8(std::string_view text) {
  return glib::takeString(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
}

void put(const JsonObjectRef& object, const char* name, std::string_view value) {
  json_object_set_string_member(object.get(), name, toUtf8(value).c_str());
}

void putUnlessEmpty(const JsonObjectRef& object, const char* name, std::string_view value) {
  if (!value.empty())
    put(object, name, value);
}

void put(const JsonObjectRef& object, const char* name, gint64 value) {
  json_object_set_int_member(object.get(), name, value);
}

void put(const JsonObjectRef& object, const char* name, JsonObjectRef value) {
  json_object_set_object_member(object.get(), name, value.release());
}

void put(const JsonObjectRef& object, const char* name, JsonArrayRef value) {
  json_object_set_array_member(object.get(), name, value.release());
}

/// Most rates are whole numbers, and shown as such.
void put(const JsonObjectRef& object, const char* name, base::FrameRate value) {
  if (value.denominator > 0 && value.numerator % value.denominator == 0)
    put(object, name, gint64{value.numerator / value.denominator});
  else
    json_object_set_double_member(object.get(), name, value.perSecond());
}

template <class Range, class ToJson>
JsonArrayRef toArray(const Range& range, ToJson toJson) {
  auto array = JsonArrayRef::adopt(json_array_new());
  for (const auto& item : range)
    toJson(array.get(), item);
  return array;
}

void addText(JsonArray* array, std::string_view text) {
  json_array_add_string_element(array, toUtf8(text).c_str());
}

void addCamera(JsonArray* array, const session::CameraInfo& camera) {
  auto object = newObject();
  put(object, "id", camera.id.value());
  put(object, "name", camera.name);
  put(object, "state", toText(camera.state));
  putUnlessEmpty(object, "reason", camera.reason);
  put(object, "width", gint64{camera.resolution.width});
  put(object, "height", gint64{camera.resolution.height});
  put(object, "framerate", camera.frameRate);
  json_array_add_object_element(array, object.release());
}

void addIceServer(JsonArray* array, const IceServer& server) {
  auto object = newObject();
  put(object, "urls", toArray(server.urls, addText));
  putUnlessEmpty(object, "username", server.username);
  putUnlessEmpty(object, "credential", server.credential);
  json_array_add_object_element(array, object.release());
}

void addRight(JsonArray* array, session::Right right) {
  addText(array, toText(right));
}

void putDeviceAndCameras(const JsonObjectRef& object, const DeviceInfo& device,
                         const std::vector<session::CameraInfo>& cameras) {
  auto about = newObject();
  put(about, "id", device.id.value());
  put(about, "name", device.name);
  put(about, "version", device.version);
  put(object, "device", std::move(about));
  put(object, "cameras", toArray(cameras, addCamera));
}

JsonObjectRef describeError(ErrorCode code, std::string_view message) {
  auto object = newObject();
  put(object, "code", toText(code));
  put(object, "message", message);
  return object;
}

JsonObjectRef describeLimits() {
  auto object = newObject();
  put(object, "messageBytes", gint64{kMaxMessageBytes});
  put(object, "sdpBytes", gint64{kMaxSdpBytes});
  put(object, "candidates", gint64{session::kMaxCandidates});
  put(object, "sessions", gint64{kMaxSessionsPerChannel});
  return object;
}

JsonObjectRef toJson(const Welcome& welcome) {
  auto object = newMessage("welcome");
  putDeviceAndCameras(object, welcome.device, welcome.cameras);
  put(object, "rights", toArray(welcome.rights, addRight));
  put(object, "iceServers", toArray(welcome.iceServers, addIceServer));
  put(object, "limits", describeLimits());
  return object;
}

JsonObjectRef toJson(const AnswerMessage& answer) {
  auto object = newMessage("answer");
  put(object, "session", answer.session.value());
  put(object, "sdp", answer.sdp);
  return object;
}

JsonObjectRef toJson(const CandidateMessage& message) {
  const session::IceCandidate& candidate = message.candidate;
  auto object = newMessage("candidate");
  put(object, "session", message.session.value());
  put(object, "candidate", candidate.candidate);
  json_object_set_null_member(object.get(), "sdpMid");
  if (candidate.sdpMid)
    put(object, "sdpMid", *candidate.sdpMid);
  json_object_set_null_member(object.get(), "sdpMLineIndex");
  if (candidate.sdpMLineIndex)
    put(object, "sdpMLineIndex", gint64{*candidate.sdpMLineIndex});
  if (candidate.usernameFragment)
    put(object, "usernameFragment", *candidate.usernameFragment);
  return object;
}

JsonObjectRef toJson(const CameraStateMessage& message) {
  auto object = newMessage("state");
  put(object, "camera", message.camera.value());
  put(object, "state", toText(message.state));
  putUnlessEmpty(object, "reason", message.reason);
  return object;
}

JsonObjectRef toJson(const SessionStateMessage& message) {
  auto object = newMessage("state");
  put(object, "session", message.session.value());
  put(object, "camera", message.camera.value());
  put(object, "state", toText(message.state));
  return object;
}

JsonObjectRef toJson(const Outcome& outcome) {
  auto object = newMessage("result");
  put(object, "id", outcome.command);
  json_object_set_boolean_member(object.get(), "ok", outcome.error ? FALSE : TRUE);
  if (outcome.error)
    put(object, "error", describeError(outcome.error->first, outcome.error->second));
  return object;
}

JsonObjectRef toJson(const ByeFromDevice& bye) {
  auto object = newMessage("bye");
  put(object, "session", bye.session.value());
  put(object, "reason", toText(bye.reason));
  return object;
}

JsonObjectRef toJson(const ErrorMessage& error) {
  auto object = newMessage("error");
  if (error.session)
    put(object, "session", error.session->value());
  put(object, "code", toText(error.code));
  put(object, "message", error.message);
  return object;
}

}  // namespace

std::string encode(const ToViewer& message) {
  const auto object = std::visit([](const auto& kind) { return toJson(kind); }, message);
  return print(object.get());
}

std::string encodeCameras(const DeviceInfo& device, const std::vector<session::CameraInfo>& cameras) {
  auto object = newObject();
  putDeviceAndCameras(object, device, cameras);
  return print(object.get());
}

}  // namespace fanlight::signaling
