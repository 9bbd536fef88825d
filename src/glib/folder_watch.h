// SPDX-License-Identifier: Apache-2.0
// What comes into a folder, told when it comes (inotify). Owner thread.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "glib/event_source.h"

namespace fanlight::glib {

/// Move-only; silent once it is destroyed.
class FolderWatch {
 public:
  /// A file has come, or who may open it has changed, as udev does with a device's node after it has come. Once for
  /// several at a time.
  using Handler = std::function<void()>;

  FolderWatch() = default;
  /// Unavailable: there is no such folder, or the system has no more watches to give.
  static base::Result<FolderWatch> start(const MainContext& context, const std::string& folder, Handler handler);

 private:
  EventSource events_;  ///< owns the descriptor, too
};

}  // namespace fanlight::glib
