// SPDX-License-Identifier: Apache-2.0
// Addresses as numbers, one spelling for each, so that limits and names may compare them. Any thread.
#pragma once

#include <string>
#include <string_view>

#include <gio/gio.h>

namespace fanlight::http {

/// The address of an end of a connection, without the port: "192.168.1.5", "::1".
std::string addressText(GSocketAddress* address);

/// `text` as the same; empty where it is no numeric address.
std::string addressText(std::string_view text);

}  // namespace fanlight::http
