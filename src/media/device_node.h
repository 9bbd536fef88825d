// SPDX-License-Identifier: Apache-2.0
// A device's file, open for its ioctls. Blocks a little: workers only.
#pragma once

#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fanlight::media {

/// Closed with this. Where it could not be opened, `errno` says why until the next call.
class DeviceNode {
 public:
  explicit DeviceNode(const std::string& path) : fd_(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
  DeviceNode(const DeviceNode&) = delete;
  DeviceNode& operator=(const DeviceNode&) = delete;
  ~DeviceNode() {
    if (isOpen())
      ::close(fd_);
  }
  bool isOpen() const { return fd_ >= 0; }
  template <class Argument>
  bool ask(unsigned long request, Argument& argument) const {
    return ::ioctl(fd_, request, &argument) == 0;
  }

 private:
  const int fd_;
};

/// By the device number, so that it holds for links, and for nodes that a container was given under another name.
inline bool isSameDevice(const struct stat& one, const struct stat& other) {
  return S_ISCHR(one.st_mode) && S_ISCHR(other.st_mode) && one.st_rdev == other.st_rdev;
}

}  // namespace fanlight::media
