// SPDX-License-Identifier: Apache-2.0
// The table of settings. A new one is a member in settings.h and a row here.
#include "config/declarations.h"

#include <algorithm>

#include "config/network_kinds.h"
#include "config/number_kinds.h"
#include "config/picture_kinds.h"
#include "config/text_kinds.h"

namespace fanlight::config {
namespace {

base::DeviceId idOfHost(const std::string& hostName) {
  const std::string id = base::toNameId(hostName.substr(0, hostName.find('.')));
  return base::DeviceId(id.empty() ? "fanlight" : id);
}

NameId<base::CameraId> cameraIdKind() {
  return {.reserved = {kReservedCameraIds.begin(), kReservedCameraIds.end()}};
}

Choice<SourceKind> sourceKind() {
  return {{{"auto", SourceKind::Auto},
           {"v4l2", SourceKind::V4l2},
           {"libcamera", SourceKind::Libcamera},
           {"file", SourceKind::File},
           {"test", SourceKind::Test}}};
}

Choice<base::LogLevel> logLevelKind() {
  using enum base::LogLevel;
  return {{{"debug", Debug}, {"info", Info}, {"warning", Warning}, {"error", Error}}};
}

OneOf encoderKind(const Choices& choices) {
  OneOf kind{{"auto"}};
  kind.names.insert(kind.names.end(), choices.encoders.begin(), choices.encoders.end());
  return kind;
}

bool isOfDevice(const Camera& camera) {
  return camera.source != SourceKind::File && camera.source != SourceKind::Test;
}

// The rows read as a table: clang-format would break each its own way.
// clang-format off

std::vector<Setting<Device>> deviceSettings(const std::string& hostName) {
  return {
      setting("id", &Device::id, NameId<base::DeviceId>{},
              "names this device in URLs and topics")
          .defaultsTo("the host's name", [hostName](Device& device) { device.id = idOfHost(hostName); }),
      setting("name", &Device::name, Text{kMaxNameCharacters},
              "what people call this device")
          .defaultsTo("'id'", [](Device& device) { device.name = device.id.value(); }),
      setting("sysfs_root", &Device::sysfsRoot, FilePath{"a folder's whole path, such as '/sys'"},
              "where sysfs is mounted, which tells how hot the board is, and whether its power is low"),
  };
}

std::vector<Setting<Http>> httpSettings() {
  return {
      setting("listen", &Http::listen, AddressList{kMaxListeners},
              "where plain HTTP is served; port 0 picks a free one")
          .demands("name an address where 'tls_listen' names none",
                   [](const Http& http) { return !http.listen.empty() || !http.tlsListen.empty(); }),
      setting("tls_listen", &Http::tlsListen, AddressList{kMaxListeners},
              "where HTTPS is served"),
      setting("certificate", &Http::certificate, FilePath{},
              "PEM file that HTTPS shows, with what vouches for it; none: the device makes its own")
          .demands("come with 'key'", [](const Http& http) { return !http.key.empty(); }),
      setting("key", &Http::key, FilePath{},
              "PEM file of the certificate's key")
          .demands("come with 'certificate'", [](const Http& http) { return !http.certificate.empty(); }),
      setting("hosts", &Http::hosts, HostList{kMaxHosts},
              "further names this device may be called by"),
      setting("origins", &Http::origins, OriginList{kMaxOrigins},
              "other sites whose pages may use this device, with a token or key of their own"),
      setting("trusted_proxies", &Http::trustedProxies, IpList{kMaxProxies},
              "whose 'X-Forwarded-For' and 'X-Forwarded-Proto' are believed"),
      setting("connections", &Http::connections, Integer{1, 10'000},
              "most connections at once"),
      setting("connections_per_address", &Http::connectionsPerAddress, Integer{1, 10'000},
              "most connections at once from one address"),
  };
}

std::vector<Setting<Access>> accessSettings() {
  return {
      setting("fleet_keys", &Access::fleetKeys, PublicKeyList{kMaxFleetKeys},
              "whose tokens (ES256) count beside the device's own"),
  };
}

std::vector<Setting<Limits>> limitsSettings() {
  return {
      setting("viewers", &Limits::viewers, Integer{1, 1000},
              "most sessions at once; a wall of four cameras is four")
          .takesEffect(Applies::AtOnce),
      setting("viewers_per_camera", &Limits::viewersPerCamera, Integer{1, 1000},
              "most sessions at once of one camera")
          .defaultsTo("'viewers'", [](Limits& limits) { limits.viewersPerCamera = limits.viewers; })
          .takesEffect(Applies::AtOnce),
      setting("viewers_per_source", &Limits::viewersPerSource, Integer{1, 1000},
              "most sessions at once from one address")
          .takesEffect(Applies::AtOnce),
  };
}

std::vector<Setting<Log>> logSettings() {
  return {
      setting("level", &Log::level, logLevelKind(),
              "the least that is logged")
          .takesEffect(Applies::AtOnce),
  };
}

std::vector<Setting<Camera>> cameraSettings(const Choices& choices) {
  using namespace std::chrono_literals;
  std::vector<Setting<Camera>> settings{
      setting("id", &Camera::id, cameraIdKind(),
              "names this camera in URLs and topics"),
      setting("name", &Camera::name, Text{kMaxNameCharacters},
              "what people call this camera")
          .defaultsTo("'id'", [](Camera& camera) { camera.name = camera.id.value(); })
          .takesEffect(Applies::AtOnce),
      setting("source", &Camera::source, sourceKind(),
              "where the picture comes from; auto is never the test picture")
          .demands("come with 'file'",
                   [](const Camera& camera) { return camera.source != SourceKind::File || !camera.file.empty(); }),
      setting("device", &Camera::device, CameraDevice{},
              "which camera, where there are several: below '/dev/', or libcamera's id, as 'fanlight devices' lists it")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice)
          .demands("be a file below '/dev/', unless 'source' is 'libcamera'", [](const Camera& camera) {
            return camera.source == SourceKind::Libcamera || camera.device.empty() || isDeviceFile(camera.device);
          }),
      setting("file", &Camera::file, FilePath{},
              "a video that is shown again and again")
          .onlyFor("source 'file'", [](const Camera& camera) { return camera.source == SourceKind::File; }),
      setting("pattern", &Camera::pattern, OneOf{choices.patterns},
              "what the test picture shows")
          .onlyFor("source 'test'", [](const Camera& camera) { return camera.source == SourceKind::Test; }),
      setting("width", &Camera::width, Integer{16, 4096, 2},
              "of the picture as the camera gives it, in pixels"),
      setting("height", &Camera::height, Integer{16, 4096, 2},
              "of the picture as the camera gives it, in pixels"),
      setting("framerate", &Camera::frameRate, FrameRateRange{1, 120},
              "frames a second"),
      setting("min_framerate", &Camera::minFrameRate, Integer{1, 120},
              "rather a smaller picture than fewer frames a second; as 'framerate', no longer exposure in the dark")
          .defaultsTo("10, or 'framerate' if that is less",
                      [](Camera& camera) {
                        camera.minFrameRate = std::min(camera.minFrameRate, camera.frameRate.numerator);
                      })
          .onlyFor("other sources than 'libcamera', which always keeps 'framerate'",
                   [](const Camera& camera) { return camera.source != SourceKind::Libcamera; })
          .demands("be at most 'framerate'",
                   [](const Camera& camera) { return camera.minFrameRate <= camera.frameRate.numerator; }),
      setting("rotate", &Camera::rotate, QuarterTurns{},
              "of the picture, clockwise, in degrees"),
      setting("mirror", &Camera::mirror, Flag{},
              "left and right swapped, after the rotation"),
      setting("bitrate", &Camera::bitrate, BitrateRange{{100'000}, {20'000'000}},
              "of the encoded picture, in bit/s")
          .takesEffect(Applies::AtOnce),
      setting("keyframe_interval", &Camera::keyframeInterval, DurationRange{1s, 60s},
              "the longest time between key frames; joining viewers get theirs at once"),
      setting("frozen_after", &Camera::frozenAfter, DurationRange{0s, 1h},
              "of one and the same picture the camera is started anew, less and less often; 0s: never")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice),
      setting("encoder", &Camera::encoder, encoderKind(choices),
              "auto passes the camera's own H.264 through where it can, else takes the first that works here"),
      setting("controls", &Camera::controls, ControlTable{},
              "the camera's own, as 'fanlight devices' lists them; written [camera.controls]")
          .onlyFor("a camera, not for source 'file' or 'test'", isOfDevice),
  };
  // Its pipeline is made of them.
  for (Setting<Camera>& one : settings)
    if (one.applies == Applies::AtRestart)
      one.applies = Applies::WithNewPicture;
  return settings;
}

// clang-format on

}  // namespace

Declarations declare(const Choices& choices, const std::string& hostName) {
  return {
      .device = {"device", deviceSettings(hostName)},
      .http = {"http", httpSettings()},
      .access = {"access", accessSettings()},
      .limits = {"limits", limitsSettings()},
      .log = {"log", logSettings()},
      .camera = {"camera", cameraSettings(choices)},
  };
}

}  // namespace fanlight::config
