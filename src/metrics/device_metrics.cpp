// SPDX-License-Identifier: Apache-2.0
// Figures to metrics. Names follow Prometheus' rules: base units, `_total` for what only grows; labels take their
// values from closed lists, the settings and the viewers that there are, and never from what a stranger sends.
#include "metrics/device_metrics.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "metrics/metric_family.h"

namespace fanlight::metrics {
namespace {

using telemetry::CameraFigures;
using telemetry::Count;
using telemetry::DeliveryFigures;
using telemetry::DeviceFigures;
using telemetry::EncodeFigures;
using telemetry::ProcessFigures;
using telemetry::SensorFigures;
using telemetry::ViewerFigures;

void put(Families& to, const MetricFamily& family) {
  if (!family.isEmpty())
    to.push_back(family.raw());
}

template <class Value>
void putOne(Families& to, MetricFamily family, const Value& value) {
  family.add({}, value);
  put(to, family);
}

Labels labelsOf(const CameraFigures& camera) {
  return {{"camera", camera.id.value()}};
}
Labels labelsOf(const ViewerFigures& viewer) {
  return {{"camera", viewer.camera.value()}, {"session", viewer.session}};
}

/// A series for each of `all`.
template <class Figures, class ValueOf>
void putEach(Families& to, const std::vector<Figures>& all, MetricFamily family, ValueOf valueOf) {
  for (const Figures& one : all)
    family.add(labelsOf(one), valueOf(one));
  put(to, family);
}

/// What is counted of each viewer, and of all viewers of a camera.
struct DeliveryCounter {
  const char* name;
  const char* help;
  Count DeliveryFigures::*member;
};
constexpr std::array kDeliveryCounters{
    DeliveryCounter{"sent_frames_total", "Pictures handed to the connection", &DeliveryFigures::frames},
    DeliveryCounter{"sent_bytes_total", "H.264 handed to the connection", &DeliveryFigures::bytes},
    DeliveryCounter{"dropped_frames_total", "Pictures left out because the queue was full, up to the next key frame",
                    &DeliveryFigures::droppedFrames},
    DeliveryCounter{"sent_packets_total", "RTP packets of video, as of the last sender report",
                    &DeliveryFigures::packets},
    DeliveryCounter{"lost_packets_total", "RTP packets that never came, as of the last receiver report",
                    &DeliveryFigures::lostPackets},
    DeliveryCounter{"resent_packets_total", "RTP packets sent once more on request", &DeliveryFigures::resentPackets},
    DeliveryCounter{"nacks_total", "Requests to send packets once more", &DeliveryFigures::nacks},
};

/// `prefix` and `whom` say of whom; `sentTo` finds it.
template <class Figures, class SentTo>
void putDelivery(Families& to, const std::vector<Figures>& all, const std::string& prefix, const std::string& whom,
                 SentTo sentTo) {
  for (const DeliveryCounter& one : kDeliveryCounters)
    putEach(to, all, MetricFamily::counter(prefix + one.name, one.help + whom),
            [&one, sentTo](const Figures& figures) { return sentTo(figures).*one.member; });
  auto requests = MetricFamily::counter(prefix + "key_frame_requests_total",
                                        "Key frames asked for by RTCP, by the message that asks" + whom);
  for (const Figures& one : all) {
    requests.add(with(labelsOf(one), "kind", "pli"), sentTo(one).plis);
    requests.add(with(labelsOf(one), "kind", "fir"), sentTo(one).firs);
  }
  put(to, requests);
}

void putEncode(Families& to, const std::vector<CameraFigures>& cameras) {
  const auto count = [&to, &cameras](const char* name, const char* help, Count EncodeFigures::*member) {
    putEach(to, cameras, MetricFamily::counter(name, help),
            [member](const CameraFigures& camera) { return camera.encode.*member; });
  };
  count("fanlight_camera_frames_total", "Encoded pictures", &EncodeFigures::frames);
  count("fanlight_camera_bytes_total", "Encoded pictures, in bytes of H.264", &EncodeFigures::bytes);
  count("fanlight_camera_key_frames_total", "Encoded pictures that one may begin with", &EncodeFigures::keyFrames);
  count("fanlight_camera_late_frames_total", "Raw pictures dropped because the encoder was still busy",
        &EncodeFigures::lateFrames);
  count("fanlight_camera_encoder_key_frame_requests_total", "Key frames that the encoder was asked for",
        &EncodeFigures::encoderAsks);
  auto askers = MetricFamily::counter("fanlight_camera_key_frame_requests_total",
                                      "Key frames wanted, by who wants one: who joins, a viewer's PLI or FIR, a viewer "
                                      "whose queue was full; several are one for the encoder");
  for (const CameraFigures& camera : cameras)
    askers.add(
        labelsOf(camera), "asker",
        telemetry::Counts{
            {"join", camera.encode.joins}, {"viewer", camera.encode.asks}, {"overflow", camera.encode.overflows}});
  put(to, askers);
}

void putEncoder(Families& to, const std::vector<CameraFigures>& cameras) {
  auto info = MetricFamily::gauge("fanlight_camera_encoder_info", "What encodes; always 1");
  for (const CameraFigures& camera : cameras)
    if (!camera.encoderKind.empty())
      info.add(with(with(labelsOf(camera), "encoder", camera.encoder), "kind", camera.encoderKind), 1);
  put(to, info);
  putEach(to, cameras,
          MetricFamily::gauge("fanlight_camera_encoder_cpu_ratio", "CPU time that encoding takes, of one core"),
          [](const CameraFigures& camera) { return camera.encoderCores; });
}

void putState(Families& to, const std::vector<CameraFigures>& cameras) {
  putEach(to, cameras, MetricFamily::gauge("fanlight_camera_state", "1 for the state that the camera is in"),
          [](const CameraFigures& camera) { return camera.state; });
  putEach(to, cameras,
          MetricFamily::gauge("fanlight_camera_last_frame_age_seconds", "Time since the last encoded picture"),
          [](const CameraFigures& camera) { return camera.sinceLastFrame; });
  putEach(to, cameras,
          MetricFamily::gauge("fanlight_camera_frozen", "1 while the camera gives one picture again and again"),
          [](const CameraFigures& camera) { return camera.isFrozen ? 1 : 0; });
  putEach(to, cameras,
          MetricFamily::gauge("fanlight_camera_pace_ratio",
                              "Share of its pictures that it gives; below 1 while a hot or weak board is spared"),
          [](const CameraFigures& camera) { return camera.paceRatio; });
  putEach(to, cameras, MetricFamily::gauge("fanlight_camera_width_pixels", "Width of its pictures"),
          [](const CameraFigures& camera) { return camera.resolution.width; });
  putEach(to, cameras, MetricFamily::gauge("fanlight_camera_height_pixels", "Height of its pictures"),
          [](const CameraFigures& camera) { return camera.resolution.height; });
  putEach(to, cameras, MetricFamily::gauge("fanlight_camera_frame_rate_hertz", "Pictures a second, as it was set up"),
          [](const CameraFigures& camera) { return camera.frameRate.perSecond(); });
}

void putCameras(Families& to, const std::vector<CameraFigures>& cameras) {
  putState(to, cameras);
  putEncode(to, cameras);
  putEncoder(to, cameras);
  putEach(to, cameras, MetricFamily::counter("fanlight_camera_starts_total", "Starts of the camera's pipeline"),
          [](const CameraFigures& camera) { return camera.starts; });
  auto restarts =
      MetricFamily::counter("fanlight_camera_restarts_total", "Starts because of a fault, by what was started anew");
  for (const CameraFigures& camera : cameras)
    restarts.add(labelsOf(camera), "rung", camera.restarts);
  put(to, restarts);
  putEach(to, cameras, MetricFamily::counter("fanlight_camera_sessions_total", "Sessions of viewers that were let in"),
          [](const CameraFigures& camera) { return camera.sessions; });
  putDelivery(to, cameras, "fanlight_camera_viewers_", ", all viewers together, those that have left too",
              [](const CameraFigures& camera) -> const DeliveryFigures& { return camera.sent; });
}

void putWay(Families& to, const std::vector<ViewerFigures>& viewers) {
  putEach(to, viewers, MetricFamily::gauge("fanlight_viewer_round_trip_seconds", "Round trip, by the viewer's reports"),
          [](const ViewerFigures& viewer) { return viewer.peer.way.roundTrip; });
  putEach(to, viewers, MetricFamily::gauge("fanlight_viewer_jitter_seconds", "Jitter of arrival, by its reports"),
          [](const ViewerFigures& viewer) { return viewer.peer.way.jitter; });
  putEach(to, viewers,
          MetricFamily::gauge("fanlight_viewer_loss_ratio", "Packets lost between its last two reports, of 1"),
          [](const ViewerFigures& viewer) { return viewer.peer.way.lossRatio; });
  auto path = MetricFamily::gauge("fanlight_viewer_path_info", "The pair of candidates that ICE has chosen; always 1");
  for (const ViewerFigures& viewer : viewers)
    if (const auto& chosen = viewer.peer.way.path)
      path.add(with(with(with(labelsOf(viewer), "local", chosen->local), "remote", chosen->remote), "protocol",
                    chosen->protocol),
               1);
  put(to, path);
}

void putViewers(Families& to, const std::vector<ViewerFigures>& viewers) {
  putEach(to, viewers, MetricFamily::gauge("fanlight_viewer_state", "1 for the state that the viewer's session is in"),
          [](const ViewerFigures& viewer) { return viewer.state; });
  putEach(to, viewers, MetricFamily::gauge("fanlight_viewer_age_seconds", "Time since the viewer's offer"),
          [](const ViewerFigures& viewer) { return std::chrono::duration<double>(viewer.age); });
  putDelivery(to, viewers, "fanlight_viewer_", "",
              [](const ViewerFigures& viewer) -> const DeliveryFigures& { return viewer.peer.sent; });
  putWay(to, viewers);
}

void putProcess(Families& to, const ProcessFigures& process) {
  // The names that Prometheus' own clients have for them.
  putOne(to, MetricFamily::counter("process_cpu_seconds_total", "User and system CPU time"), process.cpu);
  putOne(to, MetricFamily::gauge("process_start_time_seconds", "Start since 1970, by the clock as it is now"),
         process.startedAt);
  putOne(to, MetricFamily::gauge("process_resident_memory_bytes", "Resident memory"), process.residentBytes);
  putOne(to, MetricFamily::gauge("process_virtual_memory_bytes", "Virtual memory"), process.virtualBytes);
  putOne(to, MetricFamily::gauge("process_open_fds", "Open file descriptors"), process.descriptors);
  putOne(to, MetricFamily::gauge("process_max_fds", "File descriptors that may be open"), process.maxDescriptors);
  putOne(to, MetricFamily::gauge("process_threads", "Threads"), process.threads);
}

void putBroker(Families& to, const DeviceFigures::Broker& broker) {
  putOne(to, MetricFamily::gauge("fanlight_mqtt_connected", "1 while the broker has let the device in"),
         broker.isConnected ? 1 : 0);
  auto refusals = MetricFamily::counter("fanlight_mqtt_messages_refused_total",
                                        "Messages of viewers by the broker that were refused, by reason");
  refusals.add({}, "reason", broker.refusals);
  put(to, refusals);
}

void putDevice(Families& to, const DeviceFigures& device) {
  auto build = MetricFamily::gauge("fanlight_build_info", "The version; always 1");
  build.add(with({}, "version", device.version), 1);
  put(to, build);
  putOne(to, MetricFamily::gauge("fanlight_http_connections", "Open connections, WebSockets among them"),
         device.connections);
  if (device.broker)
    putBroker(to, *device.broker);
  auto refusals = MetricFamily::counter("fanlight_sessions_refused_total", "Offers of viewers refused, by reason");
  refusals.add({}, "reason", device.refusals);
  put(to, refusals);
  auto ends = MetricFamily::counter("fanlight_sessions_ended_total", "Sessions of viewers that ended, by reason");
  ends.add({}, "reason", device.ends);
  put(to, ends);
  auto restarts = MetricFamily::counter("fanlight_restarts_total",
                                        "Restarts because of a fault since the machine started, by rung");
  restarts.add({}, "rung", device.restarts);
  put(to, restarts);
  auto troubles =
      MetricFamily::gauge("fanlight_trouble", "1 while this is wrong, by the name of the event that it began with");
  for (const auto& [name, isSo] : device.troubles)
    troubles.add(with({}, "event", name), isSo ? 1 : 0);
  put(to, troubles);
  auto temperatures = MetricFamily::gauge("fanlight_board_temperature_celsius", "Temperature, by sensor");
  for (const SensorFigures& sensor : device.temperatures)
    temperatures.add(with({}, "sensor", sensor.name), sensor.celsius);
  put(to, temperatures);
}

}  // namespace

Families familiesOf(const DeviceFigures& figures) {
  Families families;
  putDevice(families, figures);
  if (figures.process)
    putProcess(families, *figures.process);
  putCameras(families, figures.cameras);
  putViewers(families, figures.viewers);
  return families;
}

}  // namespace fanlight::metrics
