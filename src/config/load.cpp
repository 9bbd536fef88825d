// SPDX-License-Identifier: Apache-2.0
// Applies the files one after the other, each value by the declaration of its setting.
#include "config/load.h"

#include <algorithm>

#include <fmt/format.h>

#include "config/document.h"
#include "config/unknown.h"

namespace fanlight::config {
namespace {

class Loader {
 public:
  Loader(const Choices& choices, const std::string& hostName, std::vector<Problem> problems)
      : declarations_(declare(choices, hostName)), known_(knownNames(declarations_)), problems_(std::move(problems)) {}

  void readFile(const FileText& file);
  /// When all files are read.
  Reading finish() &&;

 private:
  void readTopLevel(const Entry& entry);
  template <class Section>
  void readList(const ListDeclaration<Section>& declaration, const Entry& entry, std::vector<Traced<Section>>& list);
  template <class Section>
  void readItem(const ListDeclaration<Section>& declaration, const Table& table, int line,
                std::vector<Traced<Section>>& list);
  /// `where`: the section as messages name it. Null where it cannot be kept.
  template <class Section>
  Traced<Section>* findPlace(const ListDeclaration<Section>& declaration, const Section& section, int line,
                             std::vector<Traced<Section>>& list);
  template <class Section>
  void readSection(const SectionDeclaration<Section>& declaration, const Table& table, const std::string& where,
                   Traced<Section>& traced);
  template <class Section>
  void complete(const SectionDeclaration<Section>& declaration, const std::string& where, Traced<Section>& traced);

  void checkAudioOf(const Traced<Camera>& camera);
  void checkRelay();
  template <class Section>
  void checkCameraOf(const ListDeclaration<Section>& declaration, const std::vector<Traced<Section>>& all);

  /// One more than is shown, to know that there are more.
  bool isFull() const { return problems_.size() > kMaxProblems; }
  void report(const Origin& where, std::string message);
  void report(int line, std::string message) { report({file_, line}, std::move(message)); }

