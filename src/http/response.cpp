// SPDX-License-Identifier: Apache-2.0
// Making responses.
#include "http/response.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libsoup/soup.h>

namespace fanlight::http {
namespace {

/// Own files and own connections only, nothing inline. {} is " ws://HOST" or " wss://HOST", and who may frame it.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'{}; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {}";

}  // namespace

Response&& Response::with(std::string name, std::string value) && {
  headers.push_back({std::move(name), std::move(value)});
  return std::move(*this);
}

std::string_view Response::text() const {
  gsize size = 0;
  const auto* data = body ? static_cast<const char*>(g_bytes_get_data(body.get(), &size)) : nullptr;
  return data ? std::string_view(data, size) : std::string_view();
}

Response emptyResponse(unsigned status) {
  Response response;
  response.status = status;
  return response;
}

Response textResponse(unsigned status, std::string_view text) {
  Response response = bodyResponse("text/plain; charset=utf-8", std::string(text) + "\n");
  response.status = status;
  return response;
}

Response bodyResponse(std::string contentType, std::string_view body) {
  Response response;
  response.contentType = std::move(contentType);
  response.body = glib::Ref<GBytes>::adopt(g_bytes_new(body.data(), body.size()));
  return response;
}

Response refusalResponse(const session::Refusal& refusal) {
  const std::string& why = refusal.message;
  switch (refusal.code) {
    case session::RefusalCode::BadOffer:
    case session::RefusalCode::UnsupportedOffer:
    case session::RefusalCode::BadCommand:
      return textResponse(422, why);
    case session::RefusalCode::UnknownCamera:
    case session::RefusalCode::UnknownSession:
      return textResponse(404, why);
    case session::RefusalCode::SessionExists:
      return textResponse(409, why);
    case session::RefusalCode::TooManyCandidates:
      return textResponse(413, why);
    case session::RefusalCode::Busy:
      return textResponse(503, why).with("Retry-After", std::to_string(kRetryAfter.count()));
    case session::RefusalCode::Unauthorized:
    case session::RefusalCode::Expired:
    case session::RefusalCode::Revoked:
    case session::RefusalCode::NotYet:
    case session::RefusalCode::WrongCode:
      return textResponse(401, why).with("WWW-Authenticate", "Bearer");
    case session::RefusalCode::ClockUnset:
      return textResponse(503, why).with("Retry-After", std::to_string(kRetryAfter.count()));
    case session::RefusalCode::TooManyTries:
      return textResponse(429, why).with("Retry-After", std::to_string(kRetryAfter.count()));
    case session::RefusalCode::Forbidden:
    case session::RefusalCode::NoPairing:
      return textResponse(403, why);
    case session::RefusalCode::Internal:
      break;
  }
  return textResponse(500, why);
}

std::string_view reasonPhrase(unsigned status) {
  // The ones that libsoup has no words for.
  switch (status) {
    case 421:
      return "Misdirected Request";
    case 428:
      return "Precondition Required";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return soup_status_get_phrase(status);
  }
}

std::vector<Header> standardHeaders(std::string_view origin, const std::vector<std::string>& framedBy) {
  // "http" becomes "ws", "https" becomes "wss".
  const std::string webSocket = origin.empty() ? "" : fmt::format(" ws{}", origin.substr(4));
  const std::string framers = framedBy.empty() ? "'none'" : fmt::format("{}", fmt::join(framedBy, " "));
  std::vector<Header> headers = {
      // libsoup ends a connection that it was handed after one response; it is said, so that nobody is surprised.
      {"Connection", "close"},
      {"Content-Security-Policy", fmt::format(kContentSecurityPolicy, webSocket, framers)},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(self)"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
  };
  // Over plain HTTP browsers ignore it, and complain.
  if (origin.starts_with("https:"))
    headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  return headers;
}

namespace {

/// `length`: the header that says where the body ends.
std::string headToWire(const Response& response, std::string_view origin, const Header& length) {
  std::string wire = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reasonPhrase(response.status));
  const auto add = [&wire](std::string_view name, std::string_view value) {
    wire += fmt::format("{}: {}\r\n", name, value);
  };
  for (const Header& header : standardHeaders(origin, response.framedBy))
    add(header.name, header.value);
  for (const Header& header : response.headers)
    add(header.name, header.value);
  if (!response.contentType.empty())
    add("Content-Type", response.contentType);
  add(length.name, length.value);
  return wire + "\r\n";
}

}  // namespace

std::string toWire(const Response& response, std::string_view origin) {
  const Header length{"Content-Length", std::to_string(response.text().size())};
  return headToWire(response, origin, length) + std::string(response.text());
}

std::string chunkedHeadToWire(const Response& response, std::string_view origin) {
  return headToWire(response, origin, {"Transfer-Encoding", "chunked"});
}

}  // namespace fanlight::http
