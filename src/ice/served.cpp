// SPDX-License-Identifier: Apache-2.0
// Each shape is read into RTCIceServer's.
#include "ice/served.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ice_url.h"
#include "json/read.h"

namespace fanlight::ice {
namespace {

constexpr std::size_t kMaxUrls = 16;
constexpr std::size_t kMaxUrlBytes = 512;
/// RFC 8489, 14.3, of a name; of a password nothing is said.
constexpr std::size_t kMaxCredentialBytes = 1024;
constexpr gint64 kLongestLifetime = 7 * 24 * 3600;
constexpr std::chrono::seconds kUsualLifetime = std::chrono::hours(1);

bool isList(JsonObject* object, const char* name) {
  JsonNode* node = json_object_get_member(object, name);
  return node && JSON_NODE_HOLDS_ARRAY(node);
}

std::vector<std::string> readUrls(json::Reader& reader, JsonObject* object, const char* name) {
  std::vector<std::string> urls =
      isList(object, name) ? reader.texts(name, kMaxUrls, kMaxUrlBytes) : std::vector{reader.text(name, kMaxUrlBytes)};
  std::erase_if(urls, [](const std::string& url) { return !base::parseIceUrl(url); });
  return urls;
}

/// `urlsName` and `passwordName`: what the shape calls them.
std::optional<session::IceServer> readServer(JsonObject* object, const char* urlsName, const char* passwordName,
                                             std::optional<json::Fault>& fault) {
  json::Reader reader(object);
  session::IceServer server;
  server.urls = readUrls(reader, object, urlsName);
  server.username = reader.nullableText("username", kMaxCredentialBytes).value_or("");
  server.credential = base::Secret(reader.nullableText(passwordName, kMaxCredentialBytes).value_or(""));
  if (reader.fault())
    fault = reader.fault();
  return server.urls.empty() || reader.fault() ? std::nullopt : std::optional(std::move(server));
}

std::vector<JsonObject*> serversIn(json::Reader& reader, JsonObject* object) {
  if (isList(object, "iceServers"))
    return reader.objects("iceServers", kMaxServedServers);
  JsonObject* one = reader.optionalObject("iceServers");
  return one ? std::vector{one} : std::vector<JsonObject*>();
}

}  // namespace

base::Result<Served> readServed(std::string_view text) {
  // A list as a whole is one that has no name.
  const bool isBareList = text.substr(0, text.find_first_not_of(" \t\r\n") + 1).ends_with('[');
  const auto parsed = json::parseObject(isBareList ? "{\"iceServers\":" + std::string(text) + "}" : std::string(text));
  if (!parsed)
    return tl::unexpected(parsed.error());
  JsonObject* object = parsed->get();
  json::Reader reader(object);
  std::optional<json::Fault> fault;
  Served served;
  served.lifetime =
      std::chrono::seconds(reader.nullableInteger("ttl", 1, kLongestLifetime).value_or(kUsualLifetime.count()));
  const auto take = [&served](std::optional<session::IceServer> server) {
    if (server)
      served.servers.push_back(std::move(*server));
  };
  if (json_object_has_member(object, "uris"))
    take(readServer(object, "uris", "password", fault));
  else if (json_object_has_member(object, "urls"))
    take(readServer(object, "urls", "credential", fault));
  else
    for (JsonObject* one : serversIn(reader, object))
      take(readServer(one, "urls", "credential", fault));
  if (reader.fault())
    fault = reader.fault();
  if (fault)
    return base::fail(base::ErrorCode::InvalidArgument, "'" + fault->field + "' " + fault->why);
  if (served.servers.empty())
    return base::fail(base::ErrorCode::InvalidArgument, "it names no STUN or TURN server");
  return served;
}

}  // namespace fanlight::ice
