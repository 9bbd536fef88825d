// SPDX-License-Identifier: Apache-2.0
// From a sound device's settings to the pipeline text that reads its microphone or feeds its speaker. Blocks:
// workers only.
#pragma once

#include <string>

#include "base/result.h"
#include "config/settings.h"

namespace fanlight::audio {

struct DeviceFragment {
  std::string description;  ///< the rendered fragment: gives, or takes, raw sound of any format
  std::string what;         ///< for the log: "ALSA 'hw:1' (USB Audio)", "test tone"
};

/// Fails with NotFound where there is no microphone, or none of that name.
base::Result<DeviceFragment> findMicrophone(const config::Audio& settings);
/// The same of speakers.
base::Result<DeviceFragment> findSpeaker(const config::Audio& settings);

}  // namespace fanlight::audio
