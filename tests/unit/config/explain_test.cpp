// SPDX-License-Identifier: Apache-2.0
#include "config/explain.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temporary_folder.h"

namespace fanlight::config {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Reading readFrom(const std::string& file) {
  return read({.named = file, .hostName = "porch"}, {.encoders = {"x264"}, .patterns = {"bars", "ball"}});
}

std::string contentOf(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string configOfReadme() {
  const std::string readme = contentOf(FANLIGHT_README);
  const std::string opening = "```toml\n";
  const std::size_t begin = readme.find(opening, readme.find("\n## Configuration\n")) + opening.size();
  return readme.substr(begin, readme.find("```", begin) - begin);
}

/// The sections of explain() with "key=value" only.
std::string valuesOf(const Reading& reading) {
  std::istringstream lines(explain(reading));
  std::string values;
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find(" # "));
    std::erase(line, ' ');
    if (!line.starts_with("#"))
      values += line + "\n";
  }
  return values;
}

constexpr std::string_view kEverything = R"([device]
id = "gate"
name = "The \"old\" gate ☂"
[http]
listen = ["127.0.0.1:80", "[::1]:0"]
hosts = ["porch.local"]
[log]
level = "warning"
[[camera]]
id = "a"
source = "test"
pattern = "ball"
bitrate = 500_000
keyframe_interval = "1500ms"
[[camera]]
id = "b"
device = "/dev/video0"
encoder = "x264"
)";

TEST(Explain, ShowsEachValueItsOriginAndWhatItIsFor) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.toml", "[limits]\nviewers = 7\n[[camera]]\nid = 'a'\nwidth = 640\n");

  const std::string text = explain(readFrom(file));

  EXPECT_THAT(text, HasSubstr("#   " + file + "\n"));
  EXPECT_THAT(text, HasSubstr("[limits]\n"
                              "viewers            = 7  # from " +
                              file + ":2 | most sessions"));
  // The columns are as wide as their content, which is a path of any length.
  EXPECT_THAT(text, ContainsRegex("viewers_per_camera = 7  # default: 'viewers' +\\| most sessions"));
  EXPECT_THAT(text, HasSubstr("viewers_per_source = 16 # default "));
  EXPECT_THAT(text, HasSubstr("width             = 640 "));
  EXPECT_THAT(text, HasSubstr("# from " + file + ":5 "));
  EXPECT_THAT(text, HasSubstr("| of the picture as the camera gives it, in pixels\n"));
}

TEST(Explain, ShowsWhatCannotBeWrittenAsAComment) {
  const TemporaryFolder folder;
  const std::string text = explain(readFrom(folder.write("f.toml", "[[camera]]\nid = 'a'\n")));
  EXPECT_THAT(text, HasSubstr("\n# device          = (not set) "));
  EXPECT_THAT(text, HasSubstr("\n# pattern         = \"bars\" "));
  EXPECT_THAT(text, HasSubstr("# only for source 'test' "));
}

TEST(Explain, SaysWhereThereIsNoFileAndNoCamera) {
  const TemporaryFolder folder;
  const std::string text = explain(read({.standard = folder.path("none.toml"), .hostName = "porch"}, {}));
  EXPECT_THAT(text, HasSubstr("# no file was read: all values are defaults\n"));
  EXPECT_THAT(text, HasSubstr("# default: the host's name "));
  EXPECT_THAT(text, HasSubstr("# no [[camera]]: every camera that is found is used"));
}

TEST(Explain, IsAConfigurationOfTheSameMeaning) {
  const TemporaryFolder folder;
  const Reading first = readFrom(folder.write("a/f.toml", kEverything));

  const Reading second = readFrom(folder.write("b/f.toml", explain(first)));

  ASSERT_THAT(first.problems, IsEmpty());
  ASSERT_THAT(second.problems, IsEmpty());
  EXPECT_EQ(valuesOf(second), valuesOf(first));
  EXPECT_THAT(valuesOf(second), HasSubstr("listen=[\"127.0.0.1:80\",\"[::1]:0\"]\n"));
}

TEST(Explain, KeepsToOneLineWhateverAFileIsCalled) {
  const TemporaryFolder folder;
  const std::string text = explain(readFrom(folder.write("a\nb\x1b.toml", "[limits]\nviewers = 7\n")));
  EXPECT_THAT(text, HasSubstr("/a?b?.toml:2 "));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Explain, ShowsTheDefaultsThatTheSampleFileTells) {
  const TemporaryFolder folder;
  const Reading sample = readFrom(FANLIGHT_CONFIG_FIXTURES "/sample.toml");
  const Reading bare = readFrom(folder.write("f.toml", "[[camera]]\nid = 'front-door'\n"));

  EXPECT_THAT(sample.problems, IsEmpty());
  EXPECT_EQ(valuesOf(sample), valuesOf(bare));
}

TEST(Explain, ShowsTheDefaultsThatTheReadmeTells) {
  const TemporaryFolder folder;
  const Reading told = readFrom(folder.write("readme.toml", configOfReadme()));
  const Reading bare = readFrom(
      folder.write("f.toml", "[device]\nname = 'Porch'\n[[camera]]\nid = 'front-door'\nname = 'Front door'\n"));

  EXPECT_THAT(told.problems, IsEmpty());
  EXPECT_EQ(valuesOf(told), valuesOf(bare));
}

class ConfigForPeople : public ::testing::TestWithParam<std::string> {};

TEST_P(ConfigForPeople, ShowsEverySetting) {
  const std::string text =
      GetParam() == "readme" ? configOfReadme() : contentOf(FANLIGHT_CONFIG_FIXTURES "/sample.toml");
  const Declarations declarations = declare({}, {});
  const auto look = [&text](const auto& declaration, const std::string& heading) {
    const std::size_t begin = ("\n" + text).find("\n" + heading + "\n");
    ASSERT_NE(begin, std::string::npos) << heading;
    const std::string section = text.substr(begin, text.find("\n[", begin + 1) - begin);
    for (const auto& setting : declaration.settings)
      EXPECT_TRUE(section.find("\n" + setting.name + " = ") != std::string::npos ||
                  section.find("\n# " + setting.name + " = ") != std::string::npos)
          << setting.name;
  };
  forEachSection(declarations, [&look](const auto& declaration) { look(declaration, "[" + declaration.name + "]"); });
  look(declarations.iceServer, "# [[ice_server]]");
  look(declarations.audio, "# [[audio]]");
  look(declarations.input, "# [[input]]");
  look(declarations.output, "# [[output]]");
  look(declarations.camera, "[[camera]]");
}

INSTANTIATE_TEST_SUITE_P(Files, ConfigForPeople, ::testing::Values("readme", "sample"),
                         [](const auto& file) { return file.param; });

}  // namespace
}  // namespace fanlight::config
