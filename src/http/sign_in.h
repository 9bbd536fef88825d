// SPDX-License-Identifier: Apache-2.0
// From a link's token, or a code on the console, to a cookie that scripts cannot read. Main thread.
#pragma once

#include <string>

#include "http/request.h"
#include "http/response.h"
#include "signaling/endpoint.h"

namespace fanlight::http {

/// The token, or the code, with the JSON around it.
inline constexpr std::size_t kMaxSignInBytes = session::kMaxTokenBytes + 256;

class SignIn {
 public:
  /// `services` outlives it.
  SignIn(const signaling::Services& services, std::string cookie) : services_(services), cookie_(std::move(cookie)) {}

  /// POST {"token": …}: its rights, and the cookie. Without a token in the body the request's own one is renewed. An
  /// admin's cookie stays where the token is a guest's: the page has that one in its memory.
  Response logIn(const Request& request) const;
  Response logOut(const Request& request) const;
  /// Whether a pairing code is being shown.
  Response describePairing() const;
  /// POST {"code": …}: whoever sends it is the owner then.
  Response pair(const Request& request) const;

 private:
  /// Whether the browser would lose an admin's cookie for a guest's: an owner tries a link out, or is made to open one.
  bool costsTheDevice(const Request& request, const session::Grant& grant) const;
  Response welcome(const base::Secret& token, const Request& request) const;

  const signaling::Services& services_;
  const std::string cookie_;
};

}  // namespace fanlight::http