  const Declarations declarations_;
  const KnownNames known_;
  Reading reading_;
  std::vector<Problem> problems_;
  std::string file_;                              ///< the one being read
  std::map<std::string, int, std::less<>> seen_;  ///< what of lists stands in it, as messages name it, and its line
};

bool isSectionLike(const Node& node) {
  const auto* list = valueOf<List>(node);
  return valueOf<Table>(node) || (list && !list->empty() && valueOf<Table>(list->front()));
}

void Loader::report(const Origin& where, std::string message) {
  if (!isFull())
    problems_.push_back({where, std::move(message)});
}

void Loader::readFile(const FileText& file) {
  file_ = file.path;
  seen_.clear();
  reading_.files.push_back(file.path);
  const auto document = parseDocument(file.text);
  if (!document)
    return report(document.error().line, document.error().message);
  const auto before = static_cast<std::ptrdiff_t>(problems_.size());
  for (const Entry& entry : *document)
    readTopLevel(entry);
  // A section is looked through as a whole, though others may stand between its parts.
  std::stable_sort(problems_.begin() + before, problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.where.line < b.where.line; });
}

void Loader::readTopLevel(const Entry& entry) {
  bool isKnown = false;
  forEachList(declarations_, reading_, [this, &entry, &isKnown](const auto& declaration, auto& list) {
    if (declaration.name != entry.key)
      return;
    isKnown = true;
    readList(declaration, entry, list);
  });
  forEachSection(declarations_, reading_, [this, &entry, &isKnown](const auto& declaration, auto& traced) {
    if (declaration.name != entry.key)
      return;
    isKnown = true;
    const std::string where = titleOf(declaration);
    if (const auto* table = valueOf<Table>(entry.node))
      readSection(declaration, *table, where, traced);
    else
      report(entry.node.line, fmt::format("{} must be one section, not {}", where, describe(entry.node)));
  });
  if (!isKnown)
    report(entry.node.line,
           isSectionLike(entry.node) ? unknownSection(entry.key, known_) : keyOutsideSections(entry.key, known_));
}

template <class Section>
void Loader::readList(const ListDeclaration<Section>& declaration, const Entry& entry,
                      std::vector<Traced<Section>>& list) {
  const auto reportShape = [this, &declaration](const Node& node) {
    report(node.line, fmt::format("{} must be a list of sections, not {}", titleOf(declaration), describe(node)));
  };
  const auto* items = valueOf<List>(entry.node);
  if (!items)
    return reportShape(entry.node);
  for (const Node& item : *items) {
    if (const auto* table = valueOf<Table>(item))
      readItem(declaration, *table, item.line, list);
    else
      reportShape(item);
  }
}

template <class Section>
void Loader::readItem(const ListDeclaration<Section>& declaration, const Table& table, int line,
                      std::vector<Traced<Section>>& list) {
  const auto& settings = declaration.settings;
  const auto id = std::ranges::find(table, "id", &Entry::key);
  // One that cannot be kept is still looked through, so that all problems are told at once.
  Traced<Section> unkept;
  Traced<Section>* place = nullptr;
  if (id == table.end())
    report(line, fmt::format("a {} has no 'id': it needs one, such as id = \"{}\"", titleOf(declaration),
                             declaration.example));
  else if (std::ranges::find(settings, "id", &Setting<Section>::name)->read(id->node, unkept.section))
    place = findPlace(declaration, unkept.section, line, list);
  readSection(declaration, table, whereOf(declaration, unkept.section.id), place ? *place : unkept);
}

template <class Section>
Traced<Section>* Loader::findPlace(const ListDeclaration<Section>& declaration, const Section& section, int line,
                                   std::vector<Traced<Section>>& list) {
  const std::string where = whereOf(declaration, section.id);
  const auto [first, isFirst] = seen_.emplace(where, line);
  if (!isFirst) {
    report(line, fmt::format("a second {} in this file: the first is in line {}", where, first->second));
    return nullptr;
  }
  for (Traced<Section>& known : list)
    if (known.section.id == section.id)
      return &known;
  if (list.size() == declaration.most) {
    report(line, fmt::format("{} is one too many: there may be {}", where, declaration.most));
    return nullptr;
  }
  return &list.emplace_back();
}

template <class Section>
void Loader::readSection(const SectionDeclaration<Section>& declaration, const Table& table, const std::string& where,
                         Traced<Section>& traced) {
  for (const Entry& entry : table) {
    if (isFull())
      return;
    const auto setting = std::ranges::find(declaration.settings, entry.key, &Setting<Section>::name);
    if (setting == declaration.settings.end()) {
      const auto section = std::ranges::find(known_, declaration.name, &SectionNames::name);
      report(entry.node.line, unknownKey(entry.key, *section, where, known_));
      continue;
    }
    if (const auto done = setting->read(entry.node, traced.section)) {
      traced.origins[entry.key] = {file_, entry.node.line};
    } else {
      traced.isSound = false;
      report(done.error().line,
             fmt::format("'{}' in {} must be {}, not {}", entry.key, where, setting->expects, done.error().got));
    }
  }
}

template <class Section>
void Loader::complete(const SectionDeclaration<Section>& declaration, const std::string& where,
                      Traced<Section>& traced) {
  for (const auto& setting : declaration.settings) {
    const auto origin = traced.origins.find(setting.name);
    const bool isSet = origin != traced.origins.end();
    if (!isSet && setting.setDefault)
      setting.setDefault(traced.section);
    // Beside a wrong value it cannot be told.
    if (isSet && traced.isSound && setting.hasMeaning && !setting.hasMeaning(traced.section))
      report(origin->second,
             fmt::format("'{}' in {} has no meaning here: it is for {}", setting.name, where, setting.meaning));
    if (isSet && traced.isSound && setting.isMet && !setting.isMet(traced.section))
      report(origin->second, fmt::format("'{}' in {} must {}", setting.name, where, setting.demand));
  }
}

void Loader::checkAudioOf(const Traced<Camera>& camera) {
  const auto origin = camera.origins.find("audio");
  const base::AudioId& audio = camera.section.audio;
  if (origin == camera.origins.end() || audio.value() == kNoAudio)
    return;
  const auto isMeant = [&audio](const Traced<Audio>& known) { return known.section.id == audio; };
  if (std::ranges::none_of(reading_.audios, isMeant))
    report(origin->second, fmt::format("'audio' in {} must name an [[audio]] or be '{}': there is no '{}'",
                                       whereOf(declarations_.camera, camera.section.id), kNoAudio, audio.value()));
}

void Loader::checkRelay() {
  const auto origin = reading_.ice.origins.find("policy");
  const bool isRelayed = std::ranges::any_of(
      reading_.iceServers, [](const Traced<IceServer>& server) { return relaysForDevice(server.section); });
  if (origin != reading_.ice.origins.end() && reading_.ice.section.policy == IcePolicy::Relay && !isRelayed)
    report(origin->second,
           "'policy' in [ice] must come with an [[ice_server]] that has a 'turn:' for the device: nobody "
           "would reach it");
}

template <class Section>
void Loader::checkCameraOf(const ListDeclaration<Section>& declaration, const std::vector<Traced<Section>>& all) {
  for (const Traced<Section>& one : all) {
    const auto origin = one.origins.find("camera");
    // Without a list those count that will be found.
    if (origin == one.origins.end() || reading_.cameras.empty())
      continue;
    const base::CameraId& camera = one.section.camera;
    const auto isMeant = [&camera](const Traced<Camera>& known) { return known.section.id == camera; };
    if (std::ranges::none_of(reading_.cameras, isMeant))
      report(origin->second, fmt::format("'camera' in {} must name a [[camera]]: there is no '{}'",
                                         whereOf(declaration, one.section.id), camera.value()));
  }
}

Reading Loader::finish() && {
  forEachSection(declarations_, reading_, [this](const auto& declaration, auto& traced) {
    complete(declaration, titleOf(declaration), traced);
  });
  forEachList(declarations_, reading_, [this](const auto& declaration, auto& list) {
    for (auto& traced : list)
      complete(declaration, whereOf(declaration, traced.section.id), traced);
  });
  for (const Traced<Camera>& camera : reading_.cameras)
    checkAudioOf(camera);
  checkRelay();
  checkCameraOf(declarations_.input, reading_.inputs);
  checkCameraOf(declarations_.output, reading_.outputs);
  if (isFull()) {
    problems_.resize(kMaxProblems);
    problems_.push_back({{file_}, fmt::format("only the first {} problems are shown", kMaxProblems)});
  }
  reading_.problems = std::move(problems_);
  return std::move(reading_);
}

}  // namespace

