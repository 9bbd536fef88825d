// SPDX-License-Identifier: Apache-2.0
// From files to settings: later files win key by key, [[camera]] and its like by their ids, and whatever is wrong is
// told at once. Nothing is logged here. Any thread; reads the disk.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/declarations.h"
#include "config/files.h"
#include "config/problem.h"
#include "config/settings.h"

namespace fanlight::config {

/// The last problem says that there are more.
inline constexpr std::size_t kMaxProblems = 100;

/// A section, and where those of its settings are written that a file sets.
template <class Section>
struct Traced {
  Section section;
  std::map<std::string, Origin, std::less<>> origins;
  bool isSound = true;  ///< no value that was read for it was wrong
};

/// What was found. With a problem it is to be shown, not to be used: a wrong value left the one before it.
struct Reading {
  std::vector<std::string> files;
  Traced<Device> device;
  Traced<Http> http;
  Traced<Access> access;
  Traced<Limits> limits;
  Traced<Log> log;
  Traced<Ice> ice;
  Traced<Mqtt> mqtt;
  std::vector<Traced<IceServer>> iceServers;
  std::vector<Traced<Audio>> audios;
  std::vector<Traced<Input>> inputs;
  std::vector<Traced<Output>> outputs;
  std::vector<Traced<Camera>> cameras;
  std::vector<Problem> problems;
};

/// For `fanlight check`.
Reading read(const Sources& sources, const Choices& choices);

/// Of a reading without problems.
Settings settingsOf(const Reading& reading);

/// For the daemon.
tl::expected<Settings, std::vector<Problem>> load(const Sources& sources, const Choices& choices);

}  // namespace fanlight::config
