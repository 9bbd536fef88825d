// SPDX-License-Identifier: Apache-2.0
// What the configuration says of a broker, put together. Main thread.
#pragma once

#include <memory>

#include "config/settings.h"
#include "mqtt/client.h"
#include "mqtt/presence.h"
#include "mqtt/telemetry.h"

namespace fanlight::app {

class MqttParts {
 public:
  /// What it tells of. All outlive it.
  struct Told {
    session::Catalogue& catalogue;
    const telemetry::Source& figures;
    const signaling::DeviceInfo& device;
    const base::Clock& clock;
  };

  /// Null where no broker is configured, or it cannot be used, which the log says.
  static std::unique_ptr<MqttParts> create(const glib::MainContext& context, const config::Settings& settings,
                                           const Told& told);
  MqttParts(const config::Settings& settings, const Told& told);
  MqttParts(const MqttParts&) = delete;
  MqttParts& operator=(const MqttParts&) = delete;

  void tick();
  /// Tells that the device goes.
  void close();
  bool isClosed() const { return client_->isClosed(); }

 private:
  void begin();
  void afterInfo(const mqtt::Message& info);

  const mqtt::Topics topics_;
  mqtt::Presence presence_;
  mqtt::Telemetry telemetry_;
  std::unique_ptr<mqtt::Client> client_;
};

}  // namespace fanlight::app
