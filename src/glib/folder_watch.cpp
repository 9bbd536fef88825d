// SPDX-License-Identifier: Apache-2.0
// GFileMonitor, of whose events two count.
#include "glib/folder_watch.h"

#include <fmt/format.h>

#include "glib/owned.h"

namespace fanlight::glib {

base::Result<FolderWatch> FolderWatch::start(const std::string& folder, Handler handler) {
  const auto file = Ref<GFile>::adopt(g_file_new_for_path(folder.c_str()));
  FolderWatch watch;
  // GIO would watch what does not exist by looking for it every few seconds.
  if (!g_file_test(folder.c_str(), G_FILE_TEST_IS_DIR))
    return base::fail(base::ErrorCode::Unavailable,
                      fmt::format("'{}' cannot be watched: there is no such folder", folder));
  ErrorOut error;
  watch.monitor_ =
      Ref<GFileMonitor>::adopt(g_file_monitor_directory(file.get(), G_FILE_MONITOR_NONE, nullptr, error.out()));
  if (!watch.monitor_)
    return base::fail(base::ErrorCode::Unavailable, fmt::format("'{}' cannot be watched: {}", folder, error.message()));
  using Changed = void(GFileMonitor*, GFile*, GFile*, GFileMonitorEvent);
  watch.changed_ = connectDirect<Changed>(
      watch.monitor_.get(), "changed",
      [handler = std::move(handler)](GFileMonitor*, GFile*, GFile*, GFileMonitorEvent event) {
        if (event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
          handler();
      });
  return watch;
}

}  // namespace fanlight::glib
