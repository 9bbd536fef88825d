// SPDX-License-Identifier: Apache-2.0
// The V4L2 cameras of this machine, as GStreamer's device provider sees them (memory-to-memory nodes are not among
// them), and which of them a camera's settings mean. Any thread, where nothing else is said.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

struct V4l2Device {
  std::string path;  ///< "/dev/video0"; the kernel gives a camera that comes back whichever number is free
  std::string name;  ///< the card's
  std::string bus;   ///< where it is plugged in (VIDIOC_QUERYCAP), "usb-0000:00:14.0-1"; empty where its driver is mute
  gst::Ref<GstCaps> caps;
  std::string id;  ///< the same whenever it is plugged in there, whatever its path is then; for people as well
  /// One of several nodes of a camera that gives no picture until all of them are set up together (V4L2_CAP_IO_MC), as
  /// libcamera does.
  bool isPartOfCamera = false;
};

/// Blocks, since it opens each one: workers only. In the order of their numbers.
std::vector<V4l2Device> listV4l2Devices();

/// Gives all devices that there are their ids. A board with several nodes of one name (colour and infrared, say) has
/// them told apart by their order, which the kernel keeps.
std::vector<V4l2Device> identify(std::vector<V4l2Device> devices);

/// Looks for devices again and again, which costs nothing while none came or went: to list them wakes each one up. One
/// that could not be opened is tried again when its node changes, as when udev gives us the right to. Owner thread.
class V4l2Lookout {
 public:
  explicit V4l2Lookout(std::string folder = "/dev") : folder_(std::move(folder)) {}
  /// What there is now; none where that is what there was at the last look. Blocks like listV4l2Devices().
  std::optional<std::vector<V4l2Device>> look();

 private:
  /// When each node was last changed, in nanoseconds of wall time, compared with itself alone.
  using Nodes = std::map<std::string, std::int64_t>;
  Nodes nodes() const;

  const std::string folder_;
  std::optional<Nodes> last_;
};

bool hasCameraForLibcamera(const std::vector<V4l2Device>& devices);

/// Whether the settings leave this device to their camera: part of one only where they name it. A link below /dev/v4l/
/// means the device that it leads to.
bool isMeant(const V4l2Device& device, const config::Camera& settings);

}  // namespace fanlight::media
