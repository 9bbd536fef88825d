// SPDX-License-Identifier: Apache-2.0
// The kernel refuses buffers to whoever comes second; /proc tells who came first.
#include "media/device_holder.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <linux/videodev2.h>

#include "base/ascii.h"
#include "media/device_node.h"

namespace fanlight::media {
namespace {

namespace fs = std::filesystem;

/// Asks for no buffers, which only the one who has some may.
bool isTaken(const std::string& path) {
  const DeviceNode device(path);
  v4l2_requestbuffers none{};
  none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  none.memory = V4L2_MEMORY_MMAP;
  const bool isRefused = !device.isOpen() || !device.ask(VIDIOC_REQBUFS, none);
  return isRefused && errno == EBUSY;
}

bool isSameFile(const struct stat& one, const struct stat& other) {
  return isSameDevice(one, other) || (one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

bool hasOpen(const fs::path& process, const struct stat& wanted) {
  std::error_code unreadable;
  for (fs::directory_iterator file(process / "fd", unreadable), end; file != end; file.increment(unreadable)) {
    struct stat opened {};
    if (::stat(file->path().c_str(), &opened) == 0 && isSameFile(opened, wanted))
      return true;
  }
  return false;
}

std::string nameOf(const fs::path& process) {
  std::string name;
  std::ifstream file(process / "comm");
  std::getline(file, name);
  return name;
}

}  // namespace

std::string holdersOf(const std::string& path, const std::string& proc) {
  struct stat wanted {};
  if (::stat(path.c_str(), &wanted) != 0)
    return {};
  const std::string ourselves = std::to_string(::getpid());
  std::string holders;
  std::error_code unreadable;
  for (fs::directory_iterator process(proc, unreadable), end; process != end; process.increment(unreadable)) {
    const std::string id = process->path().filename();
    if (id != ourselves && std::ranges::all_of(id, base::isDigit) && hasOpen(process->path(), wanted))
      holders += fmt::format("{}'{}' ({})", holders.empty() ? "" : ", ", nameOf(process->path()), id);
  }
  return holders;
}

base::Result<> checkIsFree(const std::string& path) {
  if (!isTaken(path))
    return {};
  const std::string holders = holdersOf(path);
  return base::fail(base::ErrorCode::Busy,
                    fmt::format("'{}' is in use by {}", path, holders.empty() ? "another program" : holders));
}

}  // namespace fanlight::media
