// SPDX-License-Identifier: Apache-2.0
// How this device asks other servers: libsoup's client, set up our way. Main thread.
#pragma once

#include <libsoup/soup.h>

#include "glib/ref.h"

namespace fanlight::glib {

template <>
struct RefTraits<SoupSession> : GObjectRefTraits<SoupSession> {};
template <>
struct RefTraits<SoupMessage> : GObjectRefTraits<SoupMessage> {};

}  // namespace fanlight::glib

namespace fanlight::http {

/// Certificates are verified, and no proxy of the environment is used.
glib::Ref<SoupSession> newClientSession();

}  // namespace fanlight::http
