// SPDX-License-Identifier: Apache-2.0
// What a name had stays until it has something else: a name server may be away for a while.
#include "ice/advertised_addresses.h"

#include "base/address.h"
#include "base/log.h"

namespace fanlight::ice {
namespace {

// As long as providers of changing addresses let theirs be remembered.
constexpr std::chrono::seconds kAskEvery{60};

bool isName(const std::string& place) {
  return place.find(':') == std::string::npos && !base::parseAddress(place + ":0");
}

}  // namespace

AdvertisedAddresses::AdvertisedAddresses(const glib::MainContext& context, const std::vector<std::string>& places)
    : places_(places) {
  for (const std::string& place : places_)
    if (isName(place))
      found_.emplace(place, std::vector<std::string>());
  if (found_.empty())
    return;
  ask();
  timer_ = glib::EventSource::timer(context, kAskEvery, [this] {
    ask();
    return glib::Continue::Yes;
  });
}

void AdvertisedAddresses::ask() {
  for (const auto& [name, known] : found_)
    lookups_[name] =
        std::make_unique<glib::HostLookup>(name, [this, name = name](const auto& answer) { take(name, answer); });
}

void AdvertisedAddresses::take(const std::string& name, const glib::HostLookup::Answer& answer) {
  if (answer)
    found_[name] = *answer;
  else if (!isMissed_[name])
    base::logWarning("ice", "cannot find '{}', which [ice] advertises: {}", name, answer.error().message);
  isMissed_[name] = !answer;
}

std::vector<std::string> AdvertisedAddresses::now() const {
  std::vector<std::string> addresses;
  for (const std::string& place : places_) {
    const auto found = found_.find(place);
    if (found == found_.end())
      addresses.push_back(place);
    else
      addresses.insert(addresses.end(), found->second.begin(), found->second.end());
  }
  return addresses;
}

}  // namespace fanlight::ice
