// SPDX-License-Identifier: Apache-2.0
// Words of the command line to the store, and what it says to lines of text.
#include "app/token_command.h"

#include <algorithm>
#include <charconv>
#include <ctime>

#include <unistd.h>

#include "access/token_store.h"
#include "app/links.h"
#include "app/qr_code.h"

namespace fanlight::app {
namespace {

using access::TokenStore;
using session::TokenInfo;
using session::TokenRequest;

ExitCode failed(ExitCode code, std::string_view why) {
  fmt::print(stderr, "fanlight: {}\n", why);
  return code;
}

ExitCode codeOf(const session::Refusal& refusal) {
  return refusal.code == session::RefusalCode::BadCommand ? ExitCode::Usage : ExitCode::Unavailable;
}

/// "7d". None: it is no such thing.
std::optional<std::chrono::seconds> parseLifetime(std::string_view text) {
  using namespace std::chrono;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  constexpr std::int64_t kMost = 100'000;
  if (error != std::errc() || count <= 0 || count > kMost)
    return std::nullopt;
  if (unit == "m")
    return minutes(count);
  if (unit == "h")
    return hours(count);
  if (unit == "d")
    return hours(24 * count);
  return unit == "w" ? std::optional<seconds>(hours(24 * 7 * count)) : std::nullopt;
}

/// The error is a sentence.
tl::expected<TokenRequest, std::string> toRequest(const TokenLine& line) {
  if (line.owner)
    return line.name.empty() ? access::ownerRequest() : access::ownerRequest(line.name);
  TokenRequest request{line.name, {}, {}, {}};
  if (line.name.empty())
    return tl::unexpected<std::string>("say with --name who or what it is for");
  for (std::size_t begin = 0; begin <= line.rights.size();) {
    const std::size_t end = std::min(line.rights.find(',', begin), line.rights.size());
    const std::string name = line.rights.substr(begin, end - begin);
    begin = end + 1;
    const auto right = session::parseRight(name);
    if (!right)
      return tl::unexpected("there is no right '" + name + "': known are " + session::rightNames());
    request.rights.insert(*right);
  }
  if (line.key)
    request.form = session::TokenForm::Key;
  if (!line.cameras.empty())
    request.cameras.emplace();
  for (const std::string& camera : line.cameras)
    request.cameras->insert(base::CameraId(camera));
  if (line.lifetime == "ever")
    return request;
  request.lifetime = parseLifetime(line.lifetime);
  if (!request.lifetime)
    return tl::unexpected("'" + line.lifetime + "' is no time: write 30m, 12h, 7d, 4w or ever");
  return request;
}

std::string toText(const std::optional<std::chrono::sys_seconds>& time, const char* none) {
  if (!time)
    return none;
  const std::time_t seconds = time->time_since_epoch().count();
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min);
}

template <class Range, class ToText>
std::string join(const Range& range, ToText itemText) {
  std::string joined;
  for (const auto& item : range)
    joined.append(joined.empty() ? "" : ",").append(itemText(item));
  return joined;
}

std::string scopeOf(const TokenInfo& token) {
  const std::string cameras =
      token.cameras ? join(*token.cameras, [](const base::CameraId& id) { return id.value(); }) : "all cameras";
  const char* form = token.form == session::TokenForm::Key ? ", by a key" : "";
  return join(token.rights, session::toText) + " of " + cameras + form;
}

void printLinks(const session::IssuedToken& issued, const TokenLine& line, const config::Settings& settings) {
  fmt::print("For '{}': {}, {}{}.\n", issued.info.name, scopeOf(issued.info), issued.info.expires ? "until " : "",
             toText(issued.info.expires, "without end"));
  const auto urls = reachableUrls(line.urls.empty() ? listenedUrls(settings.http) : line.urls);
  if (issued.info.form == session::TokenForm::Key) {
    for (const std::string& url : urls)
      for (const base::CameraId& camera : issued.info.cameras.value_or(std::set<base::CameraId>()))
        fmt::print("WHEP: {}\n", whepUrlOf(url, issued.token, camera));
    return;
  }
  for (const std::string& url : urls)
    fmt::print("Open: {}\n", linkOf(url, issued));
  if (!urls.empty() && (line.qr || ::isatty(STDOUT_FILENO) == 1))
    fmt::print("{}", qrCode(linkOf(bestForAPhone(urls), issued)));
}

/// Where --keep finds one that allows the same, the very same token.
std::optional<session::IssuedToken> kept(const TokenStore& store, const TokenRequest& request) {
  const auto tokens = store.issued();
  const auto token = std::ranges::find_if(tokens, [&request](const TokenInfo& one) {
    return one.name == request.name && one.rights == request.rights && one.cameras == request.cameras &&
           one.expires.has_value() == request.lifetime.has_value() && one.isOwner == request.isOwner &&
           one.form == request.form;
  });
  if (token == tokens.end())
    return std::nullopt;
  return session::IssuedToken{store.tokenOf(token->id).value_or(base::Secret()), *token};
}

ExitCode create(const TokenLine& line, TokenStore& store, const config::Settings& settings) {
  const auto request = toRequest(line);
  if (!request)
    return failed(ExitCode::Usage, "cannot make a token: " + request.error());
  if (const auto again = line.keep ? kept(store, *request) : std::nullopt) {
    printLinks(*again, line, settings);
    return ExitCode::Ok;
  }
  const auto issued = store.issue(*request);
  if (!issued)
    return failed(codeOf(issued.error()), issued.error().message);
  printLinks(*issued, line, settings);
  return ExitCode::Ok;
}

ExitCode list(const TokenStore& store) {
  const auto tokens = store.issued();
  if (tokens.empty())
    fmt::print("Nobody has a link to this device.\n");
  for (const TokenInfo& token : tokens)
    fmt::print("{}  {}  {}  {}\n", token.id.value(), toText(token.expires, "without end     "), token.name,
               scopeOf(token));
  return ExitCode::Ok;
}

ExitCode revoke(const TokenLine& line, TokenStore& store) {
  const auto tokens = store.issued();
  const auto isMeant = [&line](const TokenInfo& token) {
    return token.id.value() == line.which || token.name == line.which;
  };
  const auto count = std::ranges::count_if(tokens, isMeant);
  const bool isFleets = line.which.starts_with(access::kFleetPrefix);
  if (count != 1 && !isFleets)
    return failed(ExitCode::Usage, fmt::format("cannot end '{}': {}; 'fanlight token list' prints them", line.which,
                                               count == 0 ? "there is no such token" : "several have this name"));
  const auto revoked =
      store.revoke(isFleets ? session::GrantId(line.which) : std::ranges::find_if(tokens, isMeant)->id);
  return revoked ? ExitCode::Ok : failed(codeOf(revoked.error()), revoked.error().message);
}

ExitCode reset(TokenStore& store) {
  const auto done = store.reset();
  if (!done)
    return failed(ExitCode::Unavailable, done.error().message);
  fmt::print("Every link has ended. A daemon that runs shows a pairing code in its log.\n");
  return ExitCode::Ok;
}

}  // namespace

ExitCode runToken(const TokenLine& line, const config::Settings& settings, const std::string& stateFolder) {
  const base::SystemClock clock;
  auto folder = access::StateFolder::open(stateFolder);
  if (!folder)
    return failed(ExitCode::Unavailable, folder.error().message);
  const auto store = TokenStore::open(std::move(*folder), settings.device.id, clock);
  if (!store)
    return failed(ExitCode::Unavailable, store.error().message);
  switch (line.action) {
    case TokenLine::Action::Create:
      return create(line, **store, settings);
    case TokenLine::Action::List:
      return list(**store);
    case TokenLine::Action::Revoke:
      return revoke(line, **store);
    case TokenLine::Action::Reset:
      return reset(**store);
  }
  return ExitCode::Internal;
}

}  // namespace fanlight::app
