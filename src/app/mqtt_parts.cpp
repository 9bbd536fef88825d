// SPDX-License-Identifier: Apache-2.0
#include "app/mqtt_parts.h"

#include <utility>

#include "access/state_folder.h"
#include "base/broker_url.h"
#include "base/log.h"
#include "glib/secret_file.h"

namespace fanlight::app {
namespace {

constexpr const char* kKey = "mqtt/key";

base::Result<mqtt::Broker> brokerOf(const config::Settings& settings) {
  const config::Mqtt& from = settings.mqtt;
  mqtt::Broker broker;
  broker.url = base::parseBrokerUrl(from.broker).value_or(base::BrokerUrl{});
  broker.clientId = "fanlight-" + settings.device.id.value();
  broker.username = from.username;
  broker.ca = from.ca;
  broker.certificate = from.certificate;
  broker.key = from.key;
  broker.keepalive = std::chrono::ceil<std::chrono::seconds>(from.keepalive);
  if (!from.password.empty()) {
    auto password = glib::readSecret(from.password);
    if (!password)
      return tl::unexpected(password.error());
    broker.password = std::move(*password);
  }
  return broker;
}

/// Made when it is first wanted: links name it.
base::Result<mqtt::DeviceKey> keyIn(const std::string& stateFolder) {
  const auto folder = access::StateFolder::open(stateFolder);
  if (!folder)
    return tl::unexpected(folder.error());
  auto kept = folder->read(kKey, glib::kMaxSecretBytes);
  if (!kept)
    return tl::unexpected(kept.error());
  if (*kept)
    return mqtt::DeviceKey::fromText(base::Secret(std::move(**kept))).map_error([&folder](base::Error error) {
      return std::move(error).within("the key in '" + folder->pathOf(kKey) + "'");
    });
  mqtt::DeviceKey key = mqtt::DeviceKey::create();
  if (auto written = folder->write(kKey, key.toText().reveal()); !written)
    return tl::unexpected(written.error());
  return key;
}

}  // namespace

std::unique_ptr<MqttParts> MqttParts::create(const glib::MainContext& context, const config::Settings& settings,
                                             const signaling::Services& services, const telemetry::Source& figures,
                                             const std::string& stateFolder) {
  if (settings.mqtt.broker.empty())
    return nullptr;
  const auto unused = [](const base::Error& why) {
    base::logError("mqtt", "the broker of [mqtt] is not used: {}", why.message);
    return nullptr;
  };
  auto key = keyIn(stateFolder);
  if (!key)
    return unused(key.error());
  const auto broker = brokerOf(settings);
  if (!broker)
    return unused(broker.error());
  auto parts = std::make_unique<MqttParts>(settings, services, figures, std::move(*key));
  auto client = mqtt::Client::create(
      context, *broker, offline(parts->topics_), [self = parts.get()] { self->begin(); },
      [self = parts.get()](const mqtt::Message& message) { self->take(message); });
  if (!client)
    return unused(client.error());
  parts->client_ = std::move(*client);
  return parts;
}

MqttParts::MqttParts(const config::Settings& settings, const signaling::Services& services,
                     const telemetry::Source& figures, mqtt::DeviceKey key)
    : topics_(settings.mqtt.prefix, settings.device.id),
      publish_([this](const mqtt::Publication& one) { client_->publish(one); }),
      presence_(topics_, services.catalogue, services.device, publish_),
      telemetry_(topics_, settings.mqtt.telemetry, figures, services.clock, publish_),
      viewers_(topics_, std::move(key), services, publish_) {}

/// In this order, so that what stands there is heard before it is said anew.
void MqttParts::begin() {
  client_->subscribe(topics_.info());
  client_->subscribe(topics_.signalIn());
  presence_.announce();
  telemetry_.begin();
}

void MqttParts::take(const mqtt::Message& message) {
  if (message.topic != topics_.info())
    viewers_.take(message);
  else if (presence_.isOfAnother(message))
    client_->giveWay();
}

void MqttParts::tick() {
  viewers_.tick();
  if (!client_->isConnected())
    return;
  presence_.tick();
  telemetry_.tick();
}

void MqttParts::close() {
  client_->close(offline(topics_));
}

}  // namespace fanlight::app
