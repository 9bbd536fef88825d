// SPDX-License-Identifier: Apache-2.0
// When the journal is spoken to. What it then keeps is seen in the board guest, where there is one.
#include "service/journal.h"

#include <cstdlib>
#include <string>

#include <gmock/gmock.h>

#include "base/log.h"

namespace fanlight::service {
namespace {

using ::testing::HasSubstr;

class JournalTest : public ::testing::Test {
 protected:
  ~JournalTest() override {
    ::unsetenv("JOURNAL_STREAM");
    base::setLogSink(nullptr);
  }
  static std::string onStandardError() {
    ::testing::internal::CaptureStderr();
    logToJournal();
    base::logWarning("camera", "'porch' is away");
    return ::testing::internal::GetCapturedStderr();
  }
};

TEST_F(JournalTest, IsNotSpokenToWhereThereIsNone) {
  EXPECT_THAT(onStandardError(), HasSubstr("warning camera: 'porch' is away\n"));
}

TEST_F(JournalTest, IsNotSpokenToWhereItReadsAnotherStream) {
  // As of a program that a service has started with its output in a file.
  ::setenv("JOURNAL_STREAM", "8:1", 1);
  EXPECT_THAT(onStandardError(), HasSubstr("warning camera: 'porch' is away\n"));
}

}  // namespace
}  // namespace fanlight::service
