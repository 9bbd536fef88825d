// SPDX-License-Identifier: Apache-2.0
// Devices as the plugin's device provider tells them, which is named alike in all versions.
#include "media/libcamera_devices.h"

#include <charconv>

#include <fmt/format.h>

#include "gst/element.h"

namespace fanlight::media {
namespace {

constexpr const char* kElement = "libcamerasrc";
constexpr const char* kProvider = "libcameraprovider";

/// Takes a number from the beginning of the text.
std::optional<int> takeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0)
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool takeDot(std::string_view& text) {
  if (!text.starts_with('.'))
    return false;
  text.remove_prefix(1);
  return true;
}

/// "046d:0825".
bool isProduct(std::string_view text) {
  constexpr std::size_t kColon = 4;
  return text.size() == 2 * kColon + 1 && text[kColon] == ':' &&
         text.find_first_not_of("0123456789abcdef:") == std::string_view::npos;
}

/// "1.4:1.0".
bool isInterface(std::string_view text) {
  return text.find(':') != std::string_view::npos && text.find_first_not_of("0123456789.:") == std::string_view::npos;
}

}  // namespace

std::optional<LibcameraVersion> parseLibcameraVersion(std::string_view text) {
  const auto major = takeNumber(text);
  if (!major || !takeDot(text))
    return std::nullopt;
  const auto minor = takeNumber(text);
  if (!minor)
    return std::nullopt;
  const auto patch = takeDot(text) ? takeNumber(text) : std::optional<int>(0);
  return LibcameraVersion{*major, *minor, patch.value_or(0)};
}

std::string toText(const LibcameraVersion& version) {
  return fmt::format("{}.{}.{}", version.major, version.minor, version.patch);
}

std::optional<LibcameraVersion> installedLibcamera() {
  const auto factory = gst::Ref<GstElementFactory>::adopt(gst_element_factory_find(kElement));
  if (!factory)
    return std::nullopt;
  const auto plugin = gst::Ref<GstPlugin>::adopt(gst_plugin_feature_get_plugin(GST_PLUGIN_FEATURE(factory.get())));
  return plugin ? parseLibcameraVersion(gst_plugin_get_version(plugin.get())) : std::nullopt;
}

std::string nameOfLibcamera(std::string_view id) {
  const std::string_view last = id.substr(id.rfind('/') + 1);
  return std::string(last.substr(0, last.find('@')));
}

bool isIdOfUsbCamera(std::string_view id) {
  const std::size_t product = id.rfind('-');
  if (product == std::string_view::npos || !isProduct(id.substr(product + 1)))
    return false;
  const std::string_view place = id.substr(0, product);
  const std::size_t interface = place.rfind('-');
  return interface != std::string_view::npos && isInterface(place.substr(interface + 1));
}

base::Result<std::vector<LibcameraDevice>> listLibcameraDevices() {
  const auto provider = gst::Ref<GstDeviceProvider>::adopt(gst_device_provider_factory_get_by_name(kProvider));
  if (!provider)
    return base::fail(base::ErrorCode::Unsupported,
                      "GStreamer's plugin of libcamera is not installed; Debian's packages of it are "
                      "'gstreamer1.0-libcamera' and 'libcamera-ipa'");
  const std::lock_guard turn(libcameraTurn());
  std::vector<LibcameraDevice> devices;
  for (const auto& device : gst::takeList<GstDevice>(gst_device_provider_get_devices(provider.get()))) {
    std::string id = glib::takeString(gst_device_get_display_name(device.get()));
    const bool isUsbCamera = isIdOfUsbCamera(id);
    devices.push_back({std::move(id), gst::Ref<GstCaps>::adopt(gst_device_get_caps(device.get())), isUsbCamera});
  }
  return devices;
}

std::mutex& libcameraTurn() {
  static std::mutex turn;
  return turn;
}

}  // namespace fanlight::media
