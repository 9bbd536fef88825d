// SPDX-License-Identifier: Apache-2.0
// The cameras that this device has, as viewers see them. Main thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/values.h"
#include "session/listeners.h"

namespace fanlight::session {

/// Of microphones and speakers as well, with sound in the place of pictures.
enum class CameraState {
  Idle,      ///< off; starts when somebody wants it
  Starting,  ///< wanted, no picture yet
  Live,      ///< pictures come
  Away,      ///< wanted, and cannot give pictures; it is being tried again
};

/// What kind of thing keeps it Away, as far as a person must do something else about each.
enum class AwayCause {
  Missing,   ///< there is no such camera now
  Busy,      ///< another program has it
  Settings,  ///< what is set cannot be had from this camera or this device
  Silent,    ///< it gives no pictures, and does not say why
};

/// Why it gives fewer pictures than it is set up for.
enum class SlowedBy {
  Heat,   ///< the board is hot
  Power,  ///< the board gets too little of it
};

enum class EncoderKind {
  Software,
  Hardware,
  PassedThrough,  ///< none: the camera's own H.264
};

struct EncoderInfo {
  EncoderKind kind = EncoderKind::Software;
  std::string name;                ///< "x264enc"; empty where nothing encodes
  std::optional<int> corePercent;  ///< CPU time that encoding took when it was last measured, of one core
  bool operator==(const EncoderInfo&) const = default;
};

/// Of a microphone or a speaker.
struct SoundDeviceInfo {
  CameraState state = CameraState::Idle;
  std::string reason;  ///< why it is Away, for a person; else empty
  bool operator==(const SoundDeviceInfo&) const = default;
};

/// Of the sound that goes with a camera.
struct AudioInfo {
  base::AudioId id;
  std::optional<SoundDeviceInfo> microphone;  ///< none: there is nothing to hear
  std::optional<SoundDeviceInfo> speaker;     ///< none: nobody is heard
  std::vector<std::string> talkers;           ///< by name, those who are heard by that speaker
  bool operator==(const AudioInfo&) const = default;
};

struct CameraInfo {
  base::CameraId id;
  std::string name;
  base::Resolution resolution;
  base::FrameRate frameRate;
  CameraState state = CameraState::Idle;
  std::string reason;                  ///< why it is Away, for a person; else empty
  std::optional<EncoderInfo> encoder;  ///< none: the camera has not run yet
  std::optional<AwayCause> cause;      ///< none: it is not Away, or by something else
  std::optional<SlowedBy> slowed;      ///< none: it gives all that it is set up for
  bool isFrozen = false;               ///< it gives one picture again and again, also after it was started anew
  std::optional<AudioInfo> audio;      ///< none: it has no sound
};

class Catalogue {
 public:
  /// Adds a camera, or replaces the one of the same id.
  void put(const CameraInfo& camera);
  /// Tells the listeners where state or reason changed. Unknown ids are ignored: the camera has just been removed.
  void setState(const base::CameraId& id, CameraState state, const std::string& reason);

  const std::vector<CameraInfo>& cameras() const { return cameras_; }
  /// nullptr where there is none; valid until the next put().
  const CameraInfo* find(const base::CameraId& id) const;
  /// `listener` hears each change of a camera's state, and each camera that is put.
  [[nodiscard]] Subscription subscribe(Listeners<CameraInfo>::Listener listener) {
    return listeners_.add(std::move(listener));
  }

 private:
  std::vector<CameraInfo> cameras_;
  Listeners<CameraInfo> listeners_;
};

}  // namespace fanlight::session
