// SPDX-License-Identifier: Apache-2.0
// Kinds of settings that are lists of places in a network. Any thread.
#pragma once

#include "base/address.h"
#include "config/value_kind.h"

namespace fanlight::config {

/// Places to listen at; none twice, but for port 0, which is another one each time.
struct AddressList {
  using Value = std::vector<base::Address>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

/// DNS names (and IPv4 addresses, which look alike) without port, kept in lower case.
struct HostList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

/// STUN and TURN servers: base::parseIceUrl().
struct IceUrlList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printList(value); }
  std::string expects() const;
};

/// UDP ports as "49152-65535", at least `min` of them and none of the privileged; without a value, any.
struct PortRangeText {
  using Value = base::PortRange;
  int min = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const;
  std::string expects() const;
};

/// Names of network interfaces, as the kernel takes them.
struct InterfaceList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

/// Addresses, as inet_ntop(3) writes them, and DNS names in lower case.
struct PlaceList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

/// Web origins (RFC 6454), in lower case: "https://home.example:8123".
struct OriginList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

/// The address of a page or service: http or https, without a name and password in it. Empty where none is set, which
/// cannot be written.
struct WebAddress {
  using Value = std::string;
  static constexpr std::size_t kMaxBytes = 1024;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return "an address such as 'https://home.example:8123/api/webhook/ID'"; }
};

/// An MQTT broker: base::parseBrokerUrl(). Empty where none is set, which cannot be written.
struct BrokerAddress {
  using Value = std::string;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return value.empty() ? "" : printString(value); }
  std::string expects() const { return "a broker such as 'mqtts://broker.example:8883' or 'mqtt://192.0.2.1'"; }
};

/// IP addresses without port, as inet_ntop(3) writes them.
struct IpList {
  using Value = std::vector<std::string>;
  std::size_t max = 0;

  Parsed<Value> parse(const Node& node) const;
  std::string print(const Value& value) const { return printList(value); }
  std::string expects() const;
};

}  // namespace fanlight::config
