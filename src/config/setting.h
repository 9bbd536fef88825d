// SPDX-License-Identifier: Apache-2.0
// One setting, declared once: how it is called, what it takes, what it is for. Loading, complaining and explaining all
// go by it. Any thread.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "config/value_kind.h"

namespace fanlight::config {

/// When a change of a running daemon's configuration takes effect.
enum class Applies {
  AtOnce,          ///< nobody notices anything else of it
  WithNewPicture,  ///< the camera is started anew, under its viewers, who stay
  AtRestart,       ///< of the service
};

template <class Section>
struct Setting {
  std::string name;
  std::string description;
  std::string expects;  ///< follows "must be"

  std::function<Parsed<void>(const Node&, Section&)> read;
  /// As TOML; empty where it is not set.
  std::function<std::string(const Section&)> print;

  /// Where the default comes from if not from the section's struct, and what puts it there.
  std::string defaultSource;
  std::function<void(Section&)> setDefault;
  /// Where it has a meaning if not everywhere; a file that sets it elsewhere is wrong.
  std::string meaning;
  std::function<bool(const Section&)> hasMeaning;
  /// What else must be so where a file sets it; follows "must".
  std::string demand;
  std::function<bool(const Section&)> isMet;
  Applies applies = Applies::AtRestart;
  /// Who knows it can do something by it: no log has it.
  bool isSecret = false;

  /// Settings are defaulted in the order of their declaration, so `set` may look at earlier ones.
  Setting defaultsTo(std::string source, std::function<void(Section&)> set) && {
    defaultSource = std::move(source);
    setDefault = std::move(set);
    return std::move(*this);
  }
  Setting onlyFor(std::string what, std::function<bool(const Section&)> isThat) && {
    meaning = std::move(what);
    hasMeaning = std::move(isThat);
    return std::move(*this);
  }
  Setting takesEffect(Applies when) && {
    applies = when;
    return std::move(*this);
  }
  Setting isNotTold() && {
    isSecret = true;
    return std::move(*this);
  }
  Setting demands(std::string what, std::function<bool(const Section&)> isSo) && {
    demand = std::move(what);
    isMet = std::move(isSo);
    return std::move(*this);
  }
};

/// The setting `name` that is kept in `member` and written as `kind` wants it.
template <class Section, class Value, ValueKind Kind>
requires std::same_as<Value, typename Kind::Value> Setting<Section> setting(const std::string& name,
                                                                            Value Section::*member, Kind kind,
                                                                            const std::string& description) {
  Setting<Section> made;
  made.name = name;
  made.description = description;
  made.expects = kind.expects();
  made.read = [member, kind](const Node& node, Section& section) -> Parsed<void> {
    return kind.parse(node).map([member, &section](Value value) { section.*member = std::move(value); });
  };
  made.print = [member, kind](const Section& section) { return kind.print(section.*member); };
  return made;
}

/// A section's name, and its settings in the order in which they are explained.
template <class Section>
struct SectionDeclaration {
  std::string name;
  std::vector<Setting<Section>> settings;
};

}  // namespace fanlight::config
