// SPDX-License-Identifier: Apache-2.0
// Messages of the device to JSON.
#include <functional>

#include "json/write.h"
#include "signaling/codec.h"
#include "signaling/command_codec.h"
#include "signaling/names.h"

namespace fanlight::signaling {
namespace {

using json::newObject;
using json::put;
using json::putUnlessEmpty;
using json::toArray;

json::ObjectRef newMessage(std::string_view type) {
  auto object = newObject();
  put(object, "type", type);
  return object;
}

/// Most rates are whole numbers, and shown as such.
void putFrameRate(const json::ObjectRef& object, const char* name, base::FrameRate value) {
  if (value.denominator > 0 && value.numerator % value.denominator == 0)
    put(object, name, gint64{value.numerator / value.denominator});
  else
    put(object, name, value.perSecond());
}

void putEncoder(const json::ObjectRef& object, const std::optional<session::EncoderInfo>& encoder) {
  if (!encoder)
    return;
  auto about = newObject();
  put(about, "kind", toText(encoder->kind));
  putUnlessEmpty(about, "name", encoder->name);
  if (encoder->corePercent)
    put(about, "corePercent", gint64{*encoder->corePercent});
  put(object, "encoder", std::move(about));
}

void putCause(const json::ObjectRef& object, const std::optional<session::AwayCause>& cause) {
  if (cause)
    put(object, "cause", toText(*cause));
}

void putSlowed(const json::ObjectRef& object, const std::optional<session::SlowedBy>& slowed) {
  if (slowed)
    put(object, "slowed", toText(*slowed));
}

void putFrozen(const json::ObjectRef& object, bool isFrozen) {
  if (isFrozen)
    json::putBoolean(object, "frozen", true);
}

void putSoundDevice(const json::ObjectRef& object, const char* name,
                    const std::optional<session::SoundDeviceInfo>& device) {
  if (!device)
    return;
  auto about = newObject();
  put(about, "state", toText(device->state));
  putUnlessEmpty(about, "reason", device->reason);
  put(object, name, std::move(about));
}

void putAudio(const json::ObjectRef& object, const std::optional<session::AudioInfo>& audio) {
  if (!audio)
    return;
  auto about = newObject();
  putSoundDevice(about, "microphone", audio->microphone);
  putSoundDevice(about, "speaker", audio->speaker);
  if (!audio->talkers.empty())
    put(about, "talkers", toArray(audio->talkers, std::identity()));
  put(object, "audio", std::move(about));
}

json::ObjectRef describeCamera(const session::CameraInfo& camera) {
  auto object = newObject();
  put(object, "id", camera.id.value());
  put(object, "name", camera.name);
  put(object, "state", toText(camera.state));
  putUnlessEmpty(object, "reason", camera.reason);
  putCause(object, camera.cause);
  put(object, "width", gint64{camera.resolution.width});
  put(object, "height", gint64{camera.resolution.height});
  putFrameRate(object, "framerate", camera.frameRate);
  putSlowed(object, camera.slowed);
  putFrozen(object, camera.isFrozen);
  putAudio(object, camera.audio);
  putEncoder(object, camera.encoder);
  return object;
}

json::ObjectRef describeIceServer(const session::IceServer& server) {
  auto object = newObject();
  put(object, "urls", toArray(server.urls, std::identity()));
  putUnlessEmpty(object, "username", server.username);
  putUnlessEmpty(object, "credential", server.credential.reveal());
  return object;
}

void putDeviceAndCameras(const json::ObjectRef& object, const DeviceInfo& device,
                         const std::vector<session::CameraInfo>& cameras) {
  auto about = newObject();
  put(about, "id", device.id.value());
  put(about, "name", device.name);
  put(about, "version", device.version);
  put(object, "device", std::move(about));
  put(object, "cameras", toArray(cameras, describeCamera));
}

json::ObjectRef describeError(ErrorCode code, std::string_view message) {
  auto object = newObject();
  put(object, "code", toText(code));
  put(object, "message", message);
  return object;
}

json::ObjectRef describeLimits() {
  auto object = newObject();
  put(object, "messageBytes", gint64{kMaxMessageBytes});
  put(object, "sdpBytes", gint64{kMaxSdpBytes});
  put(object, "candidates", gint64{session::kMaxCandidates});
  put(object, "sessions", gint64{kMaxSessionsPerChannel});
  return object;
}

void putTroubles(const json::ObjectRef& object, const session::DeviceTroubles::Set& troubles) {
  put(object, "troubles", toArray(troubles, [](session::DeviceTrouble trouble) { return toText(trouble); }));
}

void putRing(const json::ObjectRef& object, const RingMessage& message) {
  const session::Ring& ring = message.ring;
  put(object, "input", ring.input.value());
  put(object, "name", ring.name);
  if (ring.camera)
    put(object, "camera", ring.camera->value());
  if (ring.time)
    put(object, "time", gint64{ring.time->time_since_epoch().count()});
  put(object, "age", gint64{std::chrono::duration_cast<std::chrono::seconds>(message.age).count()});
  if (ring.answeredBy)
    put(object, "answered", *ring.answeredBy);
}

json::ObjectRef describeRing(const RingMessage& message) {
  auto object = newObject();
  putRing(object, message);
  return object;
}

json::ObjectRef toJson(const RingMessage& message) {
  auto object = newMessage("ring");
  putRing(object, message);
  return object;
}

json::ObjectRef describeOutput(const session::OutputInfo& output) {
  auto object = newObject();
  put(object, "id", output.id.value());
  put(object, "name", output.name);
  if (output.camera)
    put(object, "camera", output.camera->value());
  return object;
}

json::ObjectRef toJson(const Welcome& welcome) {
  auto object = newMessage("welcome");
  putDeviceAndCameras(object, welcome.device, welcome.cameras);
  put(object, "rights", toArray(welcome.rights, session::toText));
  put(object, "iceServers", toArray(welcome.iceServers, describeIceServer));
  put(object, "limits", describeLimits());
  if (!welcome.troubles.empty())
    putTroubles(object, welcome.troubles);
  if (!welcome.rings.empty())
    put(object, "rings", toArray(welcome.rings, describeRing));
  if (!welcome.outputs.empty())
    put(object, "outputs", toArray(welcome.outputs, describeOutput));
  return object;
}

json::ObjectRef toJson(const IceMessage& message) {
  auto object = newMessage("ice");
  put(object, "iceServers", toArray(message.iceServers, describeIceServer));
  return object;
}

json::ObjectRef toJson(const DeviceMessage& message) {
  auto object = newMessage("device");
  putTroubles(object, message.troubles);
  return object;
}

json::ObjectRef toJson(const AnswerMessage& answer) {
  auto object = newMessage("answer");
  put(object, "session", answer.session.value());
  put(object, "sdp", answer.sdp);
  return object;
}

json::ObjectRef toJson(const CandidateMessage& message) {
  const session::IceCandidate& candidate = message.candidate;
  auto object = newMessage("candidate");
  put(object, "session", message.session.value());
  put(object, "candidate", candidate.candidate);
  json::putNull(object, "sdpMid");
  if (candidate.sdpMid)
    put(object, "sdpMid", *candidate.sdpMid);
  json::putNull(object, "sdpMLineIndex");
  if (candidate.sdpMLineIndex)
    put(object, "sdpMLineIndex", gint64{*candidate.sdpMLineIndex});
  if (candidate.usernameFragment)
    put(object, "usernameFragment", *candidate.usernameFragment);
  return object;
}

json::ObjectRef toJson(const CameraStateMessage& message) {
  auto object = newMessage("state");
  put(object, "camera", message.camera.value());
  put(object, "state", toText(message.state));
  putUnlessEmpty(object, "reason", message.reason);
  putCause(object, message.cause);
  putSlowed(object, message.slowed);
  putFrozen(object, message.isFrozen);
  putAudio(object, message.audio);
  putEncoder(object, message.encoder);
  return object;
}

json::ObjectRef toJson(const SessionStateMessage& message) {
  auto object = newMessage("state");
  put(object, "session", message.session.value());
  put(object, "camera", message.camera.value());
  put(object, "state", toText(message.state));
  return object;
}

json::ObjectRef toJson(const TalkMessage& message) {
  const session::Floor::Change& change = message.change;
  auto object = newMessage("talk");
  put(object, "session", change.session.value());
  if (!change.end) {
    putTurn(object, change.turn);
    return object;
  }
  put(object, "state", "ended");
  put(object, "reason", toText(*change.end));
  return object;
}

json::ObjectRef toJson(const Outcome& outcome) {
  auto object = newMessage("result");
  put(object, "id", outcome.command);
  json::putBoolean(object, "ok", outcome.result.has_value());
  if (!outcome.result)
    put(object, "error", describeError(outcome.result.error().code, outcome.result.error().message));
  else if (auto value = describe(*outcome.result))
    put(object, "value", std::move(value));
  return object;
}

json::ObjectRef toJson(const ByeFromDevice& bye) {
  auto object = newMessage("bye");
  put(object, "session", bye.session.value());
  put(object, "reason", toText(bye.reason));
  return object;
}

json::ObjectRef toJson(const ErrorMessage& error) {
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
  return json::print(object.get());
}

std::string encodeCameras(const DeviceInfo& device, const std::vector<session::CameraInfo>& cameras) {
  auto object = newObject();
  putDeviceAndCameras(object, device, cameras);
  return json::print(object.get());
}

std::string encodeInfo(const DeviceInfo& device, const std::vector<session::CameraInfo>& cameras,
                       std::string_view instance) {
  auto object = newObject();
  putDeviceAndCameras(object, device, cameras);
  put(object, "instance", instance);
  return json::print(object.get());
}

}  // namespace fanlight::signaling
