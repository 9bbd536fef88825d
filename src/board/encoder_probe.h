// SPDX-License-Identifier: Apache-2.0
// Which encoder works here, found out by encoding. Blocks: workers only.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "base/result.h"
#include "base/values.h"
#include "board/encoders.h"

namespace fanlight::board {

/// What an encoder is asked for.
struct EncodeTask {
  base::Resolution resolution;
  base::FrameRate frameRate;
  base::Bitrate bitrate;
  int keyFrameInterval = 0;  ///< frames
  auto operator<=>(const EncodeTask&) const = default;
};

/// The text of the encoder's fragment for a task. Fails where the fragment is missing or the task beyond H.264's
/// levels.
base::Result<std::string> renderEncoder(const EncoderKind& kind, const EncodeTask& task);

/// Remembers its results for as long as the process lives: an encoder does not come or go meanwhile. Only where none
/// passed is everything tried again at the next call. Thread-safe.
class EncoderProbe {
 public:
  /// `name` is an encoder's, or "auto" for the first that passes. Fails with Unsupported, saying what each one lacked.
  base::Result<const EncoderKind*> choose(std::string_view name, const EncodeTask& task);

 private:
  base::Result<> probe(const EncoderKind& kind, const EncodeTask& task);

  std::mutex mutex_;
  std::map<std::pair<std::string_view, EncodeTask>, base::Result<>> results_;
};

}  // namespace fanlight::board
