// SPDX-License-Identifier: Apache-2.0
// What decides who may do what, put together from the settings and the state folder. Main thread.
#pragma once

#include <memory>

#include "access/code_pairing.h"
#include "access/token_access.h"
#include "base/clock.h"
#include "config/settings.h"

namespace fanlight::app {

/// The fleets' keys of the settings. InvalidArgument: one is none.
base::Result<access::TokenTrust> readTrust(const config::Settings& settings);

class SignInParts {
 public:
  /// InvalidArgument: a fleet's key is none. Unavailable: the state folder cannot be used.
  static base::Result<std::unique_ptr<SignInParts>> create(const config::Settings& settings,
                                                           const std::string& stateFolder);

  explicit SignInParts(access::TokenTrust trust) : trust_(std::move(trust)) {}

  session::Access& access() { return *access_; }
  session::TokenIssuer& tokens() { return *tokens_; }
  session::Pairing& pairing() { return *pairing_; }
  /// Once a second, before whoever asks whether a grant still stands.
  void tick();

 private:
  base::Result<> open(const std::string& stateFolder);

  const base::SteadyClock clock_;
  const access::TokenTrust trust_;
  const base::SystemClock wallClock_;
  // Of their own: whoever tries old tokens behind the owner's address does not keep him from pairing.
  access::GuessLimit wrongTokens_{clock_};
  access::GuessLimit wrongCodes_{clock_};
  std::unique_ptr<access::TokenStore> tokens_;
  std::unique_ptr<access::TokenAccess> access_;
  std::unique_ptr<access::CodePairing> pairing_;
};

}  // namespace fanlight::app
