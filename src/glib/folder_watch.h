// SPDX-License-Identifier: Apache-2.0
// What comes into a folder, told when it comes (inotify, by GIO). Owner thread: the one whose default context is
// current.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "glib/ref.h"
#include "glib/signal_connection.h"

namespace fanlight::glib {

template <>
struct RefTraits<GFile> : GObjectRefTraits<GFile> {};
template <>
struct RefTraits<GFileMonitor> : GObjectRefTraits<GFileMonitor> {};

/// Move-only; silent once it is destroyed.
class FolderWatch {
 public:
  /// A file has come, or who may open it has changed, as udev does with a device's node after it has come.
  using Handler = std::function<void()>;

  FolderWatch() = default;
  /// Unavailable: there is no such folder, or the system has no more watches to give.
  static base::Result<FolderWatch> start(const std::string& folder, Handler handler);

 private:
  Ref<GFileMonitor> monitor_;
  SignalConnection changed_;
};

}  // namespace fanlight::glib
