// SPDX-License-Identifier: Apache-2.0
// Which encoder works here, found out by encoding. Blocks: workers only.
#pragma once

#include <future>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

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

/// The text of an encode: takes any raw pictures, gives H.264. Fails where the fragment is missing, or the task beyond
/// H.264's levels or this encoder's limits.
base::Result<std::string> renderEncoder(const Encoder& encoder, const EncodeTask& task);

/// Remembers its results for as long as the process lives: an encoder does not come or go meanwhile. Only where none
/// passed is everything tried again at the next call. Thread-safe; each encoder is probed once, and only who needs that
/// very result waits for it.
class EncoderProbe {
 public:
  /// They are tried in their order.
  explicit EncoderProbe(std::vector<Encoder> encoders = allEncoders()) : encoders_(std::move(encoders)) {}

  /// In their order.
  const std::vector<Encoder>& encoders() const { return encoders_; }

  /// `name` is an encoder's, or "auto" for the first that passes. Fails with Unsupported, saying what each one lacked.
  /// It lives as long as this does.
  base::Result<const Encoder*> choose(std::string_view name, const EncodeTask& task);
  /// Whether this one of encoders() works, else why not.
  base::Result<> judge(const Encoder& encoder, const EncodeTask& task);

 private:
  /// What may make the difference to an encoder. The bitrate does so by the level alone, and each one takes any
  /// interval between key frames.
  struct Key {
    std::string_view encoder;
    base::Resolution resolution;
    base::FrameRate frameRate;
    std::string level;
    auto operator<=>(const Key&) const = default;
  };
  using Outcome = std::shared_future<base::Result<>>;

  base::Result<> outcome(const Encoder& encoder, const EncodeTask& task, const Key& key);
  static base::Result<Key> keyOf(const Encoder& encoder, const EncodeTask& task);
  void forgetFailures(std::string_view name, const EncodeTask& task);
  static base::Result<> probe(const Encoder& encoder, const EncodeTask& task);

  const std::vector<Encoder> encoders_;
  std::mutex mutex_;
  std::map<Key, Outcome> outcomes_;
};

}  // namespace fanlight::board
