// SPDX-License-Identifier: Apache-2.0
// From TOML to profiles, and from machines to theirs.
#include "board/board_profile.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "board/h264_level.h"
#include "config/document.h"
#include "config/value_kind.h"
#include "glib/resource.h"

// Generated C, which does not say so itself.
extern "C" {
#include "board/profiles-resource.h"
}

namespace fanlight::board {
namespace {

constexpr std::string_view kFolder = "/fanlight/board/";
constexpr std::string_view kSuffix = ".toml";
constexpr std::string_view kGeneric = "generic";
constexpr std::array<std::pair<std::string_view, Proof>, 3> kProofs{
    {{"hardware", Proof::Hardware}, {"emulation", Proof::Emulation}, {"source", Proof::Source}}};

/// Reads the keys of one table; the first thing that is wrong ends the profile.
class ProfileReader {
 public:
  base::Result<BoardProfile> read(std::string id, const config::Table& table) {
    BoardProfile profile;
    profile.id = std::move(id);
    for (const auto& [key, node] : table)
      readKey(profile, key, node);
    if (problem_.empty() && (profile.name.empty() || profile.encoders.empty()))
      problem_ = "it needs a 'name' and at least one [[encoder]]";
    if (!problem_.empty())
      return base::fail(base::ErrorCode::InvalidArgument, fmt::format("board profile '{}': {}", profile.id, problem_));
    return profile;
  }

 private:
  void readKey(BoardProfile& profile, const std::string& key, const config::Node& node) {
    if (key == "name")
      profile.name = text(key, node);
    else if (key == "proof")
      profile.proof = proof(key, node);
    else if (key == "match")
      readMatch(profile, node);
    else if (key == "heat")
      profile.heat = heat(*expect<config::Table>(key, node), node);
    else if (key == "encoder")
      for (const config::Node& item : *expect<config::List>(key, node))
        profile.encoders.push_back(encoder(*expect<config::Table>(key, item)));
    else
      complain(node, fmt::format("there is no key '{}'", key));
  }

  void readMatch(BoardProfile& profile, const config::Node& match) {
    for (const auto& [key, node] : *expect<config::Table>("match", match)) {
      if (key != "device_tree" && key != "dmi") {
        complain(node, fmt::format("there is no key 'match.{}'", key));
        continue;
      }
      auto& names = key == "dmi" ? profile.dmi : profile.deviceTree;
      for (const config::Node& item : *expect<config::List>(key, node))
        names.push_back(text(key, item));
    }
  }

  HeatLimits heat(const config::Table& table, const config::Node& where) {
    HeatLimits limits;
    for (const auto& [key, node] : table) {
      if (key != "hot" && key != "cool")
        complain(node, fmt::format("there is no key 'heat.{}'", key));
      else
        (key == "hot" ? limits.hot : limits.cool) = static_cast<double>(number(key, node));
    }
    if (limits.cool >= limits.hot)
      complain(where, "'heat.cool' must be below 'heat.hot'");
    return limits;
  }

  Encoder encoder(const config::Table& table) {
    Encoder encoder;
    for (const auto& [key, node] : table) {
      if (key == "name")
        encoder.kind = kind(key, node);
      else if (key == "reason")
        encoder.reason = text(key, node);
      else if (key == "lowest_level")
        encoder.limits.lowestLevel = level(key, node);
      else if (key == "highest_bitrate")
        encoder.limits.highestBitrate = {number(key, node)};
      else if (key == "bitrate_step")
        encoder.limits.bitrateStep = {number(key, node)};
      else if (key == "largest")
        encoder.limits.largest = size(key, node);
      else
        complain(node, fmt::format("there is no key 'encoder.{}'", key));
    }
    if (problem_.empty() && (!encoder.kind || encoder.reason.empty()))
      problem_ = "each [[encoder]] needs a 'name' and a 'reason'";
    return encoder;
  }

  const EncoderKind* kind(const std::string& key, const config::Node& node) {
    const EncoderKind* kind = findEncoder(text(key, node));
    if (!kind)
      complain(node, fmt::format("there is no encoder '{}'", text(key, node)));
    return kind;
  }

  Proof proof(const std::string& key, const config::Node& node) {
    const auto* known = std::ranges::find(kProofs, text(key, node), &std::pair<std::string_view, Proof>::first);
    if (known != kProofs.end())
      return known->second;
    complain(node, "'proof' is hardware, emulation or source");
    return Proof::Source;
  }

