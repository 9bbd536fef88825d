// SPDX-License-Identifier: Apache-2.0
// Setting OpenSSL up.
#include "http/tls_context.h"

#include <array>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace fanlight::http {
namespace {

// Of TLS 1.2; all that 1.3 has are as good.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
/// OpenSSL's: at least 112 bits, as RSA of 2048 and curves of 224 have.
constexpr int kSecurityLevel = 2;
/// Certificates that vouch for ours.
constexpr int kMaxChain = 10;
/// ALPN (RFC 7301), each with its length in front.
constexpr std::array<unsigned char, 9> kProtocols = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;

Text reading(const std::string& text) {
  return Text(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
}

Certificate next(BIO* text) {
  return Certificate(PEM_read_bio_X509(text, nullptr, nullptr, nullptr), &X509_free);
}

bool useCertificates(SSL_CTX* context, const std::string& pem) {
  const Text text = reading(pem);
  const Certificate own = next(text.get());
  if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
    return false;
  for (int count = 0; count < kMaxChain; ++count) {
    const Certificate voucher = next(text.get());
    if (!voucher)
      break;
    if (SSL_CTX_add1_chain_cert(context, voucher.get()) != 1)
      return false;
  }
  // The end of the file counts as an error there.
  ERR_clear_error();
  return true;
}

bool useKey(SSL_CTX* context, const base::Secret& pem) {
  const Text text = reading(pem.reveal());
  const Key key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

/// A peer that speaks other protocols only is told so, instead of being sent HTTP all the same (ALPACA).
int pickProtocol(SSL*, const unsigned char** picked, unsigned char* length, const unsigned char* offered,
                 unsigned offeredLength, void*) {
  unsigned char* found = nullptr;
  const int result =
      SSL_select_next_proto(&found, length, kProtocols.data(), kProtocols.size(), offered, offeredLength);
  *picked = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool setRules(SSL_CTX* context) {
  SSL_CTX_set_security_level(context, kSecurityLevel);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_PRIORITIZE_CHACHA);
  // Tickets resume sessions; the server keeps nothing for those who may come back.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // Idle connections hold no buffers.
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Else one call would take messages that carry nothing (KeyUpdate, RFC 8446 section 4.6.3) for as long as they come.
  SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_alpn_select_cb(context, pickProtocol, nullptr);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 && SSL_CTX_set_cipher_list(context, kCiphers) == 1;
}

/// The newest of OpenSSL's errors, in its words.
std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return text ? text : "no reason given";
}

}  // namespace

base::Result<TlsContext> TlsContext::create(const access::TlsPair& pair) {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context || !setRules(context.get()))
    return base::fail(base::ErrorCode::Internal, "cannot set up TLS: " + reason());
  if (!useCertificates(context.get(), pair.certificate))
    return base::fail(base::ErrorCode::InvalidArgument, "cannot use the certificate: " + reason());
  if (!useKey(context.get(), pair.key))
    return base::fail(base::ErrorCode::InvalidArgument, "cannot use the key: " + reason());
  return TlsContext(std::move(context));
}

std::unique_ptr<TlsTransport> TlsContext::begin(glib::Ref<GSocket> socket) const {
  TlsTransport::Session session(SSL_new(context_.get()), &SSL_free);
  if (!session || SSL_set_fd(session.get(), g_socket_get_fd(socket.get())) != 1)
    return nullptr;
  SSL_set_accept_state(session.get());
  return std::make_unique<TlsTransport>(std::move(socket), std::move(session));
}

}  // namespace fanlight::http
