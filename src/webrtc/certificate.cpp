// SPDX-License-Identifier: Apache-2.0
// A self-signed certificate by OpenSSL, the library that GStreamer's DTLS uses too.
#include "webrtc/certificate.h"

#include <memory>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

namespace fanlight::webrtc {
namespace {

// Browsers compare the fingerprint and ignore the dates; a board whose clock is wrong must work all the same.
constexpr long kValidSeconds = 10L * 365 * 24 * 3600;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;

X509Certificate selfSigned(EVP_PKEY* key) {
  X509Certificate certificate(X509_new(), &X509_free);
  X509* x509 = certificate.get();
  std::uint64_t serial = 0;
  X509_NAME* name = x509 ? X509_get_subject_name(x509) : nullptr;
  const bool isMade = name && RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1 &&
                      X509_set_version(x509, X509_VERSION_3) == 1 &&
                      ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial) == 1 &&
                      X509_time_adj_ex(X509_getm_notBefore(x509), -1, 0, nullptr) &&
                      X509_gmtime_adj(X509_getm_notAfter(x509), kValidSeconds) && X509_set_pubkey(x509, key) == 1 &&
                      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                                 reinterpret_cast<const unsigned char*>("fanlight"), -1, -1, 0) == 1 &&
                      X509_set_issuer_name(x509, name) == 1 && X509_sign(x509, key, EVP_sha256()) != 0;
  if (!isMade)
    certificate.reset();
  return certificate;
}

std::string textOf(BIO* text) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(text, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

}  // namespace

base::Result<Certificate> createCertificate() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  const X509Certificate certificate = key ? selfSigned(key.get()) : X509Certificate(nullptr, &X509_free);
  const Text text(BIO_new(BIO_s_mem()), &BIO_free);
  const bool isWritten =
      certificate && text && PEM_write_bio_X509(text.get(), certificate.get()) == 1 &&
      PEM_write_bio_PKCS8PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
  if (!isWritten)
    return base::fail(base::ErrorCode::Internal, "cannot make the DTLS certificate: OpenSSL refused");
  Certificate made;
  made.pem = textOf(text.get());
  auto fingerprint = fingerprintOf(made.pem, "sha-256");
  if (!fingerprint)
    return tl::unexpected(fingerprint.error());
  made.fingerprint = std::move(*fingerprint);
  return made;
}

}  // namespace fanlight::webrtc
