// SPDX-License-Identifier: Apache-2.0
// Owns what open(2) and its like gave. Any thread.
#pragma once

#include <unistd.h>

namespace fanlight::base {

class FileDescriptor {
 public:
  /// `number`: below 0 where nothing was given; errno says why until the next call.
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0)
      ::close(number_);
  }

  int get() const { return number_; }

 private:
  const int number_;
};

}  // namespace fanlight::base
