// SPDX-License-Identifier: Apache-2.0
// libjwt signs and verifies; what it lets pass is judged here: it takes the algorithm from the token, and is lenient
// with base64.
#include "access/token.h"

#include <algorithm>
#include <array>
#include <memory>

#include <jwt.h>

#include "access/claim_fields.h"
#include "base/ascii.h"

namespace fanlight::access {
namespace {

constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxNameBytes = 256;
/// Characters of base64url (RFC 4648 section 5) that 32 and 64 bytes take.
constexpr std::size_t kHs256Length = 43;
constexpr std::size_t kEs256Length = 86;

struct FreeJwt {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

/// libjwt hands out memory of malloc(3).
struct FreeText {
  void operator()(char* text) const { ::free(text); }  // NOLINT(cppcoreguidelines-no-malloc)
};
using Text = std::unique_ptr<char, FreeText>;

tl::unexpected<base::Error> notAToken(const char* why) {
  return base::fail(base::ErrorCode::InvalidArgument, why);
}

bool isBase64Url(char c) {
  return base::isAlphanumeric(c) || c == '-' || c == '_';
}

std::string_view nameOf(Algorithm algorithm) {
  return algorithm == Algorithm::Hs256 ? "HS256" : "ES256";
}

/// The bits of the last character that are no part of a byte are zero: a signature has one spelling.
bool isCanonical(std::string_view signature) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::size_t unused = signature.size() == kHs256Length ? 4 : 16;
  return kAlphabet.find(signature.back()) % unused == 0;
}

/// Three parts of base64url, the last of them as long as a signature: of a text that is nearly a token, none is one.
bool hasForm(std::string_view token) {
  if (token.empty() || token.size() > session::kMaxTokenBytes || std::ranges::count(token, '.') != 2)
    return false;
  const std::string_view signature = token.substr(token.rfind('.') + 1);
  return (signature.size() == kHs256Length || signature.size() == kEs256Length) &&
         std::ranges::all_of(token, [](char c) { return c == '.' || isBase64Url(c); }) && isCanonical(signature);
}

const unsigned char* bytesOf(const base::Secret& secret) {
  return reinterpret_cast<const unsigned char*>(secret.reveal().data());
}

/// With a key: only if it was signed by it, in whatever way the token says. Without: unverified.
Jwt decode(const base::Secret& token, const Key* key) {
  jwt_t* jwt = nullptr;
  const int failed = jwt_decode(&jwt, token.reveal().c_str(), key ? bytesOf(key->text) : nullptr,
                                key ? static_cast<int>(key->text.reveal().size()) : 0);
  return Jwt(failed == 0 ? jwt : nullptr);
}

/// Before the key is shown to it: an Es256 key's public half would do as a key of Hs256.
bool isOf(jwt_t* unverified, Algorithm algorithm) {
  const char* named = jwt_get_header(unverified, "alg");
  const Text critical(jwt_get_headers_json(unverified, "crit"));
  // RFC 7515 section 4.1.11: what must be understood and is not makes it no token.
  return named && named == nameOf(algorithm) && !critical;
}

base::Result<Claims> readClaims(jwt_t* jwt) {
  const Text text(jwt_get_grants_json(jwt, nullptr));
  const auto object = json::parseObject(text ? text.get() : "");
  if (!object)
    return notAToken("its claims are no JSON");
  json::Reader reader(object->get());
  Claims claims;
  claims.id = session::GrantId(reader.text("jti", kMaxIdBytes));
  claims.audience = reader.text("aud", kMaxIdBytes);
  claims.rights = readRights(reader);
  claims.cameras = readCameras(reader);
  claims.name = reader.optionalText("name", kMaxNameBytes).value_or("");
  claims.issued = readTime(reader, "iat");
  claims.notBefore = readTime(reader, "nbf");
  claims.expires = readTime(reader, "exp");
  if (reader.fault() || claims.id.empty())
    return notAToken("a claim is missing, or is not what it should be");
  return claims;
}

std::string writeClaims(const Claims& claims) {
  const auto object = json::newObject();
  json::put(object, "jti", claims.id.value());
  json::put(object, "aud", claims.audience);
  json::put(object, "rights", json::toArray(claims.rights, session::toText));
  putCameras(object, claims.cameras);
  json::putUnlessEmpty(object, "name", claims.name);
  putTime(object, "iat", claims.issued);
  putTime(object, "nbf", claims.notBefore);
  putTime(object, "exp", claims.expires);
  return json::print(object.get());
}

}  // namespace

base::Result<base::Secret> sign(const Claims& claims, const Key& key) {
  jwt_t* made = nullptr;
  const bool isMade = jwt_new(&made) == 0;
  const Jwt jwt(made);
  const auto algorithm = key.algorithm == Algorithm::Hs256 ? JWT_ALG_HS256 : JWT_ALG_ES256;
  if (!isMade || jwt_add_grants_json(jwt.get(), writeClaims(claims).c_str()) != 0 ||
      jwt_set_alg(jwt.get(), algorithm, bytesOf(key.text), static_cast<int>(key.text.reveal().size())) != 0)
    return base::fail(base::ErrorCode::Internal, "cannot make a token");
  const Text text(jwt_encode_str(jwt.get()));
  if (!text)
    return base::fail(base::ErrorCode::Internal, "cannot sign a token with this key");
  return base::Secret(text.get());
}

base::Result<Claims> verify(const base::Secret& token, const Key& key) {
  if (!hasForm(token.reveal()))
    return notAToken("it has not the form of a token");
  const Jwt unverified = decode(token, nullptr);
  if (!unverified || !isOf(unverified.get(), key.algorithm))
    return notAToken("it is not signed in the way that is expected");
  const Jwt verified = decode(token, &key);
  if (!verified)
    return notAToken("its signature is wrong");
  return readClaims(verified.get());
}

std::optional<session::GrantId> unverifiedId(const base::Secret& token) {
  if (!hasForm(token.reveal()))
    return std::nullopt;
  const Jwt jwt = decode(token, nullptr);
  const char* id = jwt ? jwt_get_grant(jwt.get(), "jti") : nullptr;
  return id ? std::optional(session::GrantId(id)) : std::nullopt;
}

}  // namespace fanlight::access
