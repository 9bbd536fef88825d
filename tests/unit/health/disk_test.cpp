// SPDX-License-Identifier: Apache-2.0
// Real file systems: the one of the tests, and one that everybody has and nobody can write. A full one is in
// tests/board-long.
#include "health/disk.h"

#include <limits>

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace fanlight::health {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

TEST(Disk, CanBeWrittenWhereThereIsRoom) {
  EXPECT_EQ(whyNotWritable(TemporaryFolder().path(), 1), std::nullopt) << "as this test was";
}

TEST(Disk, CannotBeWrittenWhereThereIsLessRoomThanIsNeeded) {
  const auto more = std::numeric_limits<unsigned long long>::max();
  EXPECT_THAT(whyNotWritable(TemporaryFolder().path(), more), Optional(HasSubstr("is full")));
}

TEST(Disk, CannotBeWrittenWhereItIsNotThere) {
  EXPECT_THAT(whyNotWritable("/nowhere", 1), Optional(HasSubstr("'/nowhere' cannot be looked at: No such file")));
}

TEST(Disk, IsNamedInWhatIsWatched) {
  const Watch watch = watchDisk("/nowhere");
  EXPECT_EQ(watch.began, "disk-unusable");
  EXPECT_THAT(watch.look(), Optional(HasSubstr("'/nowhere'")));
}

}  // namespace
}  // namespace fanlight::health
