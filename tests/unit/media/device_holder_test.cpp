// SPDX-License-Identifier: Apache-2.0
// Who has a file open, by a /proc that is made up; a device that is really taken is shown in the suite "board".
#include "media/device_holder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "temporary_folder.h"

namespace fanlight::media {
namespace {

class HoldersOf : public ::testing::Test {
 protected:
  HoldersOf() { device_ = folder_.write("video0", ""); }
  void addProcess(const std::string& id, const std::string& name, const std::string& opened) {
    folder_.write("proc/" + id + "/comm", name + "\n");
    std::filesystem::create_directories(folder_.path("proc/" + id + "/fd"));
    std::filesystem::create_symlink(opened, folder_.path("proc/" + id + "/fd/3"));
  }
  std::string holders() const { return holdersOf(device_, folder_.path("proc")); }

  const TemporaryFolder folder_;
  std::string device_;
};

TEST_F(HoldersOf, NamesTheProcessesThatHaveItOpen) {
  addProcess("1234", "ffmpeg", device_);
  addProcess("5678", "sh", folder_.write("other", ""));
  EXPECT_EQ(holders(), "'ffmpeg' (1234)");
}

TEST_F(HoldersOf, LeavesOutOurselvesAndWhatIsNoProcess) {
  addProcess(std::to_string(::getpid()), "fanlight", device_);
  addProcess("self", "fanlight", device_);
  EXPECT_EQ(holders(), "");
}

TEST_F(HoldersOf, IsNobodyWhereThereIsNoSuchFile) {
  EXPECT_EQ(holdersOf("/dev/video999"), "");
}

TEST(CheckIsFree, LetsADeviceThatCannotBeOpenedFailWhereItIsOpened) {
  EXPECT_TRUE(checkIsFree("/dev/video999"));
}

}  // namespace
}  // namespace fanlight::media
