// SPDX-License-Identifier: Apache-2.0
// With the daemon's own cameras, so that what is said holds for the daemon as well.
#include "app/camera_doctor.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <memory>

#include "app/camera_look.h"
#include "app/cameras.h"
#include "board/board_profile.h"
#include "board/encoder_probe.h"
#include "glib/event_source.h"

namespace fanlight::app {
namespace {

/// To find a camera, and to end them: longer than either takes.
constexpr std::chrono::seconds kSearch{5};

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

  session::Findings look(const std::vector<config::Camera>& settings) {
    for (const config::Camera& camera : settings)
      cameras_.add(camera);
    if (settings.empty()) {
      cameras_.discover(WhenNoneFound::ServeNothing);
      iterate(context_, kSearch, [this] { return !cameras_.all().empty(); });
    }
    if (cameras_.all().empty())
      return {noCamera()};
    session::Findings findings;
    for (const auto& camera : cameras_.all())
      std::ranges::move(look(*camera), std::back_inserter(findings));
    return findings;
  }

 private:
  session::Findings look(media::Camera& camera) {
    const CameraLook look(camera, clock_);
    iterate(context_, CameraLook::kLongest, [&look] { return look.isOver(); });
    session::Findings findings = judge(look.facts(), *encoders_);
    // It is the service itself that has it, most of the time.
    for (session::Finding& finding : findings)
      if (finding.cause == session::FindingCause::CameraBusy)
        finding.verdict = session::Finding::Verdict::Untried;
    return findings;
  }

  const glib::MainContext context_;
  const base::SteadyClock clock_;
  session::Catalogue catalogue_;
  const std::shared_ptr<board::EncoderProbe> encoders_;
  Cameras cameras_;
};

}  // namespace

session::Findings lookAtCameras(const glib::MainContext& context, const std::vector<config::Camera>& settings) {
  return CameraDoctor(context).look(settings);
}

}  // namespace fanlight::app
