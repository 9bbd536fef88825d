// SPDX-License-Identifier: Apache-2.0
// The kernel's text, and the advice.
#include "health/tasks.h"

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace fanlight::health {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Optional;

TEST(TasksTest, LimitIsReadFromTheKernelsText) {
  TemporaryFolder folder;
  folder.write("pids.max", "384\n");
  EXPECT_EQ(taskLimit(folder.path("pids.max")), 384);
}

TEST(TasksTest, LimitIsNoneWhereThereIsNone) {
  TemporaryFolder folder;
  folder.write("pids.max", "max\n");
  EXPECT_EQ(taskLimit(folder.path("pids.max")), std::nullopt);
  EXPECT_EQ(taskLimit(folder.path("missing")), std::nullopt);
  EXPECT_EQ(taskLimit(""), std::nullopt);
}

TEST(TasksTest, AdviceComesWithOneViewerTooManyAndNamesWhatToSet) {
  EXPECT_EQ(adviceOnTasks(350, 25), std::nullopt);
  EXPECT_THAT(adviceOnTasks(350, 26), Optional(AllOf(HasSubstr("may have 350 threads, enough for 25 viewers"),
                                                     HasSubstr("'viewers = 26'"), HasSubstr("'TasksMax=360'"))));
}

TEST(TasksTest, AreEnoughForWholeViewersAndAlwaysForOne) {
  EXPECT_EQ(viewersWithin(359), 25);
  EXPECT_EQ(viewersWithin(360), 26);
  EXPECT_EQ(viewersWithin(64), 1);
}

}  // namespace
}  // namespace fanlight::health
