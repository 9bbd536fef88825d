// SPDX-License-Identifier: Apache-2.0
// Texts between a viewer and the device that a broker carries and can neither read nor alter, nor give to either twice:
// libsodium's crypto_box, crypto_kx and crypto_secretbox. Any thread.
//
//   open    viewer -> device  1, the viewer's key of this channel (32 bytes)
//   opened  device -> viewer  2, tag (8), nonce (24), crypto_box of the device's key of this channel (48)
//   sealed  both ways         3, tag (8), count (8, little endian), crypto_secretbox of the text
//
// `opened` is made with the device's lasting key, which the viewer knows from a link and not from the broker, and for a
// key that the viewer has just drawn: nobody else can make it, and an old one is of no use. The keys of `sealed`, one
// for each way, come from the two keys of the channel, which are forgotten with it: who takes the device's lasting key
// later reads nothing of what was said before. The tag is the beginning of the viewer's key. Its nonce is the count,
// which only grows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/secret.h"

namespace fanlight::mqtt {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kTagBytes = 8;
/// That a text grows by.
inline constexpr std::size_t kSealBytes = 1 + kTagBytes + 8 + 16;

/// The first byte.
enum class SealedKind : std::uint8_t { Open = 1, Opened = 2, Sealed = 3 };

/// The lasting key of this device.
class DeviceKey {
 public:
  static DeviceKey create();
  /// What toText() wrote. InvalidArgument: it is none.
  static base::Result<DeviceKey> fromText(const base::Secret& text);

  base::Secret toText() const;
  /// For links: 43 characters of base64url.
  std::string publicText() const;
  /// kKeyBytes.
  const base::Secret& secret() const { return secret_; }

 private:
  DeviceKey(std::string publicBytes, base::Secret secret)
      : public_(std::move(publicBytes)), secret_(std::move(secret)) {}

  std::string public_;
  base::Secret secret_;
};

/// One end of a channel that is open.
class SealedWay {
 public:
  /// Two keys of kKeyBytes.
  SealedWay(std::string tag, base::Secret sends, base::Secret receives)
      : tag_(std::move(tag)), sends_(std::move(sends)), receives_(std::move(receives)) {}

  const std::string& tag() const { return tag_; }
  std::string seal(std::string_view text);
  /// None: it was altered, is another channel's, or has come before.
  std::optional<std::string> open(std::string_view sealed);

 private:
  std::string tag_;
  base::Secret sends_;
  base::Secret receives_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
};

/// The device's end, and what its viewer is answered.
struct Opening {
  SealedWay way;
  std::string opened;
};
/// None: `open` is no such message.
std::optional<Opening> answerOpen(const DeviceKey& device, std::string_view open);

/// Of a `sealed` message; empty: it is none.
std::string_view tagOf(std::string_view sealed);

}  // namespace fanlight::mqtt
