// SPDX-License-Identifier: Apache-2.0
#include "mqtt/sealing.h"

#include <algorithm>
#include <cstring>

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

/// Before anything else of it is used; it may be called as often as one likes.
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

KeyPointer newKey() {
  return KeyPointer(std::make_unique<KeyBytes>().release());
}

std::string toBase64(const KeyBytes& key) {
  std::string text(sodium_base64_encoded_len(key.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), key.data(), key.size(), kBase64);
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

void WipeKey::operator()(KeyBytes* key) const {
  sodium_memzero(key->data(), key->size());
  std::default_delete<KeyBytes>()(key);
}

DeviceKey::DeviceKey() : secret_(newKey()) {
  initialise();
}

DeviceKey DeviceKey::create() {
  DeviceKey key;
  crypto_box_keypair(key.public_.data(), key.secret_->data());
  return key;
}

base::Result<DeviceKey> DeviceKey::fromText(const base::Secret& text) {
  DeviceKey key;
  std::size_t length = 0;
  const std::string& from = text.reveal();
  if (sodium_base642bin(key.secret_->data(), kKeyBytes, from.data(), from.size(), nullptr, &length, nullptr, kBase64) !=
          0 ||
      length != kKeyBytes)
    return base::fail(base::ErrorCode::InvalidArgument, "it is no key of 32 bytes in base64url");
  crypto_scalarmult_base(key.public_.data(), key.secret_->data());
  return key;
}

base::Secret DeviceKey::toText() const {
  return base::Secret(toBase64(*secret_));
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
  crypto_secretbox_easy(bytesOf(sealed) + head, bytesOf(text), text.size(), nonce.data(), sends_->data());
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
  if (crypto_secretbox_open_easy(bytesOf(text), bytesOf(box), box.size(), nonceOf(count).data(), receives_->data()) !=
      0)
    return std::nullopt;
  received_ = count;
  return text;
}

std::optional<Opening> answerOpen(const DeviceKey& device, std::string_view open) {
  if (!isOf(SealedKind::Open, open) || open.size() != 1 + kKeyBytes)
    return std::nullopt;
  initialise();
  const std::string_view viewer = open.substr(1);
  KeyBytes own{};
  const KeyPointer ownSecret = newKey();
  crypto_kx_keypair(own.data(), ownSecret->data());
  KeyPointer receives = newKey();
  KeyPointer sends = newKey();
  Nonce nonce{};
  randombytes_buf(nonce.data(), nonce.size());
  const std::string tag(viewer.substr(0, kTagBytes));
  std::string opened = headOf(SealedKind::Opened, tag);
  opened.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  const std::size_t head = opened.size();
  opened.resize(head + own.size() + crypto_box_MACBYTES);
  // Both refuse a key with which everybody would know the secret.
  if (crypto_kx_server_session_keys(receives->data(), sends->data(), own.data(), ownSecret->data(), bytesOf(viewer)) !=
          0 ||
      crypto_box_easy(bytesOf(opened) + head, own.data(), own.size(), nonce.data(), bytesOf(viewer),
                      device.secret().data()) != 0)
    return std::nullopt;
  return Opening{SealedWay(tag, std::move(sends), std::move(receives)), std::move(opened)};
}

std::string_view tagOf(std::string_view sealed) {
  return isOf(SealedKind::Sealed, sealed) && sealed.size() >= kSealBytes ? sealed.substr(1, kTagBytes) : "";
}

}  // namespace fanlight::mqtt
