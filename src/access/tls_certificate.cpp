// SPDX-License-Identifier: Apache-2.0
// X.509 by libcrypto.
#include "access/tls_certificate.h"

#include <array>
#include <cstdint>
#include <ctime>
#include <memory>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace fanlight::access {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using X509Extension = std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;
using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;

tl::unexpected<base::Error> refused(const std::string& what) {
  return base::fail(base::ErrorCode::Internal, what + ": OpenSSL refused");
}

tl::unexpected<base::Error> invalid(const std::string& what) {
  return base::fail(base::ErrorCode::InvalidArgument, what);
}

/// What is read stays `text`'s.
Text reading(const std::string& text) {
  return Text(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
}

std::string written(BIO* text) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(text, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

/// A daemon has nobody to ask for a passphrase; OpenSSL would ask its terminal.
int noPassphrase(char*, int, int, void*) {
  return -1;
}

Key readKey(const base::Secret& pem) {
  const Text text = reading(pem.reveal());
  return Key(PEM_read_bio_PrivateKey(text.get(), nullptr, noPassphrase, nullptr), &EVP_PKEY_free);
}

X509Certificate readFirst(const std::string& pem) {
  const Text text = reading(pem);
  return X509Certificate(PEM_read_bio_X509(text.get(), nullptr, noPassphrase, nullptr), &X509_free);
}

bool addName(GENERAL_NAMES* names, int kind, const std::string& value) {
  // Not by OpenSSL's own lists in text, where a name with a comma would be two.
  GENERAL_NAME* name = a2i_GENERAL_NAME(nullptr, nullptr, nullptr, kind, value.c_str(), 0);
  if (!name)
    return false;
  if (sk_GENERAL_NAME_push(names, name) > 0)
    return true;
  GENERAL_NAME_free(name);
  return false;
}

GeneralNames toGeneralNames(const TlsNames& wanted) {
  GeneralNames names(GENERAL_NAMES_new(), &GENERAL_NAMES_free);
  bool isWhole = names != nullptr;
  for (const std::string& host : wanted.hosts)
    isWhole = isWhole && addName(names.get(), GEN_DNS, host);
  for (const std::string& address : wanted.addresses)
    isWhole = isWhole && addName(names.get(), GEN_IPADD, address);
  if (!isWhole)
    names.reset();
  return names;
}

bool addExtension(X509* x509, int kind, const char* value) {
  const X509Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value), &X509_EXTENSION_free);
  return extension && X509_add_ext(x509, extension.get(), -1) == 1;
}

/// What a browser demands of a server's certificate.
bool addExtensions(X509* x509, GENERAL_NAMES* names) {
  return addExtension(x509, NID_basic_constraints, "critical,CA:FALSE") &&
         addExtension(x509, NID_key_usage, "critical,digitalSignature") &&
         addExtension(x509, NID_ext_key_usage, "serverAuth") &&
         X509_add1_ext_i2d(x509, NID_subject_alt_name, names, 0, 0) == 1;
}

bool setValidity(X509* x509, const Validity& validity) {
  return ASN1_TIME_set(X509_getm_notBefore(x509), std::chrono::system_clock::to_time_t(validity.begin)) &&
         ASN1_TIME_set(X509_getm_notAfter(x509), std::chrono::system_clock::to_time_t(validity.end));
}

bool setSubject(X509* x509) {
  X509_NAME* name = X509_get_subject_name(x509);
  const auto* text = reinterpret_cast<const unsigned char*>("Fanlight");
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(x509, name) == 1;
}

X509Certificate make(EVP_PKEY* key, GENERAL_NAMES* names, const Validity& validity) {
  X509Certificate certificate(X509_new(), &X509_free);
  X509* x509 = certificate.get();
  std::uint64_t serial = 0;
  const bool isMade = x509 && RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1 &&
                      X509_set_version(x509, X509_VERSION_3) == 1 &&
                      // Its highest bit would make it longer or negative.
                      ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial >> 1) == 1 && setSubject(x509) &&
                      setValidity(x509, validity) && X509_set_pubkey(x509, key) == 1 && addExtensions(x509, names) &&
                      X509_sign(x509, key, EVP_sha256()) != 0;
  if (!isMade)
    certificate.reset();
  return certificate;
}

std::string addressOf(const ASN1_OCTET_STRING* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int length = ASN1_STRING_length(bytes);
  const int family = length == sizeof(in_addr) ? AF_INET : AF_INET6;
  if (family == AF_INET6 && length != sizeof(in6_addr))
    return {};
  ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text.data(), text.size());
  return text.data();
}

TlsNames namesIn(const X509* x509) {
  TlsNames found;
  auto* all = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr));
  const GeneralNames owned(all, &GENERAL_NAMES_free);
  for (int at = 0; owned && at < sk_GENERAL_NAME_num(all); ++at) {
    int kind = 0;
    const auto* value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all, at), &kind));
    if (kind == GEN_DNS)
      found.hosts.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                               static_cast<std::size_t>(ASN1_STRING_length(value)));
    if (kind == GEN_IPADD)
      found.addresses.push_back(addressOf(value));
  }
  return found;
}

std::chrono::sys_seconds toTime(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::from_time_t(::timegm(&parts)));
}

std::string fingerprintOf(const X509* x509) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  X509_digest(x509, EVP_sha256(), digest.data(), &length);
  std::string text;
  for (unsigned at = 0; at < length; ++at)
    text += fmt::format("{}{:02X}", at == 0 ? "" : ":", digest[at]);
  return text;
}

}  // namespace

base::Result<base::Secret> makeTlsKey() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  const Text text(BIO_new(BIO_s_secmem()), &BIO_free);
  if (!key || !text || PEM_write_bio_PKCS8PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return refused("cannot make a key for TLS");
  return base::Secret(written(text.get()));
}

base::Result<TlsPair> signByItself(const base::Secret& key, const TlsNames& names, const Validity& validity) {
  const Key signer = readKey(key);
  ERR_clear_error();
  if (!signer)
    return invalid("the key is no private key in PEM form");
  const GeneralNames generalNames = toGeneralNames(names);
  if (!generalNames)
    return invalid("a name or an address cannot stand in a certificate");
  const X509Certificate certificate = make(signer.get(), generalNames.get(), validity);
  const Text text(BIO_new(BIO_s_mem()), &BIO_free);
  if (!certificate || !text || PEM_write_bio_X509(text.get(), certificate.get()) != 1)
    return refused("cannot make the certificate for TLS");
  return TlsPair{written(text.get()), key};
}

base::Result<TlsCertificate> readTlsCertificate(const std::string& pem) {
  const X509Certificate certificate = readFirst(pem);
  ERR_clear_error();
  if (!certificate)
    return invalid("the certificate is none in PEM form");
  const X509* x509 = certificate.get();
  return TlsCertificate{
      namesIn(x509), {toTime(X509_get0_notBefore(x509)), toTime(X509_get0_notAfter(x509))}, fingerprintOf(x509)};
}

base::Result<> checkTlsPair(const TlsPair& pair) {
  const X509Certificate certificate = readFirst(pair.certificate);
  const Key key = readKey(pair.key);
  const bool belong = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
  // What failed is said here, and must not be found later by somebody else.
  ERR_clear_error();
  if (!certificate)
    return invalid("the certificate is none in PEM form");
  if (!key)
    return invalid("the key is no private key in PEM form without a passphrase");
  if (!belong)
    return invalid("the key is not the certificate's");
  return {};
}

}  // namespace fanlight::access
