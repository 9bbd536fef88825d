// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA1, as coturn has it unless it is told otherwise; what is known of SHA-1 does not touch HMAC.
#include "ice/turn_credential.h"

#include <array>

#include <fmt/format.h>
#include <glib.h>

#include "glib/owned.h"

namespace fanlight::glib {
template <>
struct Free<GHmac> {
  void operator()(GHmac* hmac) const { g_hmac_unref(hmac); }
};
}  // namespace fanlight::glib

namespace fanlight::ice {
namespace {

constexpr std::size_t kSha1Bytes = 20;

}  // namespace

TurnCredential mintCredential(const base::Secret& secret, std::string_view name, std::chrono::sys_seconds expires) {
  std::string username = fmt::format("{}:{}", expires.time_since_epoch().count(), name);
  const std::string& key = secret.reveal();
  const glib::Owned<GHmac> hmac(g_hmac_new(G_CHECKSUM_SHA1, reinterpret_cast<const guchar*>(key.data()), key.size()));
  g_hmac_update(hmac.get(), reinterpret_cast<const guchar*>(username.data()), static_cast<gssize>(username.size()));
  std::array<guint8, kSha1Bytes> digest{};
  gsize length = digest.size();
  g_hmac_get_digest(hmac.get(), digest.data(), &length);
  return {std::move(username), base::Secret(glib::takeString(g_base64_encode(digest.data(), length)))};
}

}  // namespace fanlight::ice
