// SPDX-License-Identifier: Apache-2.0
// The cameras that libcamera gives, as its GStreamer plugin lists them. Nothing of libcamera is linked: its interface
// changes with every version. Any thread, where nothing else is said.
#pragma once

#include <compare>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

struct LibcameraVersion {
  int major = 0;
  int minor = 0;
  int patch = 0;
  auto operator<=>(const LibcameraVersion&) const = default;
};
/// "0.5.2", "0.7.1+rpt20260429"; none where it does not begin with two numbers.
std::optional<LibcameraVersion> parseLibcameraVersion(std::string_view text);
/// "0.4.0".
std::string toText(const LibcameraVersion& version);

/// Of the plugin that is installed, without loading it; none where none is.
std::optional<LibcameraVersion> installedLibcamera();

struct LibcameraDevice {
  std::string id;            ///< "/base/soc/i2c0mux/i2c@1/imx708@1a": where it is connected, and what it is
  gst::Ref<GstCaps> caps;    ///< sizes and formats; libcamera tells no frame rates
  bool isUsbCamera = false;  ///< V4L2 gives it as well, with its frame rates and its own H.264
};

/// All of them. Fails with Unsupported where the plugin is missing. Blocks: workers only.
base::Result<std::vector<LibcameraDevice>> listLibcameraDevices();

/// What people call the camera of this id: "imx708".
std::string nameOfLibcamera(std::string_view id);

/// libcamera's 'uvcvideo' ends its ids in the device's ports, configuration, interface, vendor and product.
bool isIdOfUsbCamera(std::string_view id);

/// Held while a pipeline with a libcamerasrc starts or ends. The plugin makes libcamera's one manager of cameras when
/// it is needed and destroys it when nobody needs it any more; libcamera aborts the process where a second is made
/// while the first is still ending.
std::mutex& libcameraTurn();

}  // namespace fanlight::media
