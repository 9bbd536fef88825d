// SPDX-License-Identifier: Apache-2.0
// Making and locking the folder.
#include "access/state_folder.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "glib/atomic_file.h"
#include "glib/owned.h"

namespace fanlight::access {
namespace {

constexpr int kOwnerOnly = 0700;

base::Result<> makeFolder(const std::string& path) {
  if (g_mkdir_with_parents(path.c_str(), kOwnerOnly) == 0)
    return {};
  return base::fail(base::ErrorCode::Unavailable, "cannot make the folder '" + path + "': " + std::strerror(errno));
}

}  // namespace

base::Result<StateFolder> StateFolder::open(const std::string& path) {
  if (auto made = makeFolder(path); !made)
    return tl::unexpected(made.error());
  return StateFolder(path);
}

base::Result<std::optional<std::string>> StateFolder::read(std::string_view name, std::size_t limit) const {
  return glib::readWhole(pathOf(name), limit);
}

base::Result<> StateFolder::write(std::string_view name, std::string_view bytes) const {
  const std::string path = pathOf(name);
  if (auto made = makeFolder(glib::takeString(g_path_get_dirname(path.c_str()))); !made)
    return made;
  return glib::writeAtomically(path, bytes);
}

base::Result<StateLock> StateLock::take(const StateFolder& folder) {
  // Of the folder itself: a file of root's would keep the daemon out, which runs as somebody else.
  const int descriptor = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int locked = -1;
  while (descriptor >= 0 && (locked = ::flock(descriptor, LOCK_EX)) != 0 && errno == EINTR) {
  }
  if (locked == 0)
    return StateLock(descriptor);
  const std::string why = std::strerror(errno);
  if (descriptor >= 0)
    ::close(descriptor);
  return base::fail(base::ErrorCode::Unavailable, "cannot lock '" + folder.path() + "': " + why);
}

StateLock::~StateLock() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

std::string standardStateFolder() {
  const auto fromEnvironment = [](const char* name) {
    const char* value = g_getenv(name);
    return std::string(value ? value : "");
  };
  // systemd gives a list; the unit has one.
  const std::string given = fromEnvironment("STATE_DIRECTORY");
  if (!given.empty())
    return given.substr(0, given.find(':'));
  if (::geteuid() == 0)
    return "/var/lib/fanlight";
  const std::string user = fromEnvironment("XDG_STATE_HOME");
  return (user.starts_with('/') ? user : fromEnvironment("HOME") + "/.local/state") + "/fanlight";
}

}  // namespace fanlight::access
