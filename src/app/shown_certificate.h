// SPDX-License-Identifier: Apache-2.0
// The certificate that HTTPS shows, from its files to the server, and again when it changes. Main thread.
#pragma once

#include <memory>

#include "access/tls_identity.h"
#include "config/settings.h"
#include "glib/event_source.h"
#include "http/server.h"

namespace fanlight::app {

class ShownCertificate {
 public:
  /// Given to `server`, which outlives it. InvalidArgument: the files of the settings cannot be used, or the device's
  /// own key; Unavailable: the state folder cannot be.
  static base::Result<std::unique_ptr<ShownCertificate>> show(const glib::MainContext& context,
                                                              const config::Http& settings,
                                                              const std::string& stateFolder, http::Server& server);

  ShownCertificate(const glib::MainContext& context, std::unique_ptr<access::TlsIdentity> identity,
                   http::Server& server);

 private:
  void look();

  const std::unique_ptr<access::TlsIdentity> identity_;
  http::Server& server_;
  glib::EventSource looks_;
};

}  // namespace fanlight::app
