// SPDX-License-Identifier: Apache-2.0
// From a token to a grant, and whether a grant still holds.
#include "access/token_access.h"

#include "access/view_key.h"
#include "base/log.h"

namespace fanlight::access {
namespace {

using session::Answered;
using session::Grant;
using session::refuse;
using enum session::RefusalCode;

tl::unexpected<session::Refusal> refuseExpired() {
  return refuse(Expired, "this access has run out: ask the owner for a new link");
}

tl::unexpected<session::Refusal> refuseRevoked() {
  return refuse(Revoked, "this access was ended: ask the owner for a new link");
}

session::GrantId ofFleetId(const session::GrantId& id) {
  return session::GrantId(std::string(kFleetPrefix) + id.value());
}

}  // namespace

Answered<Grant> TokenAccess::identify(const session::Credentials& credentials) {
  tokens_.refresh();
  if (credentials.token.empty())
    return refuse(Unauthorized, "sign in first: open the link that you were given");
  if (guesses_.isOver(credentials.source) && !isKnown(credentials))
    return refuse(TooManyTries, "too many wrong tries from your address: wait a minute");
  if (credentials.form == session::TokenForm::Key)
    return ofKey(credentials);
  if (const auto claims = verify(credentials.token, tokens_.key()))
    return ofDevice(*claims);
  for (const Key& key : trust_.fleetKeys)
    if (const auto claims = verify(credentials.token, key))
      return ofFleet(*claims);
  return refuseGuess(credentials);
}

/// Beyond the limit only those are looked at whose id the device gave out or has let in before, which no guess has:
/// who watches by a good token is never kept out by others behind the same address.
bool TokenAccess::isKnown(const session::Credentials& credentials) const {
  const bool isKey = credentials.form == session::TokenForm::Key;
  const auto id = isKey ? unverifiedKeyId(credentials.token) : unverifiedId(credentials.token);
  return id && (tokens_.state().issued.contains(*id) || knownOfFleet_.contains(ofFleetId(*id)));
}

Answered<Grant> TokenAccess::refuseGuess(const session::Credentials& credentials) {
  const bool isKey = credentials.form == session::TokenForm::Key;
  if (guesses_.count(credentials.source))
    base::logWarning("access", "'{}' tries wrong {}; it is slowed down", credentials.source.value(),
                     isKey ? "keys" : "tokens");
  return refuse(Unauthorized, isKey ? "the address holds no key of this device: ask the owner for a new one"
                                    : "this is no token of this device: ask the owner for a new link");
}

Answered<Grant> TokenAccess::ofKey(const session::Credentials& credentials) {
  const auto id = verifyViewKey(credentials.token, tokens_.key().text);
  if (!id)
    return refuseGuess(credentials);
  const auto issued = tokens_.state().issued.find(*id);
  if (issued == tokens_.state().issued.end())
    return refuseRevoked();
  if (issued->second.form != session::TokenForm::Key)
    return refuseGuess(credentials);
  auto grant = grantFor(issued->second, *id);
  if (grant)
    grant->form = session::TokenForm::Key;
  return grant;
}

Answered<Grant> TokenAccess::ofDevice(const Claims& claims) const {
  const auto issued = tokens_.state().issued.find(claims.id);
  if (issued == tokens_.state().issued.end()) {
    // One that ran out is forgotten after a while.
    const auto now = wallClock_.now();
    return claims.expires && now && *claims.expires <= *now ? refuseExpired() : refuseRevoked();
  }
  if (issued->second.form != session::TokenForm::Link)
    return refuse(Unauthorized, "this is no token of this device: ask the owner for a new link");
  return grantFor(issued->second, claims.id);
}

Answered<Grant> TokenAccess::ofFleet(const Claims& claims) {
  if (claims.audience != trust_.device.value())
    return refuse(Unauthorized, "this token is for another device");
  const bool isLasting = !claims.expires || !claims.issued || *claims.expires - *claims.issued > kMaxFleetLifetime;
  if (isLasting)
    return refuse(Unauthorized, "a token that is signed elsewhere needs 'iat' and an 'exp' within 31 days of it");
  // Until then it waits; a back end that signs ahead of time makes what a reset or revocation before may not reach.
  const auto now = wallClock_.now();
  if (now && *claims.issued > *now + kClockSkew)
    return refuse(NotYet, "this access has not begun yet");
  auto grant = grantFor(claims, ofFleetId(claims.id));
  if (grant) {
    if (knownOfFleet_.size() >= kMaxKnownOfFleet)
      knownOfFleet_.erase(knownOfFleet_.begin());
    knownOfFleet_.insert(grant->id);
  }
  return grant;
}

Answered<Grant> TokenAccess::grantFor(const Claims& claims, session::GrantId id) const {
  Grant grant{std::move(id), claims.rights, claims.cameras, claims.name, claims.expires, {}, claims.issued};
  const auto now = wallClock_.now();
  if ((claims.expires || claims.notBefore) && !now)
    return refuse(ClockUnset,
                  "the device does not know what time it is yet, and this access ends: try again in a few minutes");
  if (claims.notBefore && *now + kClockSkew < *claims.notBefore)
    return refuse(NotYet, "this access has not begun yet");
  if (claims.expires && *now >= *claims.expires)
    return refuseExpired();
  if (claims.expires)
    grant.deadline = clock_.now() + (*claims.expires - *now);
  if (const auto holds = stands(grant); !holds)
    return tl::unexpected(holds.error());
  return grant;
}

Answered<void> TokenAccess::stands(const Grant& grant) const {
  const AccessState& state = tokens_.state();
  const bool isFleets = grant.id.value().starts_with(kFleetPrefix);
  const bool isBeforeReset =
      isFleets &&
      (state.isResetUndated || (state.resetAt && grant.issued.value_or(*state.resetAt) <= *state.resetAt + kClockSkew));
  const bool isEnded = isFleets ? state.revoked.contains(grant.id) : !state.issued.contains(grant.id);
  const auto now = wallClock_.now();
  // Either clock: one may have been set forward since, and the other one stands still for nothing.
  const bool isOver =
      (grant.deadline && clock_.now() >= *grant.deadline) || (grant.expires && now && *now >= *grant.expires);
  if (isOver)
    return refuseExpired();
  if (isEnded || isBeforeReset)
    return refuseRevoked();
  return {};
}

Answered<void> TokenAccess::check(const Grant& grant, session::Right right, const base::CameraId* camera) const {
  if (auto holds = stands(grant); !holds)
    return holds;
  if (!grant.rights.contains(right))
    return refuse(Forbidden, "your link does not allow this ('" + std::string(toText(right)) + "')");
  const bool isElsewhere = grant.cameras && (isOfDevice(right) || (camera && !grant.cameras->contains(*camera)));
  if (isElsewhere)
    return refuse(Forbidden, "your link is not for this camera");
  return {};
}

}  // namespace fanlight::access
