// SPDX-License-Identifier: Apache-2.0
// A file with a secret in it, as systemd hands one to a service. Any thread; waits for the disk.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace fanlight::glib {

inline constexpr std::size_t kMaxSecretBytes = 1024;

/// Its first line, without blanks around it. NotFound: there is no such file. InvalidArgument: it is empty. Else as
/// readWhole().
base::Result<base::Secret> readSecret(const std::string& path);

}  // namespace fanlight::glib
