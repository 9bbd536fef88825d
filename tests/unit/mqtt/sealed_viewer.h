// SPDX-License-Identifier: Apache-2.0
// The viewer's end of a sealed channel.
#pragma once

#include <array>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <sodium.h>

#include "mqtt/sealing.h"

namespace fanlight::mqtt::test {

inline std::string drawn(std::size_t bytes) {
  std::string text(bytes, '\0');
  randombytes_buf(text.data(), text.size());
  return text;
}

class SealedViewer {
 public:
  /// `device`: DeviceKey::publicText().
  explicit SealedViewer(const std::string& device) {
    EXPECT_GE(sodium_init(), 0);
    sodium_base642bin(device_.data(), device_.size(), device.data(), device.size(), nullptr, nullptr, nullptr,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_kx_keypair(public_.data(), secret_.data());
  }

  std::string open() const {
    return std::string(1, '\x01').append(reinterpret_cast<const char*>(public_.data()), public_.size());
  }

  /// Whether it is the device's answer to this viewer's open().
  bool take(const std::string& opened) {
    constexpr std::size_t kNonceAt = 1 + kTagBytes;
    constexpr std::size_t kBoxAt = kNonceAt + crypto_box_NONCEBYTES;
    if (opened.size() != kBoxAt + kKeyBytes + crypto_box_MACBYTES || opened.front() != 2)
      return false;
    const auto* bytes = reinterpret_cast<const unsigned char*>(opened.data());
    KeyBytes device{};
    KeyBytes sends{};
    KeyBytes receives{};
    if (crypto_box_open_easy(device.data(), bytes + kBoxAt, opened.size() - kBoxAt, bytes + kNonceAt, device_.data(),
                             secret_.data()) != 0 ||
        crypto_kx_client_session_keys(receives.data(), sends.data(), public_.data(), secret_.data(), device.data()) !=
            0)
      return false;
    way.emplace(opened.substr(1, kTagBytes), keyOf(sends), keyOf(receives));
    return true;
  }

  std::optional<SealedWay> way;

 private:
  using KeyBytes = std::array<unsigned char, kKeyBytes>;
  static base::Secret keyOf(const KeyBytes& bytes) { return base::Secret(std::string(bytes.begin(), bytes.end())); }

  KeyBytes device_{};
  KeyBytes public_{};
  KeyBytes secret_{};
};

}  // namespace fanlight::mqtt::test
