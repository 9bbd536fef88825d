// SPDX-License-Identifier: Apache-2.0
// Every setting that there is. Any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "config/setting.h"
#include "config/settings.h"

namespace fanlight::config {

inline constexpr std::size_t kMaxCameras = 16;
inline constexpr std::size_t kMaxAudios = 4;
inline constexpr std::size_t kMaxInputs = 8;
inline constexpr std::size_t kMaxOutputs = 8;
inline constexpr std::size_t kMaxIceServers = 4;
inline constexpr std::size_t kMaxInterfaces = 16;
inline constexpr std::size_t kMaxAdvertised = 4;
/// Of a range: a few viewers at a few addresses, and those who have just left.
inline constexpr int kMinIcePorts = 16;
/// Of one server; libnice takes no more than eight that relay.
inline constexpr std::size_t kMaxIceUrls = 4;
inline constexpr std::size_t kMaxListeners = 8;
inline constexpr std::size_t kMaxHosts = 16;
inline constexpr std::size_t kMaxOrigins = 16;
inline constexpr std::size_t kMaxProxies = 16;
inline constexpr std::size_t kMaxFleetKeys = 8;
inline constexpr std::size_t kMaxNameCharacters = 64;
/// No camera's ids: MQTT topics of the device itself, which stand where a camera's id does.
inline constexpr std::array<std::string_view, 4> kReservedCameraIds{"status", "info", "signal", "telemetry"};

/// Names that only other folders know, besides "auto" for the encoder.
struct Choices {
  std::vector<std::string> encoders;
  std::vector<std::string> patterns;
  std::vector<std::string> keys;
};

/// A section that there may be several of, told apart by their 'id'; written [[name]].
template <class Section>
struct ListDeclaration : SectionDeclaration<Section> {
  std::size_t most;
  std::string example;  ///< of an id
};

struct Declarations {
  SectionDeclaration<Device> device;
  SectionDeclaration<Http> http;
  SectionDeclaration<Access> access;
  SectionDeclaration<Limits> limits;
  SectionDeclaration<Log> log;
  SectionDeclaration<Ice> ice;
  SectionDeclaration<Mqtt> mqtt;
  ListDeclaration<IceServer> iceServer;
  ListDeclaration<Audio> audio;
  ListDeclaration<Input> input;
  ListDeclaration<Output> output;
  ListDeclaration<Camera> camera;
};

/// `hostName` gives the device its default id.
Declarations declare(const Choices& choices, const std::string& hostName);

/// How messages name a section: "[http]", "[[camera]]".
template <class Section>
std::string titleOf(const SectionDeclaration<Section>& declaration) {
  return "[" + declaration.name + "]";
}
template <class Section>
std::string titleOf(const ListDeclaration<Section>& declaration) {
  return "[[" + declaration.name + "]]";
}
/// One of a list: "[[camera]] 'porch'", and without an id "[[camera]]".
template <class Section, class Tag>
std::string whereOf(const ListDeclaration<Section>& declaration, const base::Id<Tag>& id) {
  return titleOf(declaration) + (id.empty() ? "" : " '" + id.value() + "'");
}

/// Calls `visit(declaration)` for each section that there is one of.
template <class Visit>
void forEachSection(const Declarations& declarations, Visit visit) {
  visit(declarations.device);
  visit(declarations.http);
  visit(declarations.access);
  visit(declarations.limits);
  visit(declarations.log);
  visit(declarations.ice);
  visit(declarations.mqtt);
}

/// Calls `visit(declaration, section)` for the same, with the member of `sections` of the same name.
template <class Sections, class Visit>
void forEachSection(const Declarations& declarations, Sections& sections, Visit visit) {
  visit(declarations.device, sections.device);
  visit(declarations.http, sections.http);
  visit(declarations.access, sections.access);
  visit(declarations.limits, sections.limits);
  visit(declarations.log, sections.log);
  visit(declarations.ice, sections.ice);
  visit(declarations.mqtt, sections.mqtt);
}

/// Calls `visit(declaration)` for each section that there may be several of.
template <class Visit>
void forEachList(const Declarations& declarations, Visit visit) {
  visit(declarations.iceServer);
  visit(declarations.audio);
  visit(declarations.input);
  visit(declarations.output);
  visit(declarations.camera);
}

/// Calls `visit(declaration, list)` for the same.
template <class Sections, class Visit>
void forEachList(const Declarations& declarations, Sections& sections, Visit visit) {
  visit(declarations.iceServer, sections.iceServers);
  visit(declarations.audio, sections.audios);
  visit(declarations.input, sections.inputs);
  visit(declarations.output, sections.outputs);
  visit(declarations.camera, sections.cameras);
}

}  // namespace fanlight::config
