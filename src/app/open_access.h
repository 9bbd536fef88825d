// SPDX-License-Identifier: Apache-2.0
// Access for everybody to everything. What it stands for here is the loopback address, where the daemon listens unless
// told otherwise; tokens take its place.
#pragma once

#include "session/access.h"

namespace fanlight::app {

class OpenAccess final : public session::Access {
 public:
  session::Answered<session::Grant> identify(const session::Credentials&) override {
    using session::Right;
    return session::Grant{session::GrantId("everybody"), {Right::View}, std::nullopt, std::nullopt};
  }
  session::Answered<void> check(const session::Grant&, session::Right, const base::CameraId*) override { return {}; }
};

}  // namespace fanlight::app
