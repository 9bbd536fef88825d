// SPDX-License-Identifier: Apache-2.0
// libmosquitto's client and the thread that it runs on, which connects again for as long as it is wanted. The thread
// blocks where names are looked up, for as long as that takes, and keeps what it needs: nobody waits for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <mosquitto.h>

#include "base/clock.h"
#include "base/result.h"
#include "mqtt/broker.h"

namespace fanlight::mqtt {

/// From the first packet until the broker has let us in.
inline constexpr base::Duration kConnectLimit = std::chrono::seconds(10);
/// What a broker that is being left may take to hear of it.
inline constexpr base::Duration kLeaveLimit = std::chrono::seconds(2);
/// Of what the broker has not acknowledged; what comes beyond is dropped.
inline constexpr int kMaxUnacknowledged = 1024;
/// Of messages that have come and not been looked at; what comes beyond is dropped.
inline constexpr std::size_t kMaxUnreadBytes = std::size_t{4} * 1024 * 1024;

class Connection {
 public:
  /// Called on the connection's thread.
  struct Events {
    std::function<void()> connected;
    /// It was, or could not be made; it is tried again.
    std::function<void(const std::string& why)> lost;
    /// Another client has come by the same id.
    std::function<void()> takenOver;
    /// Done with by isRead().
    std::function<void(const Message&)> message;
    std::function<void(const std::string& why)> refused;  ///< something that was published
    std::function<void()> ended;                          ///< the last one, after end()
  };

  /// Begins. `will` is published by the broker where the device is gone without a word. InvalidArgument: a file of
  /// `broker` is of no use.
  static base::Result<std::shared_ptr<Connection>> start(const Broker& broker, const Publication& will, Events events);
  Connection(const Broker& broker, Events events);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Any thread. Whether the broker will be given it; not where it is away, or takes too little.
  bool publish(const Publication& publication);
  /// Any thread. To a topic's messages, for as long as the broker is there; those that were retained come first.
  void subscribe(const std::string& topic);
  /// Any thread. That message is done with.
  void isRead(const Message& message) { unreadBytes_ -= sizeOf(message); }
  /// Any thread. Another client has the same id: rather be away for a minute than push it out again and again.
  void giveWay() { isContested_ = true; }
  /// Any thread. Takes leave, so that the will is not published.
  void end();

 private:
  struct Destroy {
    void operator()(mosquitto* client) const { mosquitto_destroy(client); }
  };

  struct FreeAll {
    void operator()(mosquitto_property* properties) const { mosquitto_property_free_all(&properties); }
  };
  using Properties = std::unique_ptr<mosquitto_property, FreeAll>;
  static Properties propertiesOf(const Publication& publication);
  static std::size_t sizeOf(const Message& message) {
    return sizeof(Message) + message.topic.size() + message.payload.size();
  }

  base::Result<> prepare(const Publication& will);
  base::Result<> prepareTls();
  void run();
  void connectOnce();
  /// Of waiting for something to come or to go.
  std::chrono::milliseconds lookAfter() const;
  bool isTimeUp(base::TimePoint began) const;
  std::string describe(int outcome) const;
  void rest(base::Duration pause);

  static void onConnect(mosquitto* client, void* self, int reason, int flags, const mosquitto_property* properties);
  static void onDisconnect(mosquitto* client, void* self, int reason, const mosquitto_property* properties);
  static void onPublish(mosquitto* client, void* self, int id, int reason, const mosquitto_property* properties);
  static void onMessage(mosquitto* client, void* self, const mosquitto_message* message,
                        const mosquitto_property* properties);
  static void onLog(mosquitto* client, void* self, int level, const char* text);

  const Broker broker_;
  const Events events_;
  const base::SteadyClock clock_;
  std::unique_ptr<mosquitto, Destroy> client_;
  // Of the thread alone.
  std::string why_;        ///< the connection was lost
  std::string complaint_;  ///< of libmosquitto's, which says more than its error codes do
  base::TimePoint inSince_;

  std::atomic<bool> isIn_ = false;  ///< the broker has let us in
  std::atomic<bool> isContested_ = false;
  std::atomic<int> unacknowledged_ = 0;
  std::atomic<std::size_t> unreadBytes_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> isEnding_ = false;
  std::atomic<base::TimePoint> endedAt_{};
};

}  // namespace fanlight::mqtt
