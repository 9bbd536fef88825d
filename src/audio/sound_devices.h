// SPDX-License-Identifier: Apache-2.0
// The microphones and speakers of this machine, as GStreamer's device providers see them. Blocks: workers only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fanlight::audio {

enum class Way { In, Out };

struct SoundDevice {
  std::string device;  ///< "hw:1", as the element of its kind wants it
  std::string name;    ///< for people: "USB Audio Device"
};

/// ALSA's, in the order of their cards.
std::vector<SoundDevice> listAlsaDevices(Way way);

/// Whether a PulseAudio server, or PipeWire in its place, is there for this process. Nothing is started for it.
bool hasPulseServer();

}  // namespace fanlight::audio
