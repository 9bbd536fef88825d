// SPDX-License-Identifier: Apache-2.0
// The code of authentication by OpenSSL, which also signs for libjwt.
#include "access/view_key.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/ascii.h"

namespace fanlight::access {
namespace {

constexpr std::size_t kMaxIdBytes = 32;
/// Of the code, a multiple of 3: base64 then needs no padding.
constexpr std::size_t kCodeBytes = 24;
constexpr std::size_t kCodeLength = kCodeBytes / 3 * 4;
/// What the same key signs besides are JSON Web Tokens, of which none begins like this.
constexpr std::string_view kPurpose = "view-key:";

bool isIdCharacter(char c) {
  return base::isDigit(c) || (c >= 'a' && c <= 'z');
}

/// RFC 4648 section 5.
std::string base64Url(const unsigned char* bytes) {
  std::array<unsigned char, kCodeLength + 1> text{};
  EVP_EncodeBlock(text.data(), bytes, kCodeBytes);
  std::string encoded(text.begin(), text.end() - 1);
  std::ranges::replace(encoded, '+', '-');
  std::ranges::replace(encoded, '/', '_');
  return encoded;
}

}  // namespace

base::Secret viewKey(const session::GrantId& id, const base::Secret& deviceKey) {
  const std::string text = std::string(kPurpose) + id.value();
  const std::string& key = deviceKey.reveal();
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), code.data(), &length);
  // Without a code there is no key: an empty one verifies nothing.
  return length < kCodeBytes ? base::Secret() : base::Secret(id.value() + base64Url(code.data()));
}

std::optional<session::GrantId> unverifiedKeyId(const base::Secret& key) {
  const std::string_view text = key.reveal();
  if (text.size() <= kCodeLength || text.size() > kCodeLength + kMaxIdBytes)
    return std::nullopt;
  const std::string_view id = text.substr(0, text.size() - kCodeLength);
  return std::ranges::all_of(id, isIdCharacter) ? std::optional(session::GrantId(std::string(id))) : std::nullopt;
}

std::optional<session::GrantId> verifyViewKey(const base::Secret& key, const base::Secret& deviceKey) {
  auto id = unverifiedKeyId(key);
  return id && base::isEqual(viewKey(*id, deviceKey), key.reveal()) ? std::move(id) : std::nullopt;
}

}  // namespace fanlight::access
