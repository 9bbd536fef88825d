// SPDX-License-Identifier: Apache-2.0
// With the daemon's own cameras, so that what is said holds for the daemon as well.
#include "app/camera_doctor.h"

#include <chrono>
#include <functional>
#include <memory>

#include <fmt/format.h>

#include "app/cameras.h"
#include "board/board_profile.h"
#include "board/encoder_probe.h"
#include "glib/event_source.h"
#include "media/rendition.h"

namespace fanlight::app {
namespace {

using State = media::Camera::State;
using Verdict = Finding::Verdict;

/// To find a camera, and to have its first picture: longer than either takes.
constexpr std::chrono::seconds kSearch{5};
constexpr std::chrono::seconds kFirstPicture{15};

/// Until `isDone`, or for as long as that.
void iterate(const glib::MainContext& context, std::chrono::seconds limit, const std::function<bool()>& isDone) {
  bool isOver = false;
  const auto end = glib::EventSource::timer(context, limit, [&isOver] {
    isOver = true;
    return glib::Continue::No;
  });
  while (!isOver && !isDone())
    context.iterate(true);
}

std::string adviceFor(const base::Error& trouble) {
  switch (trouble.code) {
    case base::ErrorCode::NotFound:
      return "plug it in, or compare 'device' with what 'fanlight devices' lists";
    case base::ErrorCode::Busy:
      return "if it is Fanlight itself that has it, the page tells how it does; else end the other program";
    case base::ErrorCode::InvalidArgument:
    case base::ErrorCode::Unsupported:
      return "compare its settings with what 'fanlight devices' lists";
    case base::ErrorCode::Timeout:
      return "unplug it and plug it in again; 'dmesg' tells what its driver says";
    case base::ErrorCode::Unavailable:
    case base::ErrorCode::Internal:
      break;
  }
  return "'dmesg' tells what its driver says; the service's user must be in the group 'video'";
}

class CameraDoctor {
 public:
  explicit CameraDoctor(const glib::MainContext& context)
      : context_(context),
        encoders_(std::make_shared<board::EncoderProbe>(board::encodersOf(board::profileOf(board::lookAtMachine())))),
        cameras_({context, gst::TimeBase::create(), clock_, std::make_shared<media::DeviceClaims>(), encoders_},
                 catalogue_) {}
  ~CameraDoctor() {
    cameras_.close();
    iterate(context_, kSearch, [this] { return cameras_.unclosed().empty(); });
  }
  CameraDoctor(const CameraDoctor&) = delete;
  CameraDoctor& operator=(const CameraDoctor&) = delete;

  std::vector<Finding> look(const std::vector<config::Camera>& settings) {
    for (const config::Camera& camera : settings)
      cameras_.add(camera);
    if (settings.empty()) {
      cameras_.discover(WhenNoneFound::ServeNothing);
      iterate(context_, kSearch, [this] { return !cameras_.all().empty(); });
    }
    if (cameras_.all().empty())
      return {{Verdict::Broken, "camera", "none is configured, and none is found",
               "plug one in; 'fanlight devices' lists what there is, and who is not in the group 'video' sees none"}};
    std::vector<Finding> findings;
    for (const auto& camera : cameras_.all())
      look(*camera, findings);
    return findings;
  }

 private:
  void look(media::Camera& camera, std::vector<Finding>& findings) {
    const auto began = clock_.now();
    const media::Camera::Demand demand = camera.demand();
    iterate(context_, kFirstPicture,
            [&camera] { return camera.state() == State::Live || camera.state() == State::Away; });
    const auto after = std::chrono::duration<double>(clock_.now() - began).count();
    const auto name = fmt::format("'{}'", camera.settings().id.value());
    if (camera.state() == State::Live) {
      const media::CaptureMode& mode = camera.mode();
      findings.push_back({Verdict::Ok, "camera",
                          fmt::format("{} gives {}x{} at {:.3g} frames/s, the first picture after {:.1f} s", name,
                                      mode.resolution.width, mode.resolution.height, mode.frameRate.perSecond(), after),
                          ""});
      findings.push_back(ofEncoder(camera, name));
      return;
    }
    if (auto encoder = whyNotEncoded(camera, name)) {
      findings.push_back({Verdict::Untried, "camera", name + " cannot be tried without its encoder", ""});
      findings.push_back(std::move(*encoder));
      return;
    }
    const auto& trouble = camera.trouble();
    // By the service itself, most of the time.
    const bool isBusy = trouble && trouble->code == base::ErrorCode::Busy;
    findings.push_back({isBusy ? Verdict::Untried : Verdict::Broken, "camera",
                        fmt::format("{}: {}", name, trouble ? trouble->message : "gives no picture"),
                        adviceFor(trouble.value_or(base::Error{base::ErrorCode::Timeout, ""}))});
  }

  static Finding ofEncoder(const media::Camera& camera, const std::string& name) {
    const auto& use = camera.encoder();
    if (!use || !use->kind)
      return {Verdict::Ok, "encoder", name + " gives H.264 itself, which is passed through", ""};
    if (!use->kind->isSoftware)
      return {Verdict::Ok, "encoder", fmt::format("{} is encoded by {}", name, use->kind->name), ""};
    return {Verdict::Ok, "encoder", fmt::format("{} is encoded by {}, in software", name, use->kind->name),
            "'fanlight devices' tells what that takes, and which hardware would do it"};
  }

  /// None: its encoder works, or it needs none.
  std::optional<Finding> whyNotEncoded(const media::Camera& camera, const std::string& name) {
    const config::Camera& settings = camera.settings();
    const auto task = media::encodeTask({settings.bitrate, settings.keyframeInterval, settings.encoder}, camera.mode());
    if (const auto chosen = encoders_->choose(settings.encoder, task); !chosen)
      return Finding{Verdict::Broken, "encoder", fmt::format("of {}: {}", name, chosen.error().message),
                     "set 'encoder' to \"auto\", or to one that 'fanlight devices' says works here"};
    return std::nullopt;
  }

  const glib::MainContext context_;
  const base::SteadyClock clock_;
  session::Catalogue catalogue_;
  const std::shared_ptr<board::EncoderProbe> encoders_;
  Cameras cameras_;
};

}  // namespace

std::vector<Finding> lookAtCameras(const glib::MainContext& context, const std::vector<config::Camera>& settings) {
  return CameraDoctor(context).look(settings);
}

}  // namespace fanlight::app
