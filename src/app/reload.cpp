// SPDX-License-Identifier: Apache-2.0
// Change by change, each with a line in the log.
#include "app/reload.h"

#include <algorithm>

#include "app/viewer_limits.h"
#include "base/log.h"
#include "config/changes.h"
#include "health/tasks.h"

namespace fanlight::app {
namespace {

using config::Applies;

void tell(const std::vector<config::Change>& changes) {
  for (const config::Change& change : changes)
    switch (change.applies) {
      case Applies::AtOnce:
        base::logInfo("config", "{}", config::toText(change));
        break;
      case Applies::WithNewPicture:
        base::logInfo("config", "{}; the camera is started anew", config::toText(change));
        break;
      case Applies::AtRestart:
        base::logWarning("config", "{}; that waits for a restart of the service", config::toText(change));
        break;
    }
  const auto waiting = std::ranges::count(changes, Applies::AtRestart, &config::Change::applies);
  base::logEvent(base::LogLevel::Info, "config", {{"EVENT", "config-taken"}},
                 "the configuration was read again: {} changes, of which {} wait", changes.size(), waiting);
}

/// Of settings of that camera.
bool hasChange(const std::vector<config::Change>& changes, const std::string& where, Applies applies) {
  return std::ranges::any_of(changes, [&where, applies](const config::Change& change) {
    return change.where == where && change.applies == applies;
  });
}

}  // namespace

void Reload::run() {
  const auto now = config::load(from_.sources, from_.choices);
  if (now)
    return apply(*now);
  for (const config::Problem& problem : now.error())
    base::logError("config", "{}", config::toText(problem));
  base::logEvent(base::LogLevel::Error, "config", {{"EVENT", "config-refused"}},
                 "the configuration was not taken; the one before still counts");
}

void Reload::apply(const config::Settings& now) {
  const config::Declarations declarations = config::declare(from_.choices, from_.sources.hostName);
  const auto changes = config::changes(declarations, counting_, now);
  tell(changes);
  const ViewerMeans means{health::taskLimit(), counting_.ice.ports};
  if (now.limits.viewers != counting_.limits.viewers)
    checkMeans(now.limits, means);
  counting_.limits = now.limits;
  registry_.setLimits(toLimits(now.limits, means));
  counting_.log = now.log;
  base::setLogLevel(now.log.level);
  for (const config::Camera& camera : now.cameras) {
    const std::string where = whereOf(declarations.camera, camera.id);
    const bool needsNewPicture = hasChange(changes, where, Applies::WithNewPicture);
    if (needsNewPicture || hasChange(changes, where, Applies::AtOnce))
      applyCamera(camera, needsNewPicture);
  }
}

void Reload::applyCamera(const config::Camera& camera, bool needsNewPicture) {
  const auto known = std::ranges::find(counting_.cameras, camera.id, &config::Camera::id);
  if (known == counting_.cameras.end()) {
    counting_.cameras.push_back(camera);
    return cameras_.add(camera);
  }
  *known = camera;
  cameras_.apply(camera, needsNewPicture);
}

}  // namespace fanlight::app
