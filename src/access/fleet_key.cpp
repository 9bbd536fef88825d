// SPDX-License-Identifier: Apache-2.0
// libcrypto judges the key once, when the config is read: libjwt would refuse every token without a word.
#include "access/fleet_key.h"

#include <array>
#include <memory>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace fanlight::access {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

bool isP256(EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t length = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
         std::string_view(group.data(), length) == "prime256v1";
}

}  // namespace

base::Result<Key> readFleetKey(const std::string& pem) {
  const std::unique_ptr<BIO, FreeBio> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<EVP_PKEY, FreeKey> key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  if (!key || !isP256(key.get()))
    return base::fail(base::ErrorCode::InvalidArgument, "it is no public key of the curve P-256");
  return Key{Algorithm::Es256, base::Secret(pem)};
}

}  // namespace fanlight::access
