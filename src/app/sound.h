// SPDX-License-Identifier: Apache-2.0
// The microphones and speakers of the process, from the config, and which camera's viewers have which. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audio/microphone.h"
#include "audio/speaker.h"
#include "glib/lifetime.h"
#include "session/catalogue.h"

namespace fanlight::app {

class Sound {
 public:
  /// `onChange`: what info() tells of some camera has changed.
  Sound(const std::vector<config::Audio>& settings, const audio::SoundServices& services,
        const std::function<void()>& onChange);

  /// nullptr where it has none.
  audio::Microphone* microphoneOf(const config::Camera& camera) const;
  audio::Speaker* speakerOf(const config::Camera& camera) const;
  /// But for who talks; none where there is nothing to hear and nobody is heard.
  std::optional<session::AudioInfo> info(const config::Camera& camera) const;
  std::vector<const gst::Worker*> workers() const;
  /// Which one is wanted and has not been looked after for seconds, as a fault of ours; none where all were.
  std::optional<std::string> neglected() const;
  /// Ends all of them for good.
  void close();
  /// What has not ended since close(), for the log.
  const std::set<std::string>& unclosed() const { return unclosed_; }

 private:
  const std::vector<config::Audio> settings_;
  std::vector<std::unique_ptr<audio::Microphone>> microphones_;
  std::vector<std::unique_ptr<audio::Speaker>> speakers_;
  std::set<std::string> unclosed_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
