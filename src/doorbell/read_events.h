// SPDX-License-Identifier: Apache-2.0
// Events of the kernel's, as a descriptor that does not wait gives them: of a fixed size each, never half of one.
#pragma once

#include <array>
#include <cerrno>
#include <optional>
#include <vector>

#include <unistd.h>

#include "doorbell/contact.h"

namespace fanlight::doorbell {

/// Those that have come, in their order; none: the device is gone.
template <class Event>
std::optional<std::vector<Event>> readEvents(int descriptor) {
  std::array<Event, kChangesAtOnce> events{};
  const ssize_t bytes = ::read(descriptor, events.data(), sizeof(events));
  if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
    return std::vector<Event>();
  if (bytes <= 0)
    return std::nullopt;
  return std::vector<Event>(events.begin(), events.begin() + bytes / static_cast<ssize_t>(sizeof(Event)));
}

}  // namespace fanlight::doorbell
