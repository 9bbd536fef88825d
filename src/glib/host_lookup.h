// SPDX-License-Identifier: Apache-2.0
// The addresses of a name, asked for without waiting. Main thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "glib/lifetime.h"
#include "glib/ref.h"

namespace fanlight::glib {

/// One question, which is dropped when this is destroyed.
class HostLookup {
 public:
  /// Numeric addresses, at least one. Unavailable: why there are none.
  using Answer = base::Result<std::vector<std::string>>;

  /// `done` is called once, later, from the loop of the main thread.
  HostLookup(const std::string& name, std::function<void(const Answer&)> done);
  ~HostLookup();
  HostLookup(const HostLookup&) = delete;
  HostLookup& operator=(const HostLookup&) = delete;

 private:
  const Ref<GCancellable> cancellable_;
  Lifetime lifetime_;
};

}  // namespace fanlight::glib
