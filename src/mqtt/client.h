// SPDX-License-Identifier: Apache-2.0
// The device at its broker: what it says goes out, and it is told when it may begin anew. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "glib/lifetime.h"
#include "glib/main_context.h"
#include "mqtt/connection.h"

namespace fanlight::mqtt {

class Client {
 public:
  /// Each time that the broker has let us in, which may know nothing of what was said before.
  using ConnectedHandler = std::function<void()>;
  using MessageHandler = std::function<void(const Message&)>;

  /// `will`: what the broker publishes where the device is gone without a word. InvalidArgument: a file of `broker` is
  /// of no use.
  static base::Result<std::unique_ptr<Client>> create(const glib::MainContext& context, const Broker& broker,
                                                      const Publication& will, ConnectedHandler onConnected,
                                                      MessageHandler onMessage);
  Client(std::string broker, std::string id, ConnectedHandler onConnected, MessageHandler onMessage);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool isConnected() const { return isConnected_; }
  /// Dropped where the broker is away: who has something to say says it again when it is back.
  void publish(const Publication& publication);
  /// Until the broker is away; see ConnectedHandler.
  void subscribe(const std::string& topic) { connection_->subscribe(topic); }
  /// Another client has come by the same id, and there is no room for two.
  void giveWay();
  /// Says `last`, and takes leave.
  void close(const Publication& last);
  /// The broker has heard of it, or was away. Where a name is being looked up it takes as long as that does.
  bool isClosed() const { return isClosed_; }

 private:
  void afterConnected();
  void afterLost(const std::string& why);
  void afterRefused(const std::string& why);

  const std::string broker_;  ///< for the log
  const std::string id_;
  const ConnectedHandler onConnected_;
  const MessageHandler onMessage_;
  bool isConnected_ = false;
  bool isClosed_ = false;
  std::string complaint_;  ///< as it was last logged
  bool isContested_ = false;
  std::shared_ptr<Connection> connection_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::mqtt
