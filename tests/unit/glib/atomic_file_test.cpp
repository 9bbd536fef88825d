// SPDX-License-Identifier: Apache-2.0
// What is on the disk after a file was written, and after it could not be.
#include "glib/atomic_file.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "temporary_folder.h"

namespace fanlight::glib {
namespace {

mode_t modeOf(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 07777;
}

TEST(AtomicFile, IsReadBackAsItWasWritten) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "key";
  const std::string bytes("a\0b\n", 4);

  ASSERT_TRUE(writeAtomically(path, bytes));

  EXPECT_EQ(readWhole(path, 4).value(), bytes);
}

TEST(AtomicFile, IsEmptyWhereNobodyAsksWhyItCannotBeRead) {
  const TemporaryFolder folder;
  folder.write("number", "12");
  EXPECT_EQ(readOrEmpty(folder.path("number"), 2), "12");
  EXPECT_EQ(readOrEmpty(folder.path("number"), 1), "");
  EXPECT_EQ(readOrEmpty(folder.path("missing"), 1), "");
}

TEST(AtomicFile, IsItsOwnersAlone) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "key";
  ASSERT_TRUE(writeAtomically(path, "a"));
  EXPECT_EQ(modeOf(path), 0600U);

  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  ASSERT_TRUE(writeAtomically(path, "b"));

  EXPECT_EQ(modeOf(path), 0600U);
}

TEST(AtomicFile, IsItsOwnersAloneInPlaceOfALinkToo) {
  const TemporaryFolder folder;
  const std::string open = folder.path() / "open";
  const std::string path = folder.path() / "key";
  ASSERT_TRUE(writeAtomically(open, "a"));
  ASSERT_EQ(::chmod(open.c_str(), 0644), 0);
  ASSERT_EQ(::symlink(open.c_str(), path.c_str()), 0);

  ASSERT_TRUE(writeAtomically(path, "b"));

  EXPECT_EQ(modeOf(path), 0600U);
  EXPECT_EQ(modeOf(open), 0644U);
  EXPECT_EQ(readWhole(open, 1).value(), "a");
}

TEST(AtomicFile, ReplacesTheFileInsteadOfWritingIntoIt) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "key";
  const std::string link = folder.path() / "link";
  ASSERT_TRUE(writeAtomically(path, "old"));
  ASSERT_EQ(::link(path.c_str(), link.c_str()), 0);

  ASSERT_TRUE(writeAtomically(path, "new"));

  EXPECT_EQ(readWhole(path, 9).value(), "new");
  EXPECT_EQ(readWhole(link, 9).value(), "old");
}

TEST(AtomicFile, LeavesNothingBesideIt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(writeAtomically(folder.path() / "key", "a"));

  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(AtomicFile, WrittenByRootBelongsToTheOwnerOfItsFolder) {
  if (::geteuid() != 0)
    GTEST_SKIP() << "only root may give files away";
  const TemporaryFolder folder;
  ASSERT_EQ(::chown(folder.path().c_str(), 65534, 65534), 0);
  const std::string path = folder.path() / "key";

  ASSERT_TRUE(writeAtomically(path, "a"));

  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_uid, 65534U);
  EXPECT_EQ(about.st_gid, 65534U);
}

TEST(AtomicFile, SaysWhyItCannotBeWritten) {
  const auto written = writeAtomically("/nowhere/key", "a");

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, base::ErrorCode::Unavailable);
  EXPECT_TRUE(written.error().message.starts_with("cannot write '/nowhere/key': ")) << written.error().message;
}

TEST(AtomicFile, ThatIsNotThereIsNoError) {
  EXPECT_EQ(readWhole("/nowhere/key", 9).value(), std::nullopt);
}

TEST(AtomicFile, ThatIsTooLongIsNotRead) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "key";
  ASSERT_TRUE(writeAtomically(path, "1234"));

  const auto read = readWhole(path, 3);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "cannot read '" + path + "': it has more than 3 bytes");
}

TEST(AtomicFile, ThatIsAFolderIsNotRead) {
  const TemporaryFolder folder;

  EXPECT_FALSE(readWhole(folder.path(), 9));
}

}  // namespace
}  // namespace fanlight::glib
