// SPDX-License-Identifier: Apache-2.0
#include "mqtt/sealing.h"

#include <array>

#include <sodium.h>

namespace fanlight::mqtt {
namespace {

static_assert(kKeyBytes == crypto_box_SECRETKEYBYTES && kKeyBytes == crypto_box_PUBLICKEYBYTES);
static_assert(kKeyBytes == crypto_kx_SESSIONKEYBYTES && kKeyBytes == crypto_secretbox_KEYBYTES);
static_assert(kKeyBytes == crypto_kx_PUBLICKEYBYTES && kKeyBytes == crypto_kx_SECRETKEYBYTES);
static_assert(kSealBytes == 1 + kTagBytes + sizeof(std::uint64_t) + crypto_secretbox_MACBYTES);

using Nonce = std::array<unsigned char, crypto_secretbox_NONCEBYTES>;

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kHeadBytes = 1 + kTagBytes;
constexpr std::size_t kCountBytes = sizeof(std::uint64_t);

/// Before anything else of it is used: by whoever makes the device's key. It may be called as often as one likes.
void initialise() {
  static const int done = sodium_init();
  static_cast<void>(done);
}

const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytesOf(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* bytesOf(const base::Secret& key) {
  return bytesOf(key.reveal());
}

/// To be filled in, and made a Secret by moving it: a text of this length lies on the heap, once.
std::string newKey() {
  return std::string(kKeyBytes, '\0');
}

std::string toBase64(const std::string& key) {
  std::string text(sodium_base64_encoded_len(key.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytesOf(key), key.size(), kBase64);
  text.pop_back();  // its NUL
  return text;
}

Nonce nonceOf(std::uint64_t count) {
  Nonce nonce{};
  for (std::size_t place = 0; place < kCountBytes; ++place)
    nonce[place] = static_cast<unsigned char>(count >> (8 * place));
  return nonce;
}

std::uint64_t countOf(std::string_view bytes) {
  std::uint64_t count = 0;
  for (std::size_t place = 0; place < kCountBytes; ++place)
    count |= std::uint64_t{bytesOf(bytes)[place]} << (8 * place);
  return count;
}

std::string headOf(SealedKind kind, std::string_view tag) {
  return std::string(1, static_cast<char>(kind)).append(tag);
}

bool isOf(SealedKind kind, std::string_view message) {
  return !message.empty() && message.front() == static_cast<char>(kind);
}

}  // namespace

DeviceKey DeviceKey::create() {
  initialise();
  std::string publicBytes = newKey();
  std::string secret = newKey();
  crypto_box_keypair(bytesOf(publicBytes), bytesOf(secret));
  return {std::move(publicBytes), base::Secret(std::move(secret))};
}

base::Result<DeviceKey> DeviceKey::fromText(const base::Secret& text) {
  initialise();
  std::string bytes = newKey();
  std::size_t length = 0;
  const std::string& from = text.reveal();
  const bool isBase64 = sodium_base642bin(bytesOf(bytes), bytes.size(), from.data(), from.size(), nullptr, &length,
                                          nullptr, kBase64) == 0;
  base::Secret secret(std::move(bytes));
  if (!isBase64 || length != kKeyBytes)
    return base::fail(base::ErrorCode::InvalidArgument, "it is no key of 32 bytes in base64url");
  std::string publicBytes = newKey();
  crypto_scalarmult_base(bytesOf(publicBytes), bytesOf(secret));
  return DeviceKey(std::move(publicBytes), std::move(secret));
}

base::Secret DeviceKey::toText() const {
  return base::Secret(toBase64(secret_.reveal()));
}

std::string DeviceKey::publicText() const {
  return toBase64(public_);
}

std::string SealedWay::seal(std::string_view text) {
  const Nonce nonce = nonceOf(++sent_);
  std::string sealed = headOf(SealedKind::Sealed, tag_);
  sealed.append(reinterpret_cast<const char*>(nonce.data()), kCountBytes);
  const std::size_t head = sealed.size();
  sealed.resize(text.size() + kSealBytes);
  crypto_secretbox_easy(bytesOf(sealed) + head, bytesOf(text), text.size(), nonce.data(), bytesOf(sends_));
  return sealed;
}

std::optional<std::string> SealedWay::open(std::string_view sealed) {
  if (tagOf(sealed) != tag_)
    return std::nullopt;
  const std::uint64_t count = countOf(sealed.substr(kHeadBytes));
  if (count <= received_)
    return std::nullopt;
  const std::string_view box = sealed.substr(kHeadBytes + kCountBytes);
  std::string text(sealed.size() - kSealBytes, '\0');
  if (crypto_secretbox_open_easy(bytesOf(text), bytesOf(box), box.size(), nonceOf(count).data(), bytesOf(receives_)) !=
      0)
    return std::nullopt;
  received_ = count;
  return text;
}

std::optional<Opening> answerOpen(const DeviceKey& device, std::string_view open) {
  if (!isOf(SealedKind::Open, open) || open.size() != 1 + kKeyBytes)
    return std::nullopt;
  const std::string_view viewer = open.substr(1);
  std::string own = newKey();
  std::string ownSecret = newKey();
  crypto_kx_keypair(bytesOf(own), bytesOf(ownSecret));
  const base::Secret secret(std::move(ownSecret));
  std::string receives = newKey();
  std::string sends = newKey();
  // It and crypto_box refuse a key with which everybody would know the secret.
  const bool isAgreed = crypto_kx_server_session_keys(bytesOf(receives), bytesOf(sends), bytesOf(own), bytesOf(secret),
                                                      bytesOf(viewer)) == 0;
  const std::string tag(viewer.substr(0, kTagBytes));
  SealedWay way(tag, base::Secret(std::move(sends)), base::Secret(std::move(receives)));
  Nonce nonce{};
  randombytes_buf(nonce.data(), nonce.size());
  std::string opened = headOf(SealedKind::Opened, tag);
  opened.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  const std::size_t head = opened.size();
  opened.resize(head + own.size() + crypto_box_MACBYTES);
  if (!isAgreed || crypto_box_easy(bytesOf(opened) + head, bytesOf(own), own.size(), nonce.data(), bytesOf(viewer),
                                   bytesOf(device.secret())) != 0)
    return std::nullopt;
  return Opening{std::move(way), std::move(opened)};
}

std::string_view tagOf(std::string_view sealed) {
  return isOf(SealedKind::Sealed, sealed) && sealed.size() >= kSealBytes ? sealed.substr(1, kTagBytes) : "";
}

}  // namespace fanlight::mqtt
