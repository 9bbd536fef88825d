// SPDX-License-Identifier: Apache-2.0
// Showing, comparing and taking back the code.
#include "access/code_pairing.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/log.h"
#include "base/random.h"

namespace fanlight::access {
namespace {

/// Crockford's base 32: no letter that is taken for another one.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What a person types at most, with every hyphen and space.
constexpr std::size_t kMaxTyped = 32;

/// As it was meant: "k7qf-m2xo" for "K7QFM2X0".
std::string meant(std::string_view typed) {
  std::string code;
  for (const char c : typed.substr(0, kMaxTyped)) {
    const char upper = base::toUpper(c);
    if (upper == 'O')
      code += '0';
    else if (upper == 'I' || upper == 'L')
      code += '1';
    else if (upper != '-' && upper != ' ')
      code += upper;
  }
  return code;
}

}  // namespace

void CodePairing::tick() {
  if (tokens_.hasOwner()) {
    code_ = base::Secret();
    wasShown_ = false;
    return;
  }
  if (!wasShown_)
    return show();
  if (!code_.empty() && clock_.now() - shown_ >= kPairingTime) {
    code_ = base::Secret();
    base::logWarning("access",
                     "the pairing code has run out; start again for another, or 'fanlight token create --owner'");
  }
}

void CodePairing::show() {
  const std::string code = base::randomText(kAlphabet, kPairingCodeLength);
  code_ = base::Secret(code);
  shown_ = clock_.now();
  wasShown_ = true;
  base::logWarning("access",
                   "this device has no owner: open its page and type the pairing code {}-{} within {} minutes",
                   code.substr(0, kPairingCodeLength / 2), code.substr(kPairingCodeLength / 2), kPairingTime.count());
}

session::Answered<session::IssuedToken> CodePairing::claim(const base::Secret& code, const session::SourceId& source) {
  using enum session::RefusalCode;
  // Of a short code every try would count, so that not one is looked at beyond the limit.
  if (guesses_.isOver(source))
    return session::refuse(TooManyTries, "too many wrong tries from your address: wait a minute");
  if (!isOpen())
    return session::refuse(NoPairing, "the device shows no pairing code: ask its owner for a link");
  if (!base::isEqual(code_, meant(code.reveal()))) {
    if (guesses_.count(source))
      base::logWarning("access", "'{}' tries wrong pairing codes; it is slowed down", source.value());
    return session::refuse(WrongCode, "this is not the pairing code: look at the device's console again");
  }
  auto owner = tokens_.issue(ownerRequest());
  if (owner) {
    code_ = base::Secret();
    base::logWarning("access", "'{}' is the owner of this device from now on", source.value());
  }
  return owner;
}

}  // namespace fanlight::access
