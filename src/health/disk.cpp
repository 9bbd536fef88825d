// SPDX-License-Identifier: Apache-2.0
// A full file system and one that is read-only, as ext4 makes itself after errors, are the same to who cannot write.
#include "health/disk.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/statvfs.h>

namespace fanlight::health {

namespace {

unsigned long long freeBytesOf(const struct statvfs& disk) {
  return static_cast<unsigned long long>(disk.f_bavail) * disk.f_frsize;
}

}  // namespace

std::optional<unsigned long long> freeBytes(const std::string& folder) {
  struct statvfs disk {};
  return ::statvfs(folder.c_str(), &disk) == 0 ? std::optional(freeBytesOf(disk)) : std::nullopt;
}

std::optional<std::string> whyNotWritable(const std::string& folder, unsigned long long leastFreeBytes) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0)
    return fmt::format("'{}' cannot be looked at: {}", folder, std::strerror(errno));
  if ((disk.f_flag & ST_RDONLY) != 0)
    return fmt::format("the disk of '{}' is read-only: who gets or loses access is not kept", folder);
  const auto free = freeBytesOf(disk);
  // Some file systems count no files, and say that they have none.
  const bool hasNoFileLeft = disk.f_files > 0 && disk.f_favail == 0;
  if (free < leastFreeBytes || hasNoFileLeft)
    return fmt::format("the disk of '{}' is full ({} kB left): who gets or loses access is not kept", folder,
                       free / 1024);
  return std::nullopt;
}

Watch watchDisk(std::string folder) {
  return {"disk-unusable", "disk-usable", "the disk can be written again",
          [folder = std::move(folder), wasUnusable = false]() mutable {
            auto reason = whyNotWritable(folder, wasUnusable ? kEnoughFreeBytes : kLeastFreeBytes);
            wasUnusable = reason.has_value();
            return reason;
          }};
}

}  // namespace fanlight::health
