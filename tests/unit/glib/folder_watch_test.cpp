// SPDX-License-Identifier: Apache-2.0
// A folder into which things really come.
#include "glib/folder_watch.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "loop_fixture.h"
#include "temporary_folder.h"

namespace fanlight::glib {
namespace {

using ::testing::HasSubstr;

class FolderWatchTest : public test::LoopFixture {
 protected:
  void watch() {
    auto watch = FolderWatch::start(context_, folder_.path(), [this] { ++told_; });
    ASSERT_TRUE(watch) << watch.error().message;
    watch_ = std::move(*watch);
  }
  std::string file() const { return folder_.path("video0"); }
  void comes() { std::ofstream(file()) << "node"; }

  TemporaryFolder folder_;
  FolderWatch watch_;
  int told_ = 0;
};

TEST_F(FolderWatchTest, TellsOfWhatComes) {
  watch();
  comes();
  runUntil("a file that came", [this] { return told_ > 0; });
}

TEST_F(FolderWatchTest, TellsWhenWhoMayOpenItHasChanged) {
  comes();
  watch();
  std::filesystem::permissions(file(), std::filesystem::perms::owner_all);
  runUntil("a file that changed", [this] { return told_ > 0; });
}

TEST_F(FolderWatchTest, IsNotWokenByWhatIsWrittenToAFileThatIsThere) {
  comes();
  watch();
  comes();
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(told_, 0);
}

TEST_F(FolderWatchTest, IsSilentOnceItIsDestroyed) {
  watch();
  watch_ = FolderWatch();
  comes();
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(told_, 0);
}

TEST_F(FolderWatchTest, SaysWhichFolderThereIsNot) {
  const auto watch = FolderWatch::start(context_, folder_.path("none"), [] {});
  ASSERT_FALSE(watch);
  EXPECT_EQ(watch.error().code, base::ErrorCode::Unavailable);
  EXPECT_THAT(watch.error().message, HasSubstr("none' cannot be watched: there is no such folder"));
}

}  // namespace
}  // namespace fanlight::glib
