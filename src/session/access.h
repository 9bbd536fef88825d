// SPDX-License-Identifier: Apache-2.0
// Who may do what: the port that every route, message and command asks. Main thread.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/values.h"
#include "session/refusal.h"

namespace fanlight::session {

enum class Right { View, Talk, Control, Record, Admin };

using GrantId = base::Id<struct GrantTag>;

/// What somebody may do, as it was decided once; the core never sees a token.
struct Grant {
  GrantId id;
  std::set<Right> rights;
  std::optional<std::set<base::CameraId>> cameras;  ///< none: every camera
  std::optional<base::TimePoint> deadline;          ///< monotonic, fixed at admission; none: without end
};

/// What a request carried and nobody has believed yet.
struct Credentials {
  std::string token;  ///< empty: none came
};

class Access {
 public:
  virtual ~Access() = default;

  /// Turns credentials into a grant. Refused: Unauthorized.
  virtual Answered<Grant> identify(const Credentials& credentials) = 0;
  /// Whether `grant` allows `right`, on `camera` where one is meant. Refused: Unauthorized (ended), Forbidden.
  virtual Answered<void> check(const Grant& grant, Right right, const base::CameraId* camera) = 0;
};

}  // namespace fanlight::session
