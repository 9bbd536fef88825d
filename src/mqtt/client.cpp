// SPDX-License-Identifier: Apache-2.0
#include "mqtt/client.h"

#include <utility>

#include "base/log.h"

namespace fanlight::mqtt {

base::Result<std::unique_ptr<Client>> Client::create(const glib::MainContext& context, const Broker& broker,
                                                     const Publication& will, ConnectedHandler onConnected,
                                                     MessageHandler onMessage) {
  const base::Place& place = broker.url.place;
  auto client = std::make_unique<Client>(base::toHost(place.host) + ":" + std::to_string(place.port), broker.clientId,
                                         std::move(onConnected), std::move(onMessage));
  Client* self = client.get();
  auto connected = self->lifetime_.bind([self] { self->afterConnected(); });
  auto lost = self->lifetime_.bind([self](const std::string& why) { self->afterLost(why); });
  auto refused = self->lifetime_.bind([self](const std::string& why) { self->afterRefused(why); });
  auto takenOver = self->lifetime_.bind([self] { self->giveWay(); });
  auto message = self->lifetime_.bind([self](const Message& one) {
    self->connection_->isRead(one);
    self->onMessage_(one);
  });
  auto ended = self->lifetime_.bind([self] { self->isClosed_ = true; });
  auto connection = Connection::start(
      broker, will,
      {.connected = [context, connected] { context.post(connected); },
       .lost = [context, lost](const std::string& why) { context.post([lost, why]() mutable { lost(why); }); },
       .takenOver = [context, takenOver] { context.post(takenOver); },
       .message = [context, message](const Message& one) { context.post([message, one]() mutable { message(one); }); },
       .refused = [context,
                   refused](const std::string& why) { context.post([refused, why]() mutable { refused(why); }); },
       .ended = [context, ended] { context.post(ended); }});
  if (!connection)
    return tl::unexpected(connection.error());
  self->connection_ = std::move(*connection);
  return client;
}

Client::Client(std::string broker, std::string id, ConnectedHandler onConnected, MessageHandler onMessage)
    : broker_(std::move(broker)),
      id_(std::move(id)),
      onConnected_(std::move(onConnected)),
      onMessage_(std::move(onMessage)) {}

Client::~Client() {
  if (connection_)
    connection_->end();
}

void Client::publish(const Publication& publication) {
  if (isConnected_ && !connection_->publish(publication))
    base::logDebug("mqtt", "'{}' is not said: the broker takes too little", publication.topic);
}

void Client::close(const Publication& last) {
  publish(last);
  connection_->end();
}

void Client::afterConnected() {
  base::logInfo("mqtt", "connected to the broker '{}' as '{}'", broker_, id_);
  isConnected_ = true;
  complaint_.clear();
  onConnected_();
}

void Client::afterLost(const std::string& why) {
  isConnected_ = false;
  if (why == complaint_)
    return;
  complaint_ = why;
  base::logWarning("mqtt", "the broker '{}' is away: {}; it is tried again and again", broker_, why);
}

void Client::giveWay() {
  connection_->giveWay();
  if (!std::exchange(isContested_, true))
    base::logError("mqtt", "another client has come to the broker '{}' as '{}': give each device an 'id' of its own",
                   broker_, id_);
}

void Client::afterRefused(const std::string& why) {
  if (why == complaint_)
    return;
  complaint_ = why;
  base::logWarning("mqtt", "the broker '{}' does not take all that '{}' says: {}", broker_, id_, why);
}

}  // namespace fanlight::mqtt
