// SPDX-License-Identifier: Apache-2.0
// What a button closes, open for reading: a key of an input device, or a line of a GPIO chip. Main thread; nothing
// blocks.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "config/settings.h"

namespace fanlight::doorbell {

enum class Change { Pressed, Released };

class Contact {
 public:
  virtual ~Contact() = default;
  /// What is polled for.
  virtual int descriptor() const = 0;
  /// What has come, in its order; none: the device is gone.
  virtual std::optional<std::vector<Change>> read() = 0;
};

/// Unavailable: it is not there, may not be opened, or has no such key or line.
using OpenedContact = base::Result<std::unique_ptr<Contact>>;

/// Of source 'key'.
OpenedContact openKey(const config::Input& input);
/// Of source 'gpio'.
OpenedContact openLine(const config::Input& input);

/// At most this many are taken at once, so that a device that sends without end holds up nobody.
inline constexpr std::size_t kChangesAtOnce = 64;

}  // namespace fanlight::doorbell
