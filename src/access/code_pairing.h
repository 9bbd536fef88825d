// SPDX-License-Identifier: Apache-2.0
// The first owner, by a code that is to be seen at the device alone. Main thread.
#pragma once

#include "access/guess_limit.h"
#include "access/token_store.h"

namespace fanlight::access {

/// How long a code holds.
inline constexpr std::chrono::minutes kPairingTime(10);
/// 40 bits: at the pace of GuessLimit nobody finds it in that time, from however many addresses.
inline constexpr std::size_t kPairingCodeLength = 8;

class CodePairing final : public session::Pairing {
 public:
  /// All outlive it.
  CodePairing(TokenStore& tokens, GuessLimit& guesses, const base::Clock& clock)
      : tokens_(tokens), guesses_(guesses), clock_(clock) {}

  bool isOpen() const override { return !code_.empty(); }
  session::Answered<session::IssuedToken> claim(const base::Secret& code, const session::SourceId& source) override;

  /// Shows a code where the device lost its owner or never had one, and takes an old one back. Asked once a second.
  void tick();

 private:
  void show();

  TokenStore& tokens_;
  GuessLimit& guesses_;
  const base::Clock& clock_;
  base::Secret code_;  ///< empty: none is shown
  base::TimePoint shown_;
  bool wasShown_ = false;  ///< since there was an owner
};

}  // namespace fanlight::access
