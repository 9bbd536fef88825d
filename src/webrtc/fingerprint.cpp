// SPDX-License-Identifier: Apache-2.0
// Digests of certificates. webrtcbin before 1.28.5 does not compare them with the offer's, so this is the only check.
#include "webrtc/fingerprint.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace fanlight::webrtc {
namespace {

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*digest)();
  std::size_t bytes;
};
// RFC 8122 names more; md5, sha-1 and sha-224 are too weak to tell certificates apart.
constexpr std::array<Algorithm, 3> kAlgorithms{{
    {"sha-256", EVP_sha256, 32},
    {"sha-384", EVP_sha384, 48},
    {"sha-512", EVP_sha512, 64},
}};

const Algorithm* findAlgorithm(std::string_view name) {
  const auto known = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  return known == kAlgorithms.end() ? nullptr : &*known;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return result;
}

bool isHexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

bool isDigest(std::string_view digest, std::size_t bytes) {
  if (digest.size() != bytes * 3 - 1)
    return false;
  for (std::size_t i = 0; i < digest.size(); ++i)
    if (i % 3 == 2 ? digest[i] != ':' : !isHexadecimal(digest[i]))
      return false;
  return true;
}

}  // namespace

base::Result<Fingerprint> parseFingerprint(std::string_view value) {
  const std::size_t space = value.find(' ');
  const std::string algorithm = lower(value.substr(0, space));
  const std::string digest = space == std::string_view::npos ? "" : upper(value.substr(space + 1));
  const Algorithm* known = findAlgorithm(algorithm);
  if (!known)
    return base::fail(base::ErrorCode::InvalidArgument,
                      fmt::format("fingerprint algorithm '{}' is not sha-256, sha-384 or sha-512", algorithm));
  if (!isDigest(digest, known->bytes))
    return base::fail(base::ErrorCode::InvalidArgument, fmt::format("'{}' is no {} digest", digest, algorithm));
  return Fingerprint{algorithm, digest};
}

base::Result<Fingerprint> fingerprintOf(const std::string& pem, const std::string& algorithm) {
  const Algorithm* known = findAlgorithm(algorithm);
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                       &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), &X509_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (!known || !certificate || X509_digest(certificate.get(), known->digest(), bytes.data(), &size) != 1)
    return base::fail(base::ErrorCode::InvalidArgument, "not a certificate that can be digested");
  std::string digest;
  for (unsigned int i = 0; i < size; ++i)
    digest += fmt::format("{}{:02X}", i == 0 ? "" : ":", bytes[i]);
  return Fingerprint{algorithm, digest};
}

bool matchesAny(const std::string& pem, const std::vector<Fingerprint>& promised) {
  return std::ranges::any_of(promised, [&pem](const Fingerprint& one) {
    const auto seen = fingerprintOf(pem, one.algorithm);
    return seen && *seen == one;
  });
}

}  // namespace fanlight::webrtc
