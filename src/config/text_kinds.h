// SPDX-License-Identifier: Apache-2.0
// Kinds of settings that are words: names for people, ids, choices, devices. Any thread.
#pragma once

#include <algorithm>
#include <utility>

#include "base/values.h"
#include "config/value_kind.h"

namespace fanlight::config {

/// Free text for people, without control characters. Empty where none is set, which cannot be written.
struct Text {
  using Value = std::string;
  std::size_t maxCharacters = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const;
};

/// An id: base::isNameId(). Empty where none is set, which cannot be written.
template <class Id>
struct NameId {
  using Value = Id;
  std::vector<std::string> reserved;  ///< words that stand for something else where ids do

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value.value()); }
  std::string expects() const;
};

/// One of a few words that stand for the values of an enum.
template <class Enum>
struct Choice {
  using Value = Enum;
  std::vector<std::pair<std::string, Enum>> choices;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

/// One of the names that this installation knows.
struct OneOf {
  using Value = std::string;
  std::vector<std::string> names;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printString(value); }
  std::string expects() const { return oneOf(names); }
};

/// Which camera: a file below /dev, by a path without "." and "..", or an id of libcamera's, which only libcamera can
/// judge. Empty where it is "auto", as it is where none is set.
struct CameraDevice {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 255;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return "'auto', a file below '/dev/', or the id of a camera of libcamera"; }
};

/// A microphone or speaker, as ALSA or PulseAudio calls it, which alone can judge that. Empty where none is set, which
/// cannot be written.
struct SoundDevice {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 255;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return "a sound device's name, such as 'hw:1'"; }
};

/// A key or button in the kernel's words. Empty where none is set, which cannot be written.
struct KeyName {
  using Value = std::string;
  std::vector<std::string> names;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  /// Not all of them: they are hundreds.
  std::string expects() const { return "a key in the kernel's words, such as 'KEY_ENTER' or 'BTN_0'"; }
};

/// A line of a GPIO chip, by its number or its name, of which the kernel keeps 31 bytes. Empty where none is set, which
/// cannot be written.
struct LineName {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 31;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return "a line's number or name as text, such as '17' or 'GPIO17'"; }
};

/// Whether it is one, by its path alone.
bool isDeviceFile(std::string_view path);

/// A file or folder, by its whole path. Empty where none is set, which cannot be written.
struct FilePath {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 1023;
  std::string what = "a file's whole path, such as '/etc/fanlight/key.pem'";

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return what; }
};

/// What MQTT topics begin with: levels of letters, digits, '-', '_' and '.', with slashes between them.
struct TopicPrefix {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 64;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printString(value); }
  std::string expects() const { return "levels such as 'fanlight' or 'site/1'"; }
};

/// Public keys as PEM (RFC 7468), whole. What is inside is judged by who uses them.
struct PublicKeyList {
  using Value = std::vector<std::string>;
  static constexpr std::size_t kMaxBytes = 2048;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

/// The id as text; what NameId<Id> wraps into its type.
Parsed<std::string> parseNameId(const Node& node, const std::vector<std::string>& reserved);
std::string nameIdExpectation();
/// The place of the node's text among `names`.
Parsed<std::size_t> parseOneOf(const Node& node, const std::vector<std::string>& names);

template <class Id>
Parsed<Id> NameId<Id>::parse(const Node& node) const {
  return parseNameId(node, reserved).map([](std::string text) { return Id(std::move(text)); });
}

template <class Id>
std::string NameId<Id>::expects() const {
  return nameIdExpectation();
}

template <class Enum>
Parsed<Enum> Choice<Enum>::parse(const Node& node) const {
  std::vector<std::string> names;
  for (const auto& choice : choices)
    names.push_back(choice.first);
  return parseOneOf(node, names).map([this](std::size_t place) { return choices[place].second; });
}

template <class Enum>
std::string Choice<Enum>::print(const Enum& value) const {
  const auto choice = std::ranges::find(choices, value, &std::pair<std::string, Enum>::second);
  return choice == choices.end() ? "" : printString(choice->first);
}

template <class Enum>
std::string Choice<Enum>::expects() const {
  std::vector<std::string> names;
  for (const auto& choice : choices)
    names.push_back(choice.first);
  return oneOf(names);
}

}  // namespace fanlight::config
