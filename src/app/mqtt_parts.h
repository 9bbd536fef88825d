// SPDX-License-Identifier: Apache-2.0
// What the configuration says of a broker, put together. Main thread.
#pragma once

#include <memory>
#include <string>

#include "config/settings.h"
#include "mqtt/client.h"
#include "mqtt/presence.h"
#include "mqtt/telemetry.h"
#include "mqtt/viewers.h"

namespace fanlight::app {

class MqttParts {
 public:
  /// Null where no broker is configured, or it cannot be used, which the log says. `services` and `figures`, which it
  /// tells of, outlive it. The device's key is kept in `stateFolder`.
  static std::unique_ptr<MqttParts> create(const glib::MainContext& context, const config::Settings& settings,
                                           const signaling::Services& services, const telemetry::Source& figures,
                                           const std::string& stateFolder);
  MqttParts(const config::Settings& settings, const signaling::Services& services, const telemetry::Source& figures,
            mqtt::DeviceKey key);
  MqttParts(const MqttParts&) = delete;
  MqttParts& operator=(const MqttParts&) = delete;

  telemetry::DeviceFigures::Broker figures() const { return {client_->isConnected(), viewers_.refusals()}; }
  /// Once a second, after Registry::tick().
  void tick();
  /// Tells that the device goes.
  void close();
  bool isClosed() const { return client_->isClosed(); }

 private:
  void begin();
  void take(const mqtt::Message& message);

  const mqtt::Topics topics_;
  const mqtt::Publish publish_;
  mqtt::Presence presence_;
  mqtt::Telemetry telemetry_;
  mqtt::Viewers viewers_;
  std::unique_ptr<mqtt::Client> client_;
};

}  // namespace fanlight::app
