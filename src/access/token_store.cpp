// SPDX-License-Identifier: Apache-2.0
// Reading, changing and writing the file.
#include "access/token_store.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <glib.h>
#include <sys/stat.h>

#include "access/view_key.h"
#include "base/log.h"
#include "base/random.h"

namespace fanlight::access {
namespace {

constexpr const char* kFileName = "access.json";
// 80 bits; no secret, but nobody hits another's by chance. Short, since it stands in every link.
constexpr std::string_view kIdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kIdLength = 16;

session::TokenInfo infoOf(const IssuedClaims& claims) {
  return {claims.id,     claims.name,    claims.rights,  claims.cameras,
          claims.issued, claims.expires, claims.isOwner, claims.form};
}

tl::unexpected<session::Refusal> cannotMake(session::RefusalCode code, std::string why) {
  return session::refuse(code, "cannot make a token: " + std::move(why) + "; none was made");
}

bool isUtf8(const std::string& text) {
  return g_utf8_validate_len(text.data(), text.size(), nullptr) != FALSE;
}

/// A name is for people: on one line, and readable.
bool isName(const std::string& name) {
  return !name.empty() && name.size() <= session::kMaxTokenNameBytes && isUtf8(name) &&
         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isGrantId(const session::GrantId& id) {
  return id.value().size() <= session::kMaxGrantIdBytes && isUtf8(id.value());
}

/// A key stands in addresses, which are written down in more places than a link's fragment: it opens little.
session::Answered<void> judgeKey(const session::TokenRequest& request) {
  using enum session::RefusalCode;
  if (request.isOwner || request.rights != std::set{session::Right::View})
    return cannotMake(BadCommand, "a key is to view, and for nothing else");
  if (!request.cameras)
    return cannotMake(BadCommand, "a key is for cameras that are named");
  return {};
}

session::Answered<void> judge(const session::TokenRequest& request) {
  using enum session::RefusalCode;
  if (request.form == session::TokenForm::Key)
    if (auto judged = judgeKey(request); !judged)
      return judged;
  if (!isName(request.name))
    return cannotMake(BadCommand, "its name must have 1 to " + std::to_string(session::kMaxTokenNameBytes) +
                                      " bytes of text on one line");
  if (request.rights.empty())
    return cannotMake(BadCommand, "it would allow nothing");
  const auto ofDevice = std::ranges::find_if(request.rights, session::isOfDevice);
  if (request.cameras && ofDevice != request.rights.end())
    return cannotMake(BadCommand,
                      "the right '" + std::string(toText(*ofDevice)) + "' is of the whole device, not of some cameras");
  if (request.cameras && request.cameras->empty())
    return cannotMake(BadCommand, "it would be for no camera");
  if (request.cameras && request.cameras->size() > session::kMaxTokenCameras)
    return cannotMake(BadCommand, "it is for more than " + std::to_string(session::kMaxTokenCameras) + " cameras");
  for (const base::CameraId& camera : request.cameras.value_or(std::set<base::CameraId>()))
    if (!base::isNameId(camera.value()))
      return cannotMake(BadCommand, "'" + camera.value() + "' is no camera's id");
  const bool isOutOfRange =
      request.lifetime && (request.lifetime->count() <= 0 || *request.lifetime > session::kMaxTokenLifetime);
  if (isOutOfRange)
    return cannotMake(BadCommand, "it cannot last so long");
  return {};
}

}  // namespace

session::TokenRequest ownerRequest(std::string name) {
  return {std::move(name), {session::kRights.begin(), session::kRights.end()}, {}, {}, {}, true};
}

base::Result<std::unique_ptr<TokenStore>> TokenStore::open(StateFolder folder, base::DeviceId device,
                                                           const base::WallClock& clock) {
  auto store = std::make_unique<TokenStore>(std::move(folder), std::move(device), clock);
  if (auto loaded = store->load(); !loaded)
    return tl::unexpected(loaded.error());
  return store;
}

base::Result<std::optional<TokenStore::Version>> TokenStore::versionOnDisk() const {
  struct stat about {};
  if (::stat(folder_.pathOf(kFileName).c_str(), &about) == 0)
    return Version{about.st_ino, about.st_mtim.tv_sec, about.st_mtim.tv_nsec};
  // A disk that fails for a moment must not look like a device that is new.
  if (errno == ENOENT)
    return std::nullopt;
  return base::fail(base::ErrorCode::Unavailable,
                    "cannot look for '" + folder_.pathOf(kFileName) + "': " + std::strerror(errno));
}

base::Result<> TokenStore::load() {
  const auto version = versionOnDisk();
  if (!version)
    return tl::unexpected(version.error());
  return *version ? takeUp(**version) : update([](AccessState&) {});
}

base::Result<> TokenStore::takeUp(const Version& version) {
  const auto text = folder_.read(kFileName, kMaxStateBytes);
  if (!text)
    return tl::unexpected(text.error());
  auto state = read(text->value_or(""));
  if (!state)
    return base::fail(base::ErrorCode::Unavailable,
                      "cannot use '" + folder_.pathOf(kFileName) + "': " + state.error().message +
                          "; put a good copy in its place, or remove it to start anew, which ends every link that "
                          "the device made");
  state_ = std::move(*state);
  version_ = version;
  return {};
}

base::Result<> TokenStore::update(const std::function<void(AccessState&)>& change) {
  const auto lock = StateLock::take(folder_);
  if (!lock)
    return tl::unexpected(lock.error());
  const auto version = versionOnDisk();
  if (!version)
    return tl::unexpected(version.error());
  if (*version && *version != version_)
    if (auto taken = takeUp(**version); !taken)
      return taken;
  AccessState changed = *version ? state_ : newState();
  forgetWhatIsOver(changed);
  change(changed);
  dateWhatIsUndated(changed);
  const std::string text = write(changed);
  // What cannot be read again would end every link, and keep the daemon from starting.
  if (const auto again = read(text); !again || text.size() > kMaxStateBytes)
    return base::fail(base::ErrorCode::InvalidArgument, again ? "it would be too much to remember"
                                                              : "it could not be read again: " + again.error().message);
  if (auto written = folder_.write(kFileName, text); !written)
    return written;
  state_ = std::move(changed);
  version_ = versionOnDisk().value_or(std::nullopt);
  return {};
}

void TokenStore::refresh() {
  const auto version = versionOnDisk();
  if (!version)
    complain(tl::unexpected(version.error()));
  else if (*version != version_)
    complain(load());
}

void TokenStore::tick() {
  refresh();
  const bool isUndated = state_.isResetUndated || std::ranges::any_of(state_.revoked, [](const auto& entry) {
                           return !entry.second.has_value();
                         });
  if (isUndated && clock_.now())
    complain(update([](AccessState&) {}));
}

void TokenStore::complain(const base::Result<>& done) {
  if (!done && done.error().message != complaint_)
    base::logError("access", "{}; what was known before goes on to count", done.error().message);
  complaint_ = done ? "" : done.error().message;
}

void TokenStore::forgetWhatIsOver(AccessState& state) const {
  const auto now = clock_.now();
  if (!now)
    return;
  std::erase_if(state.issued, [&](const auto& entry) { return entry.second.expires && *entry.second.expires <= *now; });
  std::erase_if(state.revoked, [&](const auto& entry) { return entry.second && *entry.second <= *now; });
}

void TokenStore::dateWhatIsUndated(AccessState& state) const {
  const auto now = clock_.now();
  if (!now)
    return;
  if (std::exchange(state.isResetUndated, false))
    state.resetAt = now;
  for (auto& [id, until] : state.revoked)
    if (!until)
      // By then every token is over that could be this one.
      until = *now + kClockSkew + kMaxFleetLifetime;
}

IssuedClaims TokenStore::claimsOf(const session::TokenRequest& request) const {
  IssuedClaims claims;
  claims.id = session::GrantId(base::randomText(kIdAlphabet, kIdLength));
  claims.audience = device_.value();
  claims.rights = request.rights;
  claims.cameras = request.cameras;
  claims.name = request.name;
  claims.isOwner = request.isOwner;
  claims.form = request.form;
  claims.issued = clock_.now();
  if (request.lifetime)
    claims.expires = *claims.issued + *request.lifetime;
  if (request.latestEnd)
    claims.expires = std::min(claims.expires.value_or(*request.latestEnd), *request.latestEnd);
  return claims;
}

session::Answered<session::IssuedToken> TokenStore::issue(const session::TokenRequest& request) {
  using enum session::RefusalCode;
  if (auto judged = judge(request); !judged)
    return tl::unexpected(judged.error());
  if ((request.lifetime || request.latestEnd) && !clock_.now())
    return cannotMake(ClockUnset, "it is to end, and the device does not know what time it is yet");
  const IssuedClaims claims = claimsOf(request);
  bool isFull = false;
  const auto updated = update([&isFull, &claims](AccessState& state) {
    isFull = state.issued.size() >= kMaxIssued;
    if (!isFull)
      state.issued.emplace(claims.id, claims);
  });
  if (!updated)
    return cannotMake(Internal, updated.error().message);
  if (isFull)
    return cannotMake(Busy, "there are " + std::to_string(kMaxIssued) + " already: end some that nobody needs");
  const auto token = tokenOf(claims.id);
  if (!token)
    return cannotMake(Internal, "it could not be signed");
  base::logInfo("access", "made a token for '{}': {}", claims.name, claims.id.value());
  return session::IssuedToken{*token, infoOf(claims)};
}

std::optional<base::Secret> TokenStore::tokenOf(const session::GrantId& id) const {
  const auto issued = state_.issued.find(id);
  if (issued == state_.issued.end())
    return std::nullopt;
  if (issued->second.form == session::TokenForm::Key)
    return viewKey(id, state_.key);
  // What a person calls it stays here: a link is long enough.
  Claims claims = issued->second;
  claims.name.clear();
  auto token = sign(claims, key());
  return token ? std::optional(std::move(*token)) : std::nullopt;
}

std::vector<session::TokenInfo> TokenStore::issued() const {
  const auto now = clock_.now();
  std::vector<session::TokenInfo> tokens;
  for (const auto& [id, claims] : state_.issued)
    if (!claims.expires || !now || *claims.expires > *now)
      tokens.push_back(infoOf(claims));
  std::ranges::sort(tokens, {}, [](const session::TokenInfo& token) { return std::pair(token.created, token.id); });
  return tokens;
}

session::Answered<void> TokenStore::revoke(const session::GrantId& id) {
  if (!isGrantId(id))
    return session::refuse(session::RefusalCode::BadCommand, "cannot end a token: no token has such an id");
  const bool isFleets = id.value().starts_with(kFleetPrefix);
  bool isFull = false;
  const auto updated = update([&isFull, &id, isFleets](AccessState& state) {
    isFull = isFleets && state.revoked.size() >= kMaxRevoked;
    if (isFleets && !isFull)
      state.revoked.emplace(id, std::nullopt);
    else
      state.issued.erase(id);
  });
  if (!updated)
    return session::refuse(session::RefusalCode::Internal,
                           "cannot end token '" + id.value() + "': " + updated.error().message + "; it still holds");
  if (isFull)
    return session::refuse(session::RefusalCode::Busy,
                           "cannot end token '" + id.value() + "': too many are remembered; change the fleet's key");
  base::logInfo("access", "ended token {}", id.value());
  return {};
}

base::Result<> TokenStore::reset() {
  return update([](AccessState& state) {
    const auto before = state.resetAt;
    state = newState();
    state.resetAt = before;
    state.isResetUndated = true;
  });
}

bool TokenStore::hasOwner() const {
  return std::ranges::any_of(state_.issued, [](const auto& entry) { return entry.second.isOwner; });
}

}  // namespace fanlight::access