Reading read(const Sources& sources, const Choices& choices) {
  std::vector<Problem> problems;
  const std::vector<FileText> files = readFiles(sources, problems);
  Loader loader(choices, sources.hostName, std::move(problems));
  for (const FileText& file : files)
    loader.readFile(file);
  return std::move(loader).finish();
}

Settings settingsOf(const Reading& reading) {
  Settings settings{reading.device.section,
                    reading.http.section,
                    reading.access.section,
                    reading.limits.section,
                    reading.log.section,
                    reading.ice.section,
                    reading.mqtt.section,
                    {},
                    {},
                    {},
                    {},
                    {}};
  for (const Traced<IceServer>& server : reading.iceServers)
    settings.iceServers.push_back(server.section);
  for (const Traced<Audio>& audio : reading.audios)
    settings.audios.push_back(audio.section);
  for (const Traced<Input>& input : reading.inputs)
    settings.inputs.push_back(input.section);
  for (const Traced<Output>& output : reading.outputs)
    settings.outputs.push_back(output.section);
  for (const Traced<Camera>& camera : reading.cameras)
    settings.cameras.push_back(camera.section);
  return settings;
}

tl::expected<Settings, std::vector<Problem>> load(const Sources& sources, const Choices& choices) {
  Reading reading = read(sources, choices);
  if (!reading.problems.empty())
    return tl::unexpected(std::move(reading.problems));
  return settingsOf(reading);
}

}  // namespace fanlight::config
