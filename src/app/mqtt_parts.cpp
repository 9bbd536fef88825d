// SPDX-License-Identifier: Apache-2.0
#include "app/mqtt_parts.h"

#include "base/broker_url.h"
#include "base/log.h"
#include "glib/secret_file.h"

namespace fanlight::app {
namespace {

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

}  // namespace

std::unique_ptr<MqttParts> MqttParts::create(const glib::MainContext& context, const config::Settings& settings,
                                             const Told& told) {
  if (settings.mqtt.broker.empty())
    return nullptr;
  auto parts = std::make_unique<MqttParts>(settings, told);
  auto client = brokerOf(settings).and_then([&context, self = parts.get()](const mqtt::Broker& broker) {
    return mqtt::Client::create(
        context, broker, offline(self->topics_), [self] { self->begin(); },
        [self](const mqtt::Message& info) { self->afterInfo(info); });
  });
  if (!client) {
    base::logError("mqtt", "the broker of [mqtt] is not used: {}", client.error().message);
    return nullptr;
  }
  parts->client_ = std::move(*client);
  return parts;
}

MqttParts::MqttParts(const config::Settings& settings, const Told& told)
    : topics_(settings.mqtt.prefix, settings.device.id),
      presence_(topics_, told.catalogue, told.device, [this](const mqtt::Publication& one) { client_->publish(one); }),
      telemetry_(topics_, settings.mqtt.telemetry, told.figures, told.clock,
                 [this](const mqtt::Publication& one) { client_->publish(one); }) {}

/// In this order, so that what stands there is heard before it is said anew.
void MqttParts::begin() {
  client_->subscribe(topics_.info());
  presence_.announce();
  telemetry_.begin();
}

void MqttParts::afterInfo(const mqtt::Message& info) {
  if (presence_.isOfAnother(info))
    client_->giveWay();
}

void MqttParts::tick() {
  if (!client_->isConnected())
    return;
  presence_.tick();
  telemetry_.tick();
}

void MqttParts::close() {
  client_->close(offline(topics_));
}

}  // namespace fanlight::app
