// SPDX-License-Identifier: Apache-2.0
#include "http/client_session.h"

namespace fanlight::http {

glib::Ref<SoupSession> newClientSession() {
  auto session = glib::Ref<SoupSession>::adopt(soup_session_new());
  soup_session_set_user_agent(session.get(), "fanlight");
  // Where the configuration says, and by no way round it.
  soup_session_set_proxy_resolver(session.get(), nullptr);
  return session;
}

}  // namespace fanlight::http
