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
  void readCameras(const Entry& entry);
  void readCamera(const Table& table, int line);
  Traced<Camera>* findPlace(const base::CameraId& id, int line);
  /// `where`: the section as messages name it.
  template <class Section>
  void readSection(const SectionDeclaration<Section>& declaration, const Table& table, const std::string& where,
                   Traced<Section>& traced);
  template <class Section>
  void complete(const SectionDeclaration<Section>& declaration, const std::string& where, Traced<Section>& traced);

  /// One more than is shown, to know that there are more.
  bool isFull() const { return problems_.size() > kMaxProblems; }
  void report(const Origin& where, std::string message);
  void report(int line, std::string message) { report({file_, line}, std::move(message)); }

  const Declarations declarations_;
  const KnownNames known_;
  Reading reading_;
  std::vector<Problem> problems_;
  std::string file_;                              ///< the one being read
  std::map<std::string, int, std::less<>> seen_;  ///< its cameras, and their lines
};

std::string whereOf(const base::CameraId& camera) {
  return camera.empty() ? "[[camera]]" : "[[camera]] '" + camera.value() + "'";
}

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
  bool isKnown = entry.key == declarations_.camera.name;
  if (isKnown)
    readCameras(entry);
  forEachSection(declarations_, reading_, [this, &entry, &isKnown](const auto& declaration, auto& traced) {
    if (declaration.name != entry.key)
      return;
    isKnown = true;
    const std::string where = "[" + declaration.name + "]";
    if (const auto* table = valueOf<Table>(entry.node))
      readSection(declaration, *table, where, traced);
    else
      report(entry.node.line, fmt::format("{} must be one section, not {}", where, describe(entry.node)));
  });
  if (!isKnown)
    report(entry.node.line,
           isSectionLike(entry.node) ? unknownSection(entry.key, known_) : keyOutsideSections(entry.key, known_));
}

void Loader::readCameras(const Entry& entry) {
  const auto reportShape = [this](const Node& node) {
    report(node.line, fmt::format("[[camera]] must be a list of sections, not {}", describe(node)));
  };
  const auto* list = valueOf<List>(entry.node);
  if (!list)
    return reportShape(entry.node);
  for (const Node& item : *list) {
    if (const auto* table = valueOf<Table>(item))
      readCamera(*table, item.line);
    else
      reportShape(item);
  }
}

void Loader::readCamera(const Table& table, int line) {
  const auto& settings = declarations_.camera.settings;
  const auto id = std::ranges::find(table, "id", &Entry::key);
  // One that cannot be kept is still looked through, so that all problems are told at once.
  Traced<Camera> unkept;
  Traced<Camera>* place = nullptr;
  if (id == table.end())
    report(line, "a [[camera]] has no 'id': it needs one, such as id = \"front-door\"");
  else if (std::ranges::find(settings, "id", &Setting<Camera>::name)->read(id->node, unkept.section))
    place = findPlace(unkept.section.id, line);
  readSection(declarations_.camera, table, whereOf(unkept.section.id), place ? *place : unkept);
}

Traced<Camera>* Loader::findPlace(const base::CameraId& id, int line) {
  const auto [first, isFirst] = seen_.emplace(id.value(), line);
  if (!isFirst) {
    report(line, fmt::format("a second {} in this file: the first is in line {}", whereOf(id), first->second));
    return nullptr;
  }
  for (Traced<Camera>& known : reading_.cameras)
    if (known.section.id == id)
      return &known;
  if (reading_.cameras.size() == kMaxCameras) {
    report(line, fmt::format("{} is one too many: there may be {}", whereOf(id), kMaxCameras));
    return nullptr;
  }
  return &reading_.cameras.emplace_back();
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

Reading Loader::finish() && {
  forEachSection(declarations_, reading_, [this](const auto& declaration, auto& traced) {
    complete(declaration, "[" + declaration.name + "]", traced);
  });
  for (Traced<Camera>& camera : reading_.cameras)
    complete(declarations_.camera, whereOf(camera.section.id), camera);
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
  Settings settings{reading.device.section, reading.http.section, reading.access.section,
                    reading.limits.section, reading.log.section,  {}};
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
