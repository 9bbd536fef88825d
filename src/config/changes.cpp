// SPDX-License-Identifier: Apache-2.0
// Values are compared as they are written: what reads the same is the same.
#include "config/changes.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::config {
namespace {

template <class Section>
void compare(const SectionDeclaration<Section>& declaration, const std::string& where, const Section& before,
             const Section& after, std::vector<Change>& found) {
  for (const auto& setting : declaration.settings)
    if (const auto [was, is] = std::pair(setting.print(before), setting.print(after)); was != is)
      found.push_back({where, setting.name, was, is, setting.applies});
}

const Camera* find(const Settings& settings, const base::CameraId& id) {
  const auto camera = std::ranges::find(settings.cameras, id, &Camera::id);
  return camera == settings.cameras.end() ? nullptr : &*camera;
}

void compareCameras(const Declarations& declarations, const Settings& before, const Settings& after,
                    std::vector<Change>& found) {
  // Without any, those that are found are served instead, which are then looked for all the time.
  const bool isOtherWay = before.cameras.empty() != after.cameras.empty();
  const Applies coming = isOtherWay ? Applies::AtRestart : Applies::AtOnce;
  for (const Camera& camera : after.cameras) {
    if (const Camera* known = find(before, camera.id))
      compare(declarations.camera, whereOf(camera), *known, camera, found);
    else
      found.push_back({whereOf(camera), "", "", "there", coming});
  }
  for (const Camera& camera : before.cameras)
    if (!find(after, camera.id))
      found.push_back({whereOf(camera), "", "there", "", Applies::AtRestart});
}

}  // namespace

std::string whereOf(const Camera& camera) {
  return fmt::format("[[camera]] '{}'", camera.id.value());
}

std::vector<Change> changes(const Declarations& declarations, const Settings& before, const Settings& after) {
  std::vector<Change> found;
  compare(declarations.device, "[device]", before.device, after.device, found);
  compare(declarations.http, "[http]", before.http, after.http, found);
  compare(declarations.access, "[access]", before.access, after.access, found);
  compare(declarations.limits, "[limits]", before.limits, after.limits, found);
  compare(declarations.log, "[log]", before.log, after.log, found);
  compareCameras(declarations, before, after, found);
  return found;
}

std::string toText(const Change& change) {
  if (change.name.empty())
    return fmt::format("{} is {}", change.where, change.after.empty() ? "gone" : "new");
  const auto text = [](const std::string& value) { return value.empty() ? "not set" : value; };
  return fmt::format("'{}' of {} is {} now, and was {}", change.name, change.where, text(change.after),
                     text(change.before));
}

}  // namespace fanlight::config
