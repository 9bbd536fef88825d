// SPDX-License-Identifier: Apache-2.0
// RFC 9112 sections 2 to 5, without what it allows for old times' sake.
#include "http/head_parser.h"

#include <algorithm>

#include "base/ascii.h"
#include "glib/owned.h"

namespace fanlight::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

tl::unexpected<Response> malformed(std::string_view what) {
  return tl::unexpected<Response>(textResponse(400, what));
}

/// RFC 9110 section 5.6.2.
bool isTokenCharacter(char c) {
  return base::isAlphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, isTokenCharacter);
}

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isTargetCharacter(char c) {
  return c > 0x20 && c < 0x7f && c != '#';
}

/// Takes what stands before `separator` off the front of `text`, and the separator; all of it where there is none.
std::string_view take(std::string_view& text, std::string_view separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + separator.size(), text.size()));
  return part;
}

/// Percent-decoded; none for what would lead out of the root, or is not text.
std::optional<std::string> decodePath(std::string_view encoded) {
  const std::string text(encoded);
  const std::string path = glib::takeString(g_uri_unescape_string(text.c_str(), nullptr));
  const bool leadsOut = path.find("/../") != std::string::npos || path.ends_with("/..");
  // An undecodable escape, NUL among them, gives nothing at all.
  const bool isText = !path.empty() && std::ranges::none_of(path, isControl) &&
                      g_utf8_validate_len(path.data(), path.size(), nullptr) != FALSE;
  return isText && !leadsOut ? std::optional(path) : std::nullopt;
}

/// The path, and the host where the target is absolute.
bool readTarget(std::string_view target, RequestHead& head) {
  if (target.empty() || !std::ranges::all_of(target, isTargetCharacter))
    return false;
  if (target == "*") {
    head.path = target;
    return true;
  }
  const std::string scheme = std::string(toText(head.scheme)) + "://";
  if (base::equalsIgnoringCase(target.substr(0, scheme.size()), scheme)) {
    target.remove_prefix(scheme.size());
    head.targetHost = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(head.targetHost.size());
    if (head.targetHost.empty())
      return false;
    if (target.empty())
      target = "/";
  }
  const std::size_t end = std::min(target.find('?'), target.size());
  const auto path = target.starts_with('/') ? decodePath(target.substr(0, end)) : std::nullopt;
  head.path = path.value_or("");
  head.query = target.substr(std::min(end + 1, target.size()));
  return path.has_value();
}

/// The status of what is wrong with the request line; 0: nothing.
unsigned readRequestLine(std::string_view line, RequestHead& head) {
  head.method = take(line, " ");
  const std::string_view target = take(line, " ");
  if (!isToken(head.method) || !readTarget(target, head))
    return 400;
  if (line == "HTTP/1.1" || line == "HTTP/1.0")
    return 0;
  const bool isOtherVersion = line.size() == 8 && line.starts_with("HTTP/") && base::isDigit(line[5]) &&
                              line[6] == '.' && base::isDigit(line[7]);
  return isOtherVersion ? 505 : 400;
}

bool readHeader(std::string_view line, RequestHead& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
    return false;
  const std::string_view value = base::trim(line.substr(colon + 1));
  if (std::ranges::any_of(value, [](char c) { return isControl(c) && c != '\t'; }))
    return false;
  head.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return true;
}

}  // namespace

std::optional<std::size_t> headLength(std::string_view bytes) {
  const std::size_t end = bytes.find(kHeadEnd);
  return end == std::string_view::npos ? std::nullopt : std::optional(end + kHeadEnd.size());
}

tl::expected<RequestHead, Response> parseHead(std::string_view head, Scheme scheme) {
  RequestHead parsed;
  parsed.scheme = scheme;
  const unsigned status = readRequestLine(take(head, kLineEnd), parsed);
  if (status == 505)
    return tl::unexpected<Response>(textResponse(505, "the only version of HTTP known here is 1"));
  if (status != 0)
    return malformed("the request line is malformed");
  while (!head.starts_with(kLineEnd) && !head.empty())
    if (!readHeader(take(head, kLineEnd), parsed))
      return malformed("a header is malformed");
  if (parsed.targetHost.empty())
    parsed.targetHost = parsed.find("Host");
  return parsed;
}

}  // namespace fanlight::http
