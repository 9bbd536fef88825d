// SPDX-License-Identifier: Apache-2.0
// The state as JSON.
#include "access/access_state.h"

#include <algorithm>

#include "access/claim_fields.h"
#include "base/random.h"

namespace fanlight::access {
namespace {

constexpr gint64 kVersion = 1;
constexpr std::size_t kMaxTextBytes = 256;

json::ObjectRef describe(const IssuedClaims& claims) {
  auto object = json::newObject();
  json::put(object, "id", claims.id.value());
  json::put(object, "audience", claims.audience);
  json::put(object, "name", claims.name);
  json::put(object, "rights", json::toArray(claims.rights, session::toText));
  putCameras(object, claims.cameras);
  putTime(object, "issued", claims.issued);
  putTime(object, "expires", claims.expires);
  if (claims.isOwner)
    json::putBoolean(object, "owner", true);
  if (claims.form != session::TokenForm::Link)
    json::put(object, "form", session::nameOf(claims.form));
  return object;
}

base::Result<IssuedClaims> readClaims(JsonObject* object) {
  json::Reader reader(object);
  IssuedClaims claims;
  claims.id = session::GrantId(reader.text("id", kMaxTextBytes));
  claims.audience = reader.text("audience", kMaxTextBytes);
  claims.name = reader.text("name", kMaxTextBytes);
  claims.isOwner = reader.optionalBoolean("owner").value_or(false);
  claims.rights = readRights(reader);
  const auto form = reader.optionalText("form", kMaxTextBytes);
  if (form && !session::parseTokenForm(*form))
    reader.reject("form", "is '" + *form + "', which is none that this release knows");
  claims.form = form ? session::parseTokenForm(*form).value_or(claims.form) : claims.form;
  if (claims.isOwner)
    claims.rights = {session::kRights.begin(), session::kRights.end()};
  claims.cameras = readCameras(reader);
  claims.issued = readTime(reader, "issued");
  claims.expires = readTime(reader, "expires");
  if (reader.fault())
    return base::fail(base::ErrorCode::InvalidArgument, "field '" + reader.fault()->field + "' " + reader.fault()->why);
  return claims;
}

}  // namespace

AccessState newState() {
  AccessState state;
  state.key = base::Secret(base::randomId() + base::randomId());
  return state;
}

std::string write(const AccessState& state) {
  const auto object = json::newObject();
  json::put(object, "version", kVersion);
  json::put(object, "key", state.key.reveal());
  putTime(object, "reset", state.resetAt);
  if (state.isResetUndated)
    json::putBoolean(object, "resetUndated", true);
  json::put(object, "issued", json::toArray(state.issued, [](const auto& entry) { return describe(entry.second); }));
  json::put(object, "revoked", json::toArray(state.revoked, [](const auto& entry) {
              auto revoked = json::newObject();
              json::put(revoked, "id", entry.first.value());
              putTime(revoked, "until", entry.second);
              return revoked;
            }));
  return json::print(object.get()) + "\n";
}

base::Result<AccessState> read(std::string_view text) {
  const auto object = json::parseObject(text);
  if (!object)
    return tl::unexpected(object.error());
  json::Reader reader(object->get());
  AccessState state;
  reader.integer("version", kVersion, kVersion);
  state.key = base::Secret(reader.text("key", kMaxTextBytes));
  state.resetAt = readTime(reader, "reset");
  state.isResetUndated = reader.optionalBoolean("resetUndated").value_or(false);
  for (JsonObject* entry : reader.objects("issued", kMaxIssued)) {
    auto claims = readClaims(entry);
    if (!claims)
      return tl::unexpected(claims.error());
    state.issued.emplace(claims->id, std::move(*claims));
  }
  for (JsonObject* entry : reader.objects("revoked", kMaxRevoked)) {
    json::Reader revoked(entry);
    const session::GrantId id(revoked.text("id", kMaxTextBytes));
    state.revoked.emplace(id, readTime(revoked, "until"));
    if (revoked.fault())
      reader.reject("revoked", "holds something else than ids and times");
  }
  if (state.key.empty())
    reader.reject("key", "is empty");
  if (reader.fault())
    return base::fail(base::ErrorCode::InvalidArgument, "field '" + reader.fault()->field + "' " + reader.fault()->why);
  return state;
}

}  // namespace fanlight::access
