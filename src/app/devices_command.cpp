// SPDX-License-Identifier: Apache-2.0
// Cameras, encoders and the choice, as lines of text.
#include "app/devices_command.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "audio/sound_devices.h"
#include "board/board_profile.h"
#include "board/encoder_load.h"
#include "board/sensors.h"
#include "config/settings.h"
#include "gst/element.h"
#include "media/capture_source.h"
#include "media/libcamera_controls.h"
#include "media/libcamera_devices.h"
#include "media/libcamera_mode.h"
#include "media/mode_list.h"
#include "media/rendition.h"
#include "media/v4l2_controls.h"
#include "media/v4l2_devices.h"

namespace fanlight::app {
namespace {

/// As a camera without any setting asks for it.
const config::Camera kUsual;

board::EncodeTask usualTask() {
  return media::encodeTask({kUsual.bitrate, kUsual.keyframeInterval, kUsual.encoder},
                           {media::CaptureMode::Format::Raw, kUsual.resolution(), kUsual.frameRate});
}

std::string_view formatName(media::CaptureMode::Format format) {
  switch (format) {
    case media::CaptureMode::Format::Raw:
      return "raw";
    case media::CaptureMode::Format::Mjpeg:
      return "MJPEG";
    case media::CaptureMode::Format::H264:
      return "its own H.264, passed through";
  }
  return "";
}

std::string describe(const media::CaptureMode& mode) {
  return fmt::format("{}x{} at {:.3g} frames/s, {}", mode.resolution.width, mode.resolution.height,
                     mode.frameRate.perSecond(), formatName(mode.format));
}

std::string_view describe(board::Proof proof) {
  switch (proof) {
    case board::Proof::Hardware:
      return "proven on such a board";
    case board::Proof::Emulation:
      return "proven against an emulated driver";
    case board::Proof::Source:
      return "by what is written about it, tried on none so far";
  }
  return "";
}

void printControls(const std::string& path) {
  const auto controls = media::listV4l2Controls(path);
  if (!controls)
    return fmt::print("    {}\n", controls.error().message);
  for (const media::V4l2Control& control : *controls)
    fmt::print("    controls.{} = {}\n", control.name, describeRange(control));
}

void printCamera(const media::V4l2Device& camera) {
  fmt::print("  {}, {}\n", camera.path, camera.id);
  if (camera.isPartOfCamera)
    return fmt::print("    a part of a camera that libcamera is for\n");
  for (const std::string& line : media::listModes(camera.caps.get()))
    fmt::print("    {}\n", line);
  const auto mode = media::chooseMode(camera.caps.get(), media::wishOf(kUsual, true));
  fmt::print("    taken where nothing else is set: {}\n", mode ? describe(*mode) : "nothing that we can read");
  printControls(camera.path);
}

void printLibcamera(const media::LibcameraDevice& camera) {
  fmt::print("  device = \"{}\"\n", camera.id);
  for (const std::string& line : media::listModes(camera.caps.get()))
    fmt::print("    {}\n", line);
  const auto mode = media::chooseLibcameraMode(camera.caps.get(), kUsual.resolution(), media::libcameraWidths());
  fmt::print("    taken where nothing else is set: {}\n",
             mode ? fmt::format("{}x{}, {}", mode->resolution.width, mode->resolution.height, mode->format)
                  : "nothing that we can read");
}

void printLibcameraControls(const media::LibcameraVersion& version) {
  const auto element = gst::makeElement("libcamerasrc");
  const auto controls = element ? media::listLibcameraControls(element->get()) : std::vector<media::LibcameraControl>();
  if (controls.empty())
    return fmt::print("  libcamera {} lets no controls be set; 0.4.0 and later do\n", media::toText(version));
  fmt::print("  controls that libcamera {} lets be set, where the camera has them\n", media::toText(version));
  for (const media::LibcameraControl& control : controls)
    fmt::print("    controls.{} = {}\n", control.name, control.range);
}

void printLibcameras() {
  fmt::print("Cameras of libcamera (source = \"libcamera\")\n");
  auto cameras = media::listLibcameraDevices();
  if (!cameras)
    return fmt::print("  {}\n", cameras.error().message);
  // Those stand above.
  std::erase_if(*cameras, [](const media::LibcameraDevice& camera) { return camera.isUsbCamera; });
  if (cameras->empty())
    return fmt::print("  none\n");
  for (const media::LibcameraDevice& camera : *cameras)
    printLibcamera(camera);
  printLibcameraControls(media::installedLibcamera().value_or(media::LibcameraVersion()));
}

void printCameras() {
  fmt::print("Cameras\n");
  const auto cameras = media::listV4l2Devices();
  for (const media::V4l2Device& camera : cameras)
    printCamera(camera);
  if (cameras.empty())
    fmt::print("  none; who is not in the group 'video' sees none either\n");
  printLibcameras();
}

void printSoundDevices(std::string_view title, audio::Way way) {
  fmt::print("{}\n", title);
  const auto devices = audio::listAlsaDevices(way);
  for (const audio::SoundDevice& device : devices)
    fmt::print("  {:12} {}\n", device.device, device.name);
  if (devices.empty())
    fmt::print("  none; who is not in the group 'audio' sees none either\n");
}

void printSound() {
  printSoundDevices("Microphones, for microphone = \"alsa\"", audio::Way::In);
  printSoundDevices("Speakers, for speaker = \"alsa\"", audio::Way::Out);
  fmt::print("PulseAudio or PipeWire, for microphone or speaker = \"pulse\": {}\n",
             audio::hasPulseServer() ? "there" : "not for this user");
}

std::string loadText(const board::Encoder& encoder, const board::EncodeTask& task) {
  const auto load = board::measureEncoderLoad(encoder, task);
  if (!load)
    return "works";
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  if (*load > cores)
    return fmt::format("works, but not in time: it would take {:.0f} % of a core, and there are {}", *load * 100,
                       cores);
  return fmt::format("works, expect {:.0f} % of a core", *load * 100);
}

void printEncoder(board::EncoderProbe& probe, const board::Encoder& encoder, const board::EncodeTask& task) {
  const auto works = probe.judge(encoder, task);
  fmt::print("  {:12} {}\n", encoder.kind->name,
             works ? loadText(encoder, task) : "does not work: " + works.error().message);
  fmt::print("               {}\n", encoder.reason);
}

void printEncoders(const board::BoardProfile& profile) {
  const board::EncodeTask task = usualTask();
  board::EncoderProbe probe(board::encodersOf(profile));
  fmt::print("Encoders, in the order in which 'auto' tries them, at {}x{} and {:.0f} frames/s\n", task.resolution.width,
             task.resolution.height, task.frameRate.perSecond());
  for (const board::Encoder& encoder : probe.encoders())
    printEncoder(probe, encoder, task);
  const auto chosen = probe.choose("auto", task);
  if (!chosen)
    return fmt::print("  'auto' finds none that works\n");
  fmt::print("  'auto' takes {}, the first that works{}\n", (*chosen)->kind->name,
             (*chosen)->kind->isSoftware ? "; it is software" : "");
}

std::string yesOrNo(const std::optional<bool>& is) {
  return !is ? "not told here" : *is ? "yes" : "no";
}

void printSensors(const board::HeatLimits& limits) {
  fmt::print("Heat and power\n");
  board::Sensors sensors = board::Sensors::find("/sys", limits);
  if (sensors.empty())
    return fmt::print("  nothing here tells of them\n");
  for (const std::string& line : sensors.describe())
    fmt::print("  {}\n", line);
  const board::Readings readings = sensors.read();
  for (const board::Temperature& zone : readings.temperatures)
    fmt::print("  now: {} is at {:.1f} °C\n", zone.zone, zone.celsius);
  fmt::print("  now: under-voltage {}, throttled {}, clock capped {}\n", yesOrNo(readings.isUnderVoltage),
             yesOrNo(readings.isThrottled), yesOrNo(readings.isFrequencyCapped));
}

}  // namespace

ExitCode runDevices() {
  const board::Machine machine = board::lookAtMachine();
  const board::BoardProfile& profile = board::profileOf(machine);
  fmt::print("Board\n  {}\n  profile '{}' ({}), {}\n", machine.model.empty() ? "without a name" : machine.model,
             profile.id, profile.name, describe(profile.proof));
  printSensors(profile.heat);
  printCameras();
  printSound();
  printEncoders(profile);
  return ExitCode::Ok;
}

}  // namespace fanlight::app
