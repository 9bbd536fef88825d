// SPDX-License-Identifier: Apache-2.0
// Who may do what: the port that every route, message and command asks. Main thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "base/values.h"
#include "session/refusal.h"
#include "session/right.h"
#include "session/token_form.h"

namespace fanlight::session {

/// What a token is told apart by: on the wire, in lists, for its revocation. No secret.
using GrantId = base::Id<struct GrantTag>;

/// Where a viewer comes from, for limits and for the owner to see: an address, a broker's client; opaque here.
using SourceId = base::Id<struct SourceTag>;

/// What somebody may do, as it was decided once; the core never sees a token.
struct Grant {
  GrantId id;
  std::set<Right> rights;
  std::optional<std::set<base::CameraId>> cameras;  ///< none: every camera
  std::string name;                                 ///< what its owner calls it: "kitchen tablet"
  /// When it ends; none: never. By the wall clock for people and for Access, which knows that clock; monotonic so that
  /// a clock that is set back makes nothing last longer.
  std::optional<std::chrono::sys_seconds> expires;
  std::optional<base::TimePoint> deadline;
  std::optional<std::chrono::sys_seconds> issued;  ///< for Access: before or after the device was last reset
  TokenForm form = TokenForm::Link;
};

/// A fleet's, with what tells it from the device's own.
inline constexpr std::size_t kMaxGrantIdBytes = 80;
/// A browser keeps no cookie that is longer.
inline constexpr std::size_t kMaxTokenBytes = 4000;

/// What a request carried and nobody has believed yet.
struct Credentials {
  base::Secret token;  ///< empty: none came
  SourceId source;
  TokenForm form = TokenForm::Link;  ///< the only one that it is taken for
};

class Access {
 public:
  virtual ~Access() = default;

  /// Turns credentials into a grant. Refused: Unauthorized, Expired, Revoked, NotYet, ClockUnset, TooManyTries.
  virtual Answered<Grant> identify(const Credentials& credentials) = 0;
  /// Whether `grant` has not ended. Refused: Expired, Revoked. Cheap: sessions and channels ask once a second.
  virtual Answered<void> stands(const Grant& grant) const = 0;
  /// Whether `grant` stands and allows `right`, on `camera` where one is meant. Refused: as stands(), and Forbidden.
  virtual Answered<void> check(const Grant& grant, Right right, const base::CameraId* camera) const = 0;
};

}  // namespace fanlight::session
