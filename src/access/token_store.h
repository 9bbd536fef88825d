// SPDX-License-Identifier: Apache-2.0
// The tokens of the device: those that it issued, those of others that it ended. Daemon and command line change them
// beside each other: each change is made to what the file says at that moment, under a lock. Main thread.
#pragma once

#include <functional>
#include <memory>

#include "access/access_state.h"
#include "access/state_folder.h"
#include "base/wall_clock.h"
#include "session/tokens.h"

namespace fanlight::access {

/// What GrantIds of tokens begin with that were signed elsewhere; those of the device's own have no colon.
inline constexpr std::string_view kFleetPrefix = "fleet:";
/// What was signed elsewhere lasts no longer, so that what was ended need not be remembered for ever.
inline constexpr std::chrono::seconds kMaxFleetLifetime = std::chrono::hours(24 * 31);
/// Clocks of a fleet's back end and of the device may differ by this much.
inline constexpr std::chrono::seconds kClockSkew(30);

/// What makes whoever gets it the owner: every right, every camera, no end.
session::TokenRequest ownerRequest(std::string name = "Owner");

class TokenStore final : public session::TokenIssuer {
 public:
  /// Makes the file where there is none. Unavailable: it cannot be read or written, or is broken.
  static base::Result<std::unique_ptr<TokenStore>> open(StateFolder folder, base::DeviceId device,
                                                        const base::WallClock& clock);

  /// For open(): nothing is loaded yet.
  TokenStore(StateFolder folder, base::DeviceId device, const base::WallClock& clock)
      : folder_(std::move(folder)), device_(std::move(device)), clock_(clock) {}

  session::Answered<session::IssuedToken> issue(const session::TokenRequest& request) override;
  std::vector<session::TokenInfo> issued() const override;
  session::Answered<void> revoke(const session::GrantId& id) override;

  /// The same token once more, for whoever stands at the device; none where it was not issued.
  std::optional<base::Secret> tokenOf(const session::GrantId& id) const;
  /// Ends every token that there ever was, by a new key.
  base::Result<> reset();
  /// Takes up what another process changed. A file that cannot be read changes nothing; it is logged once.
  void refresh();
  /// The same, and dates what was ended before the time was known. Asked once a second.
  void tick();

  const AccessState& state() const { return state_; }
  Key key() const { return {Algorithm::Hs256, state_.key}; }
  bool hasOwner() const;

 private:
  /// By what a file on disk is told from its successor.
  struct Version {
    std::uint64_t inode = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    bool operator==(const Version&) const = default;
  };

  /// None: there is no file. Unavailable: nobody can tell.
  base::Result<std::optional<Version>> versionOnDisk() const;
  base::Result<> load();
  base::Result<> takeUp(const Version& version);
  void complain(const base::Result<>& done);
  /// Under the lock: what the file says, changed by `change` and dated if there is a clock, is written and taken up.
  base::Result<> update(const std::function<void(AccessState&)>& change);
  IssuedClaims claimsOf(const session::TokenRequest& request) const;
  void forgetWhatIsOver(AccessState& state) const;
  void dateWhatIsUndated(AccessState& state) const;

  const StateFolder folder_;
  const base::DeviceId device_;
  const base::WallClock& clock_;
  AccessState state_;
  std::optional<Version> version_;
  std::string complaint_;  ///< the last that was logged
};

}  // namespace fanlight::access
