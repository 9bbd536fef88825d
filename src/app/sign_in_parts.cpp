// SPDX-License-Identifier: Apache-2.0
// One store, and what asks it.
#include "app/sign_in_parts.h"

#include "access/fleet_key.h"

namespace fanlight::app {

base::Result<access::TokenTrust> readTrust(const config::Settings& settings) {
  access::TokenTrust trust{settings.device.id, {}};
  for (const std::string& pem : settings.access.fleetKeys) {
    auto key = access::readFleetKey(pem);
    if (!key)
      return tl::unexpected(std::move(key.error()).within("cannot use a key of 'fleet_keys' in [access]"));
    trust.fleetKeys.push_back(std::move(*key));
  }
  return trust;
}

base::Result<std::unique_ptr<SignInParts>> SignInParts::create(const config::Settings& settings,
                                                               const std::string& stateFolder) {
  auto trust = readTrust(settings);
  if (!trust)
    return tl::unexpected(trust.error());
  auto parts = std::make_unique<SignInParts>(std::move(*trust));
  if (auto opened = parts->open(stateFolder); !opened)
    return tl::unexpected(opened.error());
  return parts;
}

base::Result<> SignInParts::open(const std::string& stateFolder) {
  auto folder = access::StateFolder::open(stateFolder);
  if (!folder)
    return tl::unexpected(folder.error());
  auto tokens = access::TokenStore::open(std::move(*folder), trust_.device, wallClock_);
  if (!tokens)
    return tl::unexpected(tokens.error());
  tokens_ = std::move(*tokens);
  access_ = std::make_unique<access::TokenAccess>(trust_, *tokens_, wrongTokens_, wallClock_, clock_);
  pairing_ = std::make_unique<access::CodePairing>(*tokens_, wrongCodes_, clock_);
  return {};
}

void SignInParts::tick() {
  tokens_->tick();
  pairing_->tick();
}

}  // namespace fanlight::app
