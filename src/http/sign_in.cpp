// SPDX-License-Identifier: Apache-2.0
// Small JSON bodies, and Set-Cookie.
#include "http/sign_in.h"

#include <utility>

#include "http/credentials.h"
#include "http/header_value.h"
#include "json/read.h"
#include "json/write.h"
#include "signaling/codec.h"
#include "signaling/command_codec.h"

namespace fanlight::http {
namespace {

constexpr const char* kJson = "application/json";
constexpr std::size_t kMaxCodeBytes = 64;

Response jsonResponse(const json::ObjectRef& object) {
  return bodyResponse(kJson, json::print(object.get()) + "\n").with("Cache-Control", "no-store");
}

/// As refusalResponse(), with a code for the page to choose its words by.
Response refuse(const session::Refusal& refusal) {
  Response response = refusalResponse(refusal);
  const auto object = json::newObject();
  json::put(object, "code", signaling::toText(signaling::toErrorCode(refusal.code)));
  json::put(object, "message", refusal.message);
  Response described = jsonResponse(object);
  response.contentType = std::move(described.contentType);
  response.body = std::move(described.body);
  return std::move(response).with("Cache-Control", "no-store");
}

/// The text `field` of the body, empty where it has none. The error is the answer.
tl::expected<base::Secret, Response> readBody(const Request& request, const char* field, std::size_t limit) {
  if (mediaType(request.head.find("Content-Type")) != kJson)
    return tl::unexpected<Response>(textResponse(415, "the body must be 'application/json'"));
  const auto object = json::parseObject(request.body);
  if (!object)
    return tl::unexpected<Response>(textResponse(400, "cannot read the body as JSON: " + object.error().message));
  json::Reader reader(object->get());
  base::Secret text(reader.optionalText(field, limit).value_or(""));
  if (reader.fault())
    return tl::unexpected<Response>(textResponse(400, "field '" + reader.fault()->field + "' " + reader.fault()->why));
  return text;
}

}  // namespace

Response SignIn::welcome(const base::Secret& token, const Request& request) const {
  const auto grant = services_.access.identify({token, request.source});
  if (!grant)
    return refuse(grant.error());
  std::optional<std::chrono::seconds> lifetime;
  if (grant->deadline)
    lifetime = std::chrono::floor<std::chrono::seconds>(*grant->deadline - services_.clock.now());
  const auto object = json::newObject();
  signaling::putScope(object, grant->rights, grant->cameras);
  json::putUnlessEmpty(object, "name", grant->name);
  if (grant->expires)
    json::put(object, "expires", gint64{grant->expires->time_since_epoch().count()});
  Response response = jsonResponse(object);
  if (costsTheDevice(request, *grant))
    return response;
  return std::move(response).with("Set-Cookie", setCookie(cookie_, token, lifetime, request.head.scheme));
}

bool SignIn::costsTheDevice(const Request& request, const session::Grant& grant) const {
  using session::Right;
  if (request.token.empty() || grant.rights.contains(Right::Admin))
    return false;
  const auto had = services_.access.identify({request.token, request.source});
  return had && had->rights.contains(Right::Admin);
}

Response SignIn::logIn(const Request& request) const {
  auto token = readBody(request, "token", session::kMaxTokenBytes);
  if (!token)
    return std::move(token.error());
  return welcome(token->empty() ? request.token : *token, request);
}

Response SignIn::logOut(const Request& request) const {
  return emptyResponse(204)
      .with("Set-Cookie", clearCookie(cookie_, request.head.scheme))
      .with("Cache-Control", "no-store");
}

Response SignIn::describePairing() const {
  const auto object = json::newObject();
  json::putBoolean(object, "open", services_.pairing.isOpen());
  return jsonResponse(object);
}

Response SignIn::pair(const Request& request) const {
  auto code = readBody(request, "code", kMaxCodeBytes);
  if (!code)
    return std::move(code.error());
  const auto owner = services_.pairing.claim(*code, request.source);
  return owner ? welcome(owner->token, request) : refuse(owner.error());
}

}  // namespace fanlight::http
