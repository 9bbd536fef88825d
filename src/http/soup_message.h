// SPDX-License-Identifier: Apache-2.0
// Between libsoup's message and the plain values that the rest works with. Main thread.
#pragma once

#include <string>

#include <libsoup/soup.h>

#include "glib/ref.h"
#include "http/request.h"
#include "http/response.h"

namespace fanlight::glib {

template <>
struct RefTraits<SoupServer> : GObjectRefTraits<SoupServer> {};
template <>
struct RefTraits<SoupServerMessage> : GObjectRefTraits<SoupServerMessage> {};

}  // namespace fanlight::glib

namespace fanlight::http {

/// `message` has been read to its end.
std::string readBody(SoupServerMessage* message);
/// Whether the client holds its body back until it is asked for it.
bool expectsContinue(SoupServerMessage* message);

void writeHeaders(SoupServerMessage* message, const std::vector<Header>& headers);
/// All of `response`, with the standard headers for `origin`.
void writeResponse(SoupServerMessage* message, Response response, std::string_view origin);

}  // namespace fanlight::http
