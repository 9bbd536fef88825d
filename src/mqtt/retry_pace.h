// SPDX-License-Identifier: Apache-2.0
// How long a broker that is away is left alone before it is tried again. Any thread.
#pragma once

#include "base/clock.h"

namespace fanlight::mqtt {

inline constexpr base::Duration kShortestPause = std::chrono::seconds(1);
inline constexpr base::Duration kLongestPause = std::chrono::minutes(1);

/// A twelfth of the time for which it has been away: after a minute it is missed for no more than 5 s longer, and after
/// a day nobody hammers at it. Between half and all of that by `random` (0 to 1), so that a fleet whose broker comes
/// back does not come all at once.
base::Duration retryPause(base::Duration awayFor, double random);

}  // namespace fanlight::mqtt
