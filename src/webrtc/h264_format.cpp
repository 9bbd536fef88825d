// SPDX-License-Identifier: Apache-2.0
// profile-level-id and packetization-mode.
#include "webrtc/h264_format.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace fanlight::webrtc {
namespace {

// RFC 6184, 8.1: what an absent profile-level-id means.
constexpr std::string_view kDefaultProfileLevel = "420010";

constexpr unsigned kBaseline = 0x42;
constexpr unsigned kMain = 0x4d;
constexpr unsigned kHigh = 0x64;
constexpr unsigned kConstraintSet1 = 0x40;

struct Profile {
  unsigned idc = 0;
  unsigned constraints = 0;
};

Profile parseProfile(std::string_view profileLevel) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(profileLevel.data(), profileLevel.data() + profileLevel.size(), value, 16);
  if (error != std::errc{} || profileLevel.size() != 6 || end != profileLevel.data() + profileLevel.size())
    return {};
  return {value >> 16, value >> 8 & 0xff};
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string_view formatParameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    const std::size_t end = std::min(parameters.find(';'), parameters.size());
    const std::string_view parameter = trim(parameters.substr(0, end));
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    if (equalsIgnoringCase(trim(parameter.substr(0, equals)), name))
      return trim(parameter.substr(std::min(equals + 1, parameter.size())));
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
  }
  return {};
}

int h264Suitability(std::string_view formatParameters) {
  // GStreamer's receivers say nothing of it, and take every mode; RFC 6184 would have that mean mode 0.
  if (formatParameters.empty())
    return 1;
  if (formatParameter(formatParameters, "packetization-mode") != "1")
    return 0;
  const std::string_view stated = formatParameter(formatParameters, "profile-level-id");
  const Profile profile = parseProfile(stated.empty() ? kDefaultProfileLevel : stated);
  // Constrained baseline is what we send. Main and high decoders take it; their payload types are chosen last, since
  // some hardware decoders are set up for just the profile that was agreed on.
  if (profile.idc == kBaseline)
    return (profile.constraints & kConstraintSet1) != 0 ? 3 : 2;
  return profile.idc == kMain || profile.idc == kHigh ? 1 : 0;
}

std::string h264AnswerParameters(std::string_view offered) {
  const std::string_view stated = formatParameter(offered, "profile-level-id");
  return fmt::format("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={}",
                     stated.empty() ? kDefaultProfileLevel : stated);
}

}  // namespace fanlight::webrtc
