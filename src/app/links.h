// SPDX-License-Identifier: Apache-2.0
// Where people reach the device, and the links that they open. Any thread.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "session/tokens.h"

namespace fanlight::app {

/// "https://192.168.1.5:8443" for each address that the configuration listens at, HTTPS first. Listeners whose port the
/// kernel picks are left out: nobody knows them beforehand.
std::vector<std::string> listenedUrls(const config::Http& http);

/// The same with the machine's own addresses in the place of "0.0.0.0" and "[::]", which nobody can open; IPv4 first,
/// which people can read out.
std::vector<std::string> reachableUrls(const std::vector<std::string>& urls);

/// `url` with the token in its fragment, which no browser sends, and with the camera where it is for one alone.
std::string linkOf(const std::string& url, const session::IssuedToken& issued);

/// Where a player that can send no token watches `camera`.
std::string whepUrlOf(const std::string& url, const base::Secret& key, const base::CameraId& camera);

/// The first that another machine reaches, else the first. `urls` is not empty.
std::string bestForAPhone(const std::vector<std::string>& urls);

}  // namespace fanlight::app
