// SPDX-License-Identifier: Apache-2.0
#include "app/live_doctor.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/device_doctor.h"
#include "app/ice_verdicts.h"
#include "base/log.h"

namespace fanlight::app {
namespace {

using State = session::CheckUp::State;

/// A camera's picture is waited for in such steps: nobody sees the difference.
constexpr std::chrono::milliseconds kLookEvery{200};

}  // namespace

LiveDoctor::LiveDoctor(const glib::MainContext& context, const base::Clock& clock, const Cameras& cameras,
                       const IceParts& ice, std::string stateFolder)
    : context_(context), clock_(clock), cameras_(cameras), ice_(ice), stateFolder_(std::move(stateFolder)) {}

LiveDoctor::~LiveDoctor() {
  *isUnwanted_ = true;
}

void LiveDoctor::begin(const std::string& name) {
  if (checkUp_.state == State::Running || *isUnwanted_)
    return;
  base::logInfo("doctor", "a check-up begins, for '{}'", name);
  checkUp_ = {State::Running, {}};
  camerasSeen_ = 0;
  worker_ = std::make_unique<gst::Worker>("doctor", clock_);
  run([folder = stateFolder_] { return lookAtDevice(folder); }, &LiveDoctor::lookAtNextCamera);
}

void LiveDoctor::run(Look look, void (LiveDoctor::*next)()) {
  auto onLooked = lifetime_.bind([this, next](session::Findings& findings) {
    std::ranges::move(findings, std::back_inserter(checkUp_.findings));
    (this->*next)();
  });
  worker_->run([context = context_, look = std::move(look), onLooked] {
    context.post([onLooked, findings = look()]() mutable { onLooked(findings); });
  });
}

void LiveDoctor::lookAtNextCamera() {
  if (*isUnwanted_)
    return;
  if (cameras_.all().empty())
    checkUp_.findings.push_back(noCamera());
  if (camerasSeen_ == cameras_.all().size())
    return lookAtNetwork();
  camera_.emplace(*cameras_.all()[camerasSeen_++], clock_);
  again_ = glib::EventSource::timer(context_, kLookEvery, [this] { return awaitCamera(); });
}

glib::Continue LiveDoctor::awaitCamera() {
  if (!camera_->isOver())
    return glib::Continue::Yes;
  run([facts = camera_->facts(), encoders = cameras_.encoders()] { return judge(facts, *encoders); },
      &LiveDoctor::lookAtNextCamera);
  return glib::Continue::No;
}

void LiveDoctor::lookAtNetwork() {
  camera_.reset();
  run([trial = ice_.trial(), isUnwanted = isUnwanted_] { return judge(lookAtIce(trial, *isUnwanted)); },
      &LiveDoctor::finish);
}

void LiveDoctor::finish() {
  checkUp_.state = State::Done;
  const auto broken =
      std::ranges::count(checkUp_.findings, session::Finding::Verdict::Broken, &session::Finding::verdict);
  base::logInfo("doctor", "the check-up is over: {} of {} things do not work", broken, checkUp_.findings.size());
  // It has posted this as its last deed.
  worker_.reset();
}

void LiveDoctor::close() {
  *isUnwanted_ = true;
  again_.stop();
  camera_.reset();
  lifetime_.end();
}

}  // namespace fanlight::app