  std::string level(const std::string& key, const config::Node& node) {
    const std::string name = text(key, node);
    if (!isH264Level(name))
      complain(node, fmt::format("there is no level '{}'", name));
    return name;
  }

  base::Resolution size(const std::string& key, const config::Node& node) {
    const auto& sides = *expect<config::List>(key, node);
    if (sides.size() == 2)
      return {static_cast<int>(number(key, sides[0])), static_cast<int>(number(key, sides[1]))};
    complain(node, fmt::format("'{}' is a width and a height", key));
    return {};
  }

  std::string text(const std::string& key, const config::Node& node) { return *expect<std::string>(key, node); }

  std::int64_t number(const std::string& key, const config::Node& node) {
    const std::int64_t number = *expect<std::int64_t>(key, node);
    if (number < 1)
      complain(node, fmt::format("'{}' must be at least 1", key));
    return std::max<std::int64_t>(number, 1);
  }

  /// An empty one where it is of another type.
  template <class T>
  const T* expect(std::string_view key, const config::Node& node) {
    static const T kNothing{};
    if (const T* value = config::valueOf<T>(node))
      return value;
    complain(node, fmt::format("'{}' cannot be {}", key, config::describe(node)));
    return &kNothing;
  }

  void complain(const config::Node& node, const std::string& what) {
    if (problem_.empty())
      problem_ = fmt::format("line {}: {}", node.line, what);
  }

  std::string problem_;
};

std::vector<BoardProfile> readAll() {
  GResource* resource = fanlight_board_profiles_get_resource();
  const std::string folder(kFolder);
  std::vector<BoardProfile> profiles;
  for (const std::string& name : glib::resourceNames(resource, folder)) {
    // That each one can be read a unit test shows.
    const std::string toml = glib::resourceText(resource, folder + name).value_or("");
    if (auto profile = readBoardProfile(name.substr(0, name.size() - kSuffix.size()), toml))
      profiles.push_back(std::move(*profile));
  }
  std::ranges::sort(profiles, {}, &BoardProfile::id);
  return profiles;
}

const BoardProfile* byDeviceTree(const Machine& machine) {
  for (const std::string& compatible : machine.compatible)
    for (const BoardProfile& profile : boardProfiles())
      if (std::ranges::find(profile.deviceTree, compatible) != profile.deviceTree.end())
        return &profile;
  return nullptr;
}

const BoardProfile* byDmi(const Machine& machine) {
  const BoardProfile* best = nullptr;
  std::size_t longest = 0;
  if (machine.dmi.empty())
    return nullptr;
  for (const BoardProfile& profile : boardProfiles())
    for (const std::string& pattern : profile.dmi)
      if (pattern.size() > longest && g_pattern_match_simple(pattern.c_str(), machine.dmi.c_str())) {
        best = &profile;
        longest = pattern.size();
      }
  return best;
}

}  // namespace

base::Result<BoardProfile> readBoardProfile(std::string id, std::string_view toml) {
  const auto document = config::parseDocument(toml);
  if (!document)
    return base::fail(base::ErrorCode::InvalidArgument, fmt::format("board profile '{}': line {}: {}", id,
                                                                    document.error().line, document.error().message));
  return ProfileReader().read(std::move(id), *document);
}

const std::vector<BoardProfile>& boardProfiles() {
  static const std::vector<BoardProfile> profiles = readAll();
  return profiles;
}

const BoardProfile& profileOf(const Machine& machine) {
  if (const BoardProfile* profile = byDeviceTree(machine))
    return *profile;
  if (const BoardProfile* profile = byDmi(machine))
    return *profile;
  return *std::ranges::find(boardProfiles(), kGeneric, &BoardProfile::id);
}

std::vector<Encoder> encodersOf(const BoardProfile& profile) {
  std::vector<Encoder> encoders = profile.encoders;
  for (const EncoderKind& kind : knownEncoders())
    if (std::ranges::find(encoders, &kind, &Encoder::kind) == encoders.end())
      encoders.push_back(
          {.kind = &kind, .reason = "not for this board; only where the config names it", .isForAuto = false});
  return encoders;
}

}  // namespace fanlight::board
