// SPDX-License-Identifier: Apache-2.0
#include "app/camera_look.h"

#include <chrono>

#include <fmt/format.h>

#include "media/rendition.h"

namespace fanlight::app {
namespace {

using session::Finding;
using session::FindingCause;
using State = media::Camera::State;
using Verdict = Finding::Verdict;

FindingCause causeOf(base::ErrorCode trouble) {
  switch (trouble) {
    case base::ErrorCode::NotFound:
      return FindingCause::CameraMissing;
    case base::ErrorCode::Busy:
      return FindingCause::CameraBusy;
    case base::ErrorCode::InvalidArgument:
    case base::ErrorCode::Unsupported:
      return FindingCause::CameraSettings;
    case base::ErrorCode::Timeout:
      return FindingCause::CameraSilent;
    case base::ErrorCode::Unavailable:
    case base::ErrorCode::Internal:
      break;
  }
  return FindingCause::CameraTrouble;
}

std::string adviceFor(FindingCause cause) {
  switch (cause) {
    case FindingCause::CameraMissing:
      return "plug it in, or compare 'device' with what 'fanlight devices' lists";
    case FindingCause::CameraBusy:
      return "if it is Fanlight itself that has it, the page tells how it does; else end the other program";
    case FindingCause::CameraSettings:
      return "compare its settings with what 'fanlight devices' lists";
    case FindingCause::CameraSilent:
      return "unplug it and plug it in again; 'dmesg' tells what its driver says";
    default:
      return "'dmesg' tells what its driver says; the service's user must be in the group 'video'";
  }
}

/// Of one that gives pictures.
Finding ofEncoder(const CameraFacts& facts, const std::string& name) {
  const auto& use = facts.encoder;
  if (!use || !use->kind)
    return {Verdict::Ok, "encoder", name + " gives H.264 itself, which is passed through", "", {}};
  if (!use->kind->isSoftware)
    return {Verdict::Ok, "encoder", fmt::format("{} is encoded by {}", name, use->kind->name), "", {}};
  return {Verdict::Ok, "encoder", fmt::format("{} is encoded by {}, in software", name, use->kind->name),
          "'fanlight devices' tells what that takes, and which hardware would do it", FindingCause::EncoderSoftware};
}

/// None: its encoder works, or it needs none.
std::optional<Finding> whyNotEncoded(const CameraFacts& facts, const std::string& name, board::EncoderProbe& encoders) {
  const config::Camera& settings = facts.settings;
  const auto task = media::encodeTask({settings.bitrate, settings.keyframeInterval, settings.encoder}, facts.mode);
  if (const auto chosen = encoders.choose(settings.encoder, task); !chosen)
    return Finding{Verdict::Broken, "encoder", fmt::format("of {}: {}", name, chosen.error().message),
                   "set 'encoder' to \"auto\", or to one that 'fanlight devices' says works here",
                   FindingCause::EncoderUnusable};
  return std::nullopt;
}

}  // namespace

bool CameraLook::isOver() const {
  return camera_.state() == State::Live || camera_.state() == State::Away || clock_.now() - began_ >= kLongest;
}

CameraFacts CameraLook::facts() const {
  return {camera_.settings(), camera_.state(),   camera_.trouble(),
          camera_.mode(),     camera_.encoder(), clock_.now() - began_};
}

session::Findings judge(const CameraFacts& facts, board::EncoderProbe& encoders) {
  const auto name = fmt::format("'{}'", facts.settings.id.value());
  if (facts.state == State::Live) {
    const media::CaptureMode& mode = facts.mode;
    return {{Verdict::Ok,
             "camera",
             fmt::format("{} gives {}x{} at {:.3g} frames/s, the first picture after {:.1f} s", name,
                         mode.resolution.width, mode.resolution.height, mode.frameRate.perSecond(),
                         std::chrono::duration<double>(facts.after).count()),
             "",
             {}},
            ofEncoder(facts, name)};
  }
  const base::Error trouble = facts.trouble.value_or(base::Error{base::ErrorCode::Timeout, "gives no picture"});
  const FindingCause cause = causeOf(trouble.code);
  // To try an encoder takes the time of the processor: not where it is plain that it did not come to that.
  const bool hasBegun = cause != FindingCause::CameraMissing && cause != FindingCause::CameraBusy;
  if (auto encoder = hasBegun ? whyNotEncoded(facts, name, encoders) : std::nullopt)
    return {{Verdict::Untried, "camera", name + " cannot be tried without its encoder", "",
             FindingCause::CameraWithoutEncoder},
            std::move(*encoder)};
  return {{Verdict::Broken, "camera", fmt::format("{}: {}", name, trouble.message), adviceFor(cause), cause}};
}

session::Finding noCamera() {
  return {Verdict::Broken, "camera", "none is configured, and none is found",
          "plug one in; 'fanlight devices' lists what there is, and who is not in the group 'video' sees none",
          FindingCause::NoCamera};
}

}  // namespace fanlight::app
