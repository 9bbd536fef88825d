// SPDX-License-Identifier: Apache-2.0
// GLib's writer, and the system's reader.
#include "glib/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "glib/owned.h"

namespace fanlight::glib {
namespace {

constexpr int kOwnerOnly = 0600;

// Never what a link leads to, in both: the owner of the folder may have put one there meanwhile.

bool closeToOthers(const std::string& path) {
  return ::fchmodat(AT_FDCWD, path.c_str(), kOwnerOnly, AT_SYMLINK_NOFOLLOW) == 0;
}

base::Result<> giveToOwnerOfFolder(const std::string& path) {
  const std::string folder = takeString(g_path_get_dirname(path.c_str()));
  struct stat owner {};
  if (::geteuid() != 0 ||
      (::stat(folder.c_str(), &owner) == 0 && ::lchown(path.c_str(), owner.st_uid, owner.st_gid) == 0))
    return {};
  return base::fail(base::ErrorCode::Unavailable,
                    "cannot give '" + path + "' to the owner of its folder: " + std::strerror(errno));
}

}  // namespace

base::Result<> writeAtomically(const std::string& path, std::string_view bytes) {
  constexpr auto kFlags =
      static_cast<GFileSetContentsFlags>(G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE);
  // GLib 2.84 gives a file the mode of the one that it replaces, or that a link there leads to, not the mode asked for.
  // So the old one is closed, for which there may be none, and then the new one in any case.
  [[maybe_unused]] const bool wasThere = closeToOthers(path);
  ErrorOut error;
  if (!g_file_set_contents_full(path.c_str(), bytes.data(), static_cast<gssize>(bytes.size()), kFlags, kOwnerOnly,
                                error.out()))
    return base::fail(base::ErrorCode::Unavailable, "cannot write '" + path + "': " + error.message());
  if (!closeToOthers(path))
    return base::fail(base::ErrorCode::Unavailable,
                      "cannot keep others from reading '" + path + "': " + std::strerror(errno));
  return giveToOwnerOfFolder(path);
}

base::Result<std::optional<std::string>> readWhole(const std::string& path, std::size_t limit) {
  const auto failed = [&path](const std::string& why) {
    return base::fail(base::ErrorCode::Unavailable, "cannot read '" + path + "': " + why);
  };
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return errno == ENOENT ? base::Result<std::optional<std::string>>(std::nullopt) : failed(std::strerror(errno));
  // One byte more, to see whether there is one.
  std::string bytes(limit + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad())
    return failed(std::strerror(errno));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > limit)
    return failed("it has more than " + std::to_string(limit) + " bytes");
  return bytes;
}

std::string readOrEmpty(const std::string& path, std::size_t limit) {
  return readWhole(path, limit).value_or(std::nullopt).value_or("");
}

}  // namespace fanlight::glib
