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

namespace fanlight::glib {
namespace {

constexpr std::uint32_t kEvents = IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;

/// Closed with this. Where something fails, `errno` says why until the next call.
class Inotify {
 public:
  Inotify() : descriptor_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;
  ~Inotify() {
    if (descriptor_ >= 0)
      ::close(descriptor_);
  }
  bool watch(const std::string& folder) const { return ::inotify_add_watch(descriptor_, folder.c_str(), kEvents) >= 0; }
  /// Takes what has happened so far.
  void drain() const {
    std::array<char, 4096> events;
    while (::read(descriptor_, events.data(), events.size()) > 0) {
    }
  }
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

}  // namespace

base::Result<FolderWatch> FolderWatch::start(const MainContext& context, const std::string& folder, Handler handler) {
  const auto inotify = std::make_shared<const Inotify>();
  if (inotify->descriptor() < 0 || !inotify->watch(folder))
    return base::fail(base::ErrorCode::Unavailable,
                      fmt::format("'{}' cannot be watched: {}", folder,
                                  errno == ENOENT ? "there is no such folder" : std::strerror(errno)));
  FolderWatch watch;
  watch.events_ =
      EventSource::descriptor(context, inotify->descriptor(), G_IO_IN, [inotify, handler = std::move(handler)] {
        inotify->drain();
        handler();
        return Continue::Yes;
      });
  return watch;
}

}  // namespace fanlight::glib
