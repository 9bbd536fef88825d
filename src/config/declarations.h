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
inline constexpr std::size_t kMaxListeners = 8;
inline constexpr std::size_t kMaxHosts = 16;
inline constexpr std::size_t kMaxOrigins = 16;
inline constexpr std::size_t kMaxProxies = 16;
inline constexpr std::size_t kMaxFleetKeys = 8;
inline constexpr std::size_t kMaxNameCharacters = 64;
/// No camera's ids: MQTT topics of the device itself, which stand where a camera's id does.
inline constexpr std::array<std::string_view, 3> kReservedCameraIds{"status", "info", "signal"};

/// Names that only other folders know, besides "auto" for the encoder.
struct Choices {
  std::vector<std::string> encoders;
  std::vector<std::string> patterns;
};

struct Declarations {
  SectionDeclaration<Device> device;
  SectionDeclaration<Http> http;
  SectionDeclaration<Access> access;
  SectionDeclaration<Limits> limits;
  SectionDeclaration<Log> log;
  SectionDeclaration<Camera> camera;  ///< written [[camera]], as there may be several
};

/// `hostName` gives the device its default id.
Declarations declare(const Choices& choices, const std::string& hostName);

/// Calls `visit(declaration)` for each section that there is one of: all but the cameras.
template <class Visit>
void forEachSection(const Declarations& declarations, Visit visit) {
  visit(declarations.device);
  visit(declarations.http);
  visit(declarations.access);
  visit(declarations.limits);
  visit(declarations.log);
}

/// Calls `visit(declaration, section)` for the same, with the member of `sections` of the same name.
template <class Sections, class Visit>
void forEachSection(const Declarations& declarations, Sections& sections, Visit visit) {
  visit(declarations.device, sections.device);
  visit(declarations.http, sections.http);
  visit(declarations.access, sections.access);
  visit(declarations.limits, sections.limits);
  visit(declarations.log, sections.log);
}

}  // namespace fanlight::config
