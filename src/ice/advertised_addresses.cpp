// SPDX-License-Identifier: Apache-2.0
// What a name had stays until it has something else: a name server may be away for a while.
#include "ice/advertised_addresses.h"

#include <algorithm>
#include <iterator>

#include "base/address.h"
#include "base/log.h"

namespace fanlight::ice {
namespace {

// As long as providers of changing addresses let theirs be remembered.
constexpr std::chrono::seconds kAskEvery{60};

bool isName(const std::string& place) {
  return !base::isIpv6(place) && !base::parseAddress(place + ":0");
}

}  // namespace

AdvertisedAddresses::AdvertisedAddresses(const glib::MainContext& context, const std::vector<std::string>& places)
    : places_(places) {
  for (const std::string& place : places_)
    if (isName(place))
      names_[place];
  if (names_.empty())
    return;
  ask();
  timer_ = glib::EventSource::timer(context, kAskEvery, [this] {
    ask();
    return glib::Continue::Yes;
  });
}

void AdvertisedAddresses::ask() {
  for (auto& [place, name] : names_)
    name.lookup = std::make_unique<glib::HostLookup>(
        place, [&place = place, &name = name](const auto& answer) { take(place, name, answer); });
}

void AdvertisedAddresses::take(const std::string& place, Name& name, const glib::HostLookup::Answer& answer) {
  if (answer)
    name.addresses = *answer;
  else if (!name.isMissed)
    base::logWarning("ice", "cannot find '{}', which [ice] advertises: {}", place, answer.error().message);
  name.isMissed = !answer;
}

std::vector<std::string> AdvertisedAddresses::now() const {
  std::vector<std::string> addresses;
  for (const std::string& place : places_) {
    const auto name = names_.find(place);
    if (name == names_.end())
      addresses.push_back(place);
    else
      std::ranges::copy(name->second.addresses, std::back_inserter(addresses));
  }
  return addresses;
}

}  // namespace fanlight::ice
