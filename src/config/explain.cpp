// SPDX-License-Identifier: Apache-2.0
// Lines of columns, each as wide as its section needs.
#include "config/explain.h"

#include <algorithm>
#include <array>

#include "config/utf8.h"

namespace fanlight::config {
namespace {

/// A value or origin that is longer pushes the rest of its own line only.
constexpr std::size_t kMaxColumnWidth = 60;
constexpr std::size_t kColumns = 4;

/// Key, value, origin, description.
using Line = std::array<std::string, kColumns>;

template <class Section>
bool isMeaningful(const Setting<Section>& setting, const Section& section) {
  return !setting.hasMeaning || setting.hasMeaning(section);
}

template <class Section>
std::string originText(const Setting<Section>& setting, const Traced<Section>& traced) {
  if (const auto origin = traced.origins.find(setting.name); origin != traced.origins.end())
    return "from " + toText(origin->second);
  if (!isMeaningful(setting, traced.section))
    return "only for " + setting.meaning;
  return setting.defaultSource.empty() ? "default" : "default: " + setting.defaultSource;
}

template <class Section>
Line lineOf(const Setting<Section>& setting, const Traced<Section>& traced) {
  const std::string value = setting.print(traced.section);
  // What a file could not say in this place is a comment.
  const bool isWritable = !value.empty() && isMeaningful(setting, traced.section);
  return {(isWritable ? "" : "# ") + setting.name, "= " + (value.empty() ? "(not set)" : value),
          "# " + originText(setting, traced), "| " + setting.description};
}

std::string format(const std::vector<Line>& lines) {
  std::array<std::size_t, kColumns> widths{};
  for (const Line& line : lines)
    for (std::size_t column = 0; column < kColumns; ++column)
      if (const std::size_t width = characterCount(line[column]); width <= kMaxColumnWidth)
        widths[column] = std::max(widths[column], width);
  std::string text;
  for (const Line& line : lines) {
    for (std::size_t column = 0; column + 1 < kColumns; ++column) {
      const std::size_t width = characterCount(line[column]);
      text += line[column] + std::string(width < widths[column] ? widths[column] - width : 0, ' ') + ' ';
    }
    text += line.back() + '\n';
  }
  return text;
}

template <class Section>
std::string explainSection(const SectionDeclaration<Section>& declaration, const std::string& title,
                           const Traced<Section>& traced) {
  std::vector<Line> lines;
  for (const auto& setting : declaration.settings)
    lines.push_back(lineOf(setting, traced));
  return "\n" + title + "\n" + format(lines);
}

std::string explainFiles(const std::vector<std::string>& files) {
  if (files.empty())
    return "# no file was read: all values are defaults\n";
  std::string text = "# files, of which later ones win:\n";
  for (const std::string& file : files)
    text += "#   " + printable(file) + '\n';
  return text;
}

}  // namespace

std::string explain(const Reading& reading) {
  // Neither choices nor the host's name matter for showing values.
  const Declarations declarations = declare({}, {});
  std::string text = explainFiles(reading.files) + "# value, where it is from | what it is for\n";
  forEachSection(declarations, reading, [&text](const auto& declaration, const auto& traced) {
    text += explainSection(declaration, titleOf(declaration), traced);
  });
  forEachList(declarations, reading, [&text](const auto& declaration, const auto& list) {
    for (const auto& traced : list)
      text += explainSection(declaration, titleOf(declaration), traced);
  });
  if (reading.cameras.empty())
    text += "\n# no [[camera]]: every camera that is found is used, each with the defaults\n";
  return text;
}

}  // namespace fanlight::config
