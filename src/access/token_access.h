// SPDX-License-Identifier: Apache-2.0
// session::Access by tokens. Main thread.
#pragma once

#include <vector>

#include "access/guess_limit.h"
#include "access/token_store.h"

namespace fanlight::access {

/// Who else may sign, and how tokens are to name this device.
struct TokenTrust {
  base::DeviceId device;
  std::vector<Key> fleetKeys;  ///< public halves
};

/// Tokens of a fleet that were good once and are remembered to be; of more, some are not.
inline constexpr std::size_t kMaxKnownOfFleet = 1000;

class TokenAccess final : public session::Access {
 public:
  /// All outlive it.
  TokenAccess(TokenTrust trust, TokenStore& tokens, GuessLimit& guesses, const base::WallClock& wallClock,
              const base::Clock& clock)
      : trust_(std::move(trust)), tokens_(tokens), guesses_(guesses), wallClock_(wallClock), clock_(clock) {}

  session::Answered<session::Grant> identify(const session::Credentials& credentials) override;
  session::Answered<void> stands(const session::Grant& grant) const override;
  session::Answered<void> check(const session::Grant& grant, session::Right right,
                                const base::CameraId* camera) const override;

 private:
  session::Answered<session::Grant> ofKey(const session::Credentials& credentials);
  session::Answered<session::Grant> ofDevice(const Claims& claims) const;
  session::Answered<session::Grant> ofFleet(const Claims& claims);
  session::Answered<session::Grant> grantFor(const Claims& claims, session::GrantId id) const;
  bool isKnown(const session::Credentials& credentials) const;
  session::Answered<session::Grant> refuseGuess(const session::Credentials& credentials);

  const TokenTrust trust_;
  TokenStore& tokens_;
  GuessLimit& guesses_;
  const base::WallClock& wallClock_;
  const base::Clock& clock_;
  std::set<session::GrantId> knownOfFleet_;
};

}  // namespace fanlight::access
