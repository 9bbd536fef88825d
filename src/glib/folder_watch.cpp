// SPDX-License-Identifier: Apache-2.0
// Not GFileMonitor, which asks for every kind of event and then drops most: in /dev it would be woken by each program
// of the machine that writes to /dev/null.
#include "glib/folder_watch.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/file_descriptor.h"

namespace fanlight::glib {
namespace {

constexpr std::uint32_t kEvents = IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;

/// Takes what has happened so far.
void drain(const base::FileDescriptor& inotify) {
  std::array<char, 4096> events;
  while (::read(inotify.get(), events.data(), events.size()) > 0) {
  }
}

}  // namespace

base::Result<FolderWatch> FolderWatch::start(const MainContext& context, const std::string& folder, Handler handler) {
  const auto inotify = std::make_shared<const base::FileDescriptor>(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (inotify->get() < 0 || ::inotify_add_watch(inotify->get(), folder.c_str(), kEvents) < 0)
    return base::fail(base::ErrorCode::Unavailable,
                      fmt::format("'{}' cannot be watched: {}", folder,
                                  errno == ENOENT ? "there is no such folder" : std::strerror(errno)));
  FolderWatch watch;
  watch.events_ = EventSource::descriptor(context, inotify->get(), G_IO_IN, [inotify, handler = std::move(handler)] {
    drain(*inotify);
    handler();
    return Continue::Yes;
  });
  return watch;
}

}  // namespace fanlight::glib
