// SPDX-License-Identifier: Apache-2.0
#include "config/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "temporary_folder.h"

namespace fanlight::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What readFiles() found, as texts.
struct Found {
  std::vector<std::string> texts;
  std::vector<std::string> problems;
};

Found find(const Sources& sources) {
  Found found;
  std::vector<Problem> problems;
  for (const FileText& file : readFiles(sources, problems))
    found.texts.push_back(file.text);
  for (const Problem& problem : problems)
    found.problems.push_back(toText(problem));
  return found;
}

Sources named(std::string file) {
  return {.named = std::move(file)};
}

TEST(Files, MayAllBeAbsentWhereNoneIsNamed) {
  const TemporaryFolder folder;
  const Found found = find({.standard = folder.path("fanlight.toml")});
  EXPECT_THAT(found.texts, IsEmpty());
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(Files, MustBeThereWhereNamed) {
  const TemporaryFolder folder;
  const std::string file = folder.path("mine.toml");
  EXPECT_THAT(find(named(file)).problems, ElementsAre(file + ": the file cannot be read: No such file or directory"));
}

TEST(Files, MustBeThereWhereALinkSaysSo) {
  const TemporaryFolder folder;
  const std::string file = folder.path("fanlight.toml");
  std::filesystem::create_symlink("nowhere", file);
  EXPECT_THAT(find({.standard = file}).problems,
              ElementsAre(file + ": the file cannot be read: No such file or directory"));
}

TEST(Files, PreferTheNamedOne) {
  const TemporaryFolder folder;
  Sources sources = named(folder.write("a/mine.toml", "mine"));
  sources.standard = folder.write("b/fanlight.toml", "standard");
  EXPECT_THAT(find(sources).texts, ElementsAre("mine"));
}

TEST(Files, CountInByteOrderAfterTheMainOne) {
  const TemporaryFolder folder;
  const std::string file = folder.write("fanlight.toml", "main");
  for (const char* name : {"b", "a", "B", "10", "9", "é"})
    folder.write(std::string("fanlight.d/") + name + ".toml", name);
  EXPECT_THAT(find(named(file)).texts, ElementsAre("main", "10", "9", "B", "a", "b", "é"));
}

TEST(Files, AreReadFromTheFolderWithoutAMainOne) {
  const TemporaryFolder folder;
  folder.write("fanlight.d/a.toml", "a");
  EXPECT_THAT(find({.standard = folder.path("fanlight.toml")}).texts, ElementsAre("a"));
}

TEST(Files, OfOtherNamesAreLeftAlone) {
  const TemporaryFolder folder;
  for (const char* name : {".a.toml", "a.toml~", "a.toml.bak", "toml", "README"})
    folder.write(std::string("fanlight.d/") + name, name);
  const Found found = find({.standard = folder.path("fanlight.toml")});
  EXPECT_THAT(found.texts, IsEmpty());
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(Files, ThatCannotBeReadAreAllTold) {
  const TemporaryFolder folder;
  const std::string file = folder.path("fanlight.toml");
  std::filesystem::create_directories(folder.path("fanlight.d/b.toml"));
  std::filesystem::create_symlink("nowhere", folder.path("fanlight.d/a.toml"));
  std::filesystem::create_symlink("fanlight.toml", file);

  EXPECT_THAT(find({.standard = file}).problems,
              ElementsAre(file + ": the file cannot be read: Too many levels of symbolic links",
                          folder.path("fanlight.d/a.toml") + ": the file cannot be read: No such file or directory",
                          folder.path("fanlight.d/b.toml") + ": the file cannot be read: Is a directory"));
}

TEST(Files, OfTheFolderAreNoPipes) {
  const TemporaryFolder folder;
  folder.write("fanlight.d/b.toml", "b");
  const std::string pipe = folder.path("fanlight.d/a.toml");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);

  const Found found = find({.standard = folder.path("fanlight.toml")});

  EXPECT_THAT(found.texts, ElementsAre("b"));
  EXPECT_THAT(found.problems, ElementsAre(pipe + ": this is no file: it is left out"));
}

TEST(Files, NeedAFolderThatCanBeListed) {
  const TemporaryFolder folder;
  const std::string file = folder.write("fanlight.toml", "main");
  const std::string dropIns = folder.write("fanlight.d", "no folder");

  const Found found = find(named(file));

  EXPECT_THAT(found.texts, ElementsAre("main"));
  EXPECT_THAT(found.problems, ElementsAre(dropIns + ": the folder cannot be read: Not a directory"));
}

TEST(Files, HaveALimitedSize) {
  const TemporaryFolder folder;
  const std::string whole(kMaxFileBytes, '#');
  EXPECT_THAT(find(named(folder.write("a.toml", whole))).texts, ElementsAre(whole));
  const std::string large = folder.write("b.toml", whole + "#");
  EXPECT_THAT(find(named(large)).problems, ElementsAre(large + ": the file is larger than 256 KiB: it is left out"));
  EXPECT_THAT(find(named("/dev/zero")).problems,
              ElementsAre("/dev/zero: the file is larger than 256 KiB: it is left out"));
}

TEST(Files, HaveALimitedNumber) {
  const TemporaryFolder folder;
  for (std::size_t i = 100; i <= 100 + kMaxDropIns; ++i)
    folder.write("fanlight.d/" + std::to_string(i) + ".toml", "");

  const Found found = find({.standard = folder.path("fanlight.toml")});

  EXPECT_EQ(found.texts.size(), kMaxDropIns);
  EXPECT_THAT(found.problems,
              ElementsAre(folder.path("fanlight.d") +
                          ": the folder has more than 64 files '*.toml': those from '164.toml' on are left out"));
}

}  // namespace
}  // namespace fanlight::config
