// SPDX-License-Identifier: Apache-2.0
// A response as plain values, and the headers that every one of them has. Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "glib/ref.h"
#include "http/request.h"
#include "session/refusal.h"

namespace fanlight::http {

/// Move-only. The length of the body and the headers of standardHeaders() are added when it is sent.
struct Response {
  unsigned status = 200;
  std::string contentType;  ///< empty: none
  glib::Ref<GBytes> body;   ///< null: none
  std::vector<Header> headers;
  std::vector<std::string> framedBy;  ///< origins whose pages may show it in a frame; empty: nobody's

  Response&& with(std::string name, std::string value) &&;
  std::string_view text() const;
};

/// What a client that found the device busy is told to wait.
inline constexpr std::chrono::seconds kRetryAfter(5);

/// Answers one request, now or later; only the first call counts, and it may outlive the connection.
using Reply = std::function<void(Response)>;

Response emptyResponse(unsigned status);
/// A sentence for a person; the end of the line is added.
Response textResponse(unsigned status, std::string_view text);
Response bodyResponse(std::string contentType, std::string_view body);

/// What a refusal of the core is over HTTP. Never 400 or 406: WHEP players take these for offers of another kind.
Response refusalResponse(const session::Refusal& refusal);

/// "Not Found" of 404.
std::string_view reasonPhrase(unsigned status);

/// What every response carries. `origin`: of the page, "https://cam.example", empty before the Host is checked; the
/// content security policy names it for Safari, whose 'self' does not cover a WebSocket of the same origin.
std::vector<Header> standardHeaders(std::string_view origin, const std::vector<std::string>& framedBy = {});

/// The whole of it as bytes, for a connection that libsoup is not asked to answer any more.
std::string toWire(const Response& response, std::string_view origin);
/// The head alone, of a body that comes in chunks later.
std::string chunkedHeadToWire(const Response& response, std::string_view origin);

}  // namespace fanlight::http
