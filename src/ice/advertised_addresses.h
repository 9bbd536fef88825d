// SPDX-License-Identifier: Apache-2.0
// From where a router forwards to the device: addresses, and those that names have now. Main thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "glib/event_source.h"
#include "glib/host_lookup.h"

namespace fanlight::ice {

class AdvertisedAddresses {
 public:
  /// Numeric addresses and names. Names are asked for at once, and again and again: at home they move.
  AdvertisedAddresses(const glib::MainContext& context, const std::vector<std::string>& places);

  /// As it was last heard; nothing of a name that has never been found.
  std::vector<std::string> now() const;

 private:
  struct Name {
    std::vector<std::string> addresses;  ///< as they were last found
    bool isMissed = false;               ///< and the log says so
    std::unique_ptr<glib::HostLookup> lookup;
  };

  void ask();
  static void take(const std::string& place, Name& name, const glib::HostLookup::Answer& answer);

  const std::vector<std::string> places_;
  std::map<std::string, Name> names_;  ///< those of the places that are no addresses
  glib::EventSource timer_;
};

}  // namespace fanlight::ice
