// SPDX-License-Identifier: Apache-2.0
// Values are compared as they are written: what reads the same is the same.
#include "config/changes.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::config {
namespace {

/// Instead of what nobody is to read in a log.
std::string unnamed(const std::string& value) {
  return value.empty() ? "" : "set";
}

template <class Section>
void compare(const SectionDeclaration<Section>& declaration, const std::string& where, const Section& before,
             const Section& after, std::vector<Change>& found) {
  for (const auto& setting : declaration.settings)
    if (const auto [was, is] = std::pair(setting.print(before), setting.print(after)); was != is)
      found.push_back({where, setting.name, setting.isSecret ? unnamed(was) : was, setting.isSecret ? unnamed(is) : is,
                       setting.applies});
}

template <class Section>
const Section* findSame(const std::vector<Section>& list, const Section& wanted) {
  const auto same = std::ranges::find(list, wanted.id, &Section::id);
  return same == list.end() ? nullptr : &*same;
}

/// `coming`: when one that is new takes effect.
template <class Section>
void compareLists(const ListDeclaration<Section>& declaration, const std::vector<Section>& before,
                  const std::vector<Section>& after, Applies coming, std::vector<Change>& found) {
  for (const Section& section : after) {
    const std::string where = whereOf(declaration, section.id);
    if (const Section* known = findSame(before, section))
      compare(declaration, where, *known, section, found);
    else
      found.push_back({where, "", "", "there", coming});
  }
  for (const Section& section : before)
    if (!findSame(after, section))
      found.push_back({whereOf(declaration, section.id), "", "there", "", Applies::AtRestart});
}

/// Without any, those that are found are served instead, which are then looked for all the time.
Applies whenCamerasCome(const Settings& before, const Settings& after) {
  return before.cameras.empty() != after.cameras.empty() ? Applies::AtRestart : Applies::AtOnce;
}

}  // namespace

std::vector<Change> changes(const Declarations& declarations, const Settings& before, const Settings& after) {
  std::vector<Change> found;
  compare(declarations.device, "[device]", before.device, after.device, found);
  compare(declarations.http, "[http]", before.http, after.http, found);
  compare(declarations.access, "[access]", before.access, after.access, found);
  compare(declarations.limits, "[limits]", before.limits, after.limits, found);
  compare(declarations.log, "[log]", before.log, after.log, found);
  compare(declarations.ice, "[ice]", before.ice, after.ice, found);
  compare(declarations.mqtt, "[mqtt]", before.mqtt, after.mqtt, found);
  compareLists(declarations.iceServer, before.iceServers, after.iceServers, Applies::AtRestart, found);
  compareLists(declarations.audio, before.audios, after.audios, Applies::AtRestart, found);
  compareLists(declarations.input, before.inputs, after.inputs, Applies::AtRestart, found);
  compareLists(declarations.output, before.outputs, after.outputs, Applies::AtRestart, found);
  compareLists(declarations.camera, before.cameras, after.cameras, whenCamerasCome(before, after), found);
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
