// SPDX-License-Identifier: Apache-2.0
// One connection after the other by the same client, whose settings and unacknowledged messages stay.
#include "mqtt/connection.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <random>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <mqtt_protocol.h>
#include <pthread.h>

#include "mqtt/retry_pace.h"

namespace fanlight::mqtt {
namespace {

constexpr int kQos = 1;
/// How late the thread sees what nobody tells it: that time is up, and while it is in, that a ping is due.
constexpr std::chrono::milliseconds kLookEvery{1000};
constexpr int kLooksPerKeepalive = 4;
/// Whom Debian and most others trust, a file each.
constexpr const char* kSystemAuthorities = "/etc/ssl/certs";
/// Who has been in for so long is not pushed out by another.
constexpr base::Duration kUncontested = 2 * kLongestPause;

const char* orNone(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

void initialise() {
  static const int done = mosquitto_lib_init();
  static_cast<void>(done);
}

/// OpenSSL writes without MSG_NOSIGNAL; and the daemon's signals are the main thread's.
void blockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

double drawRandom() {
  static thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_real_distribution<>(0, 1)(generator);
}

}  // namespace

Connection::Connection(const Broker& broker, Events events) : broker_(broker), events_(std::move(events)) {}

base::Result<std::shared_ptr<Connection>> Connection::start(const Broker& broker, const Publication& will,
                                                            Events events) {
  auto connection = std::make_shared<Connection>(broker, std::move(events));
  if (auto prepared = connection->prepare(will); !prepared)
    return tl::unexpected(prepared.error());
  std::thread([connection] { connection->run(); }).detach();
  return connection;
}

base::Result<> Connection::prepare(const Publication& will) {
  initialise();
  client_.reset(mosquitto_new(broker_.clientId.c_str(), true, this));
  mosquitto* client = client_.get();
  if (!client)
    return base::fail(base::ErrorCode::Internal, fmt::format("no MQTT client: {}", std::strerror(errno)));
  mosquitto_threaded_set(client, true);
  mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  mosquitto_connect_v5_callback_set(client, onConnect);
  mosquitto_disconnect_v5_callback_set(client, onDisconnect);
  mosquitto_publish_v5_callback_set(client, onPublish);
  mosquitto_message_v5_callback_set(client, onMessage);
  mosquitto_log_callback_set(client, onLog);
  int outcome = mosquitto_will_set_v5(client, will.topic.c_str(), static_cast<int>(will.payload.size()),
                                      will.payload.data(), kQos, will.isRetained, nullptr);
  if (outcome == MOSQ_ERR_SUCCESS && !broker_.username.empty())
    outcome = mosquitto_username_pw_set(client, broker_.username.c_str(), orNone(broker_.password.reveal()));
  if (outcome != MOSQ_ERR_SUCCESS)
    return base::fail(base::ErrorCode::InvalidArgument, mosquitto_strerror(outcome));
  return broker_.url.isTls ? prepareTls() : base::Result<>();
}

base::Result<> Connection::prepareTls() {
  mosquitto* client = client_.get();
  int outcome = mosquitto_tls_set(client, orNone(broker_.ca), broker_.ca.empty() ? kSystemAuthorities : nullptr,
                                  orNone(broker_.certificate), orNone(broker_.key), nullptr);
  if (outcome == MOSQ_ERR_INVAL)
    return base::fail(base::ErrorCode::InvalidArgument,
                      fmt::format("'ca', 'certificate' or 'key' cannot be read: {}", std::strerror(errno)));
  if (outcome == MOSQ_ERR_SUCCESS)
    outcome = mosquitto_tls_opts_set(client, 1, "tlsv1.2", nullptr);
  if (outcome != MOSQ_ERR_SUCCESS)
    return base::fail(base::ErrorCode::InvalidArgument, mosquitto_strerror(outcome));
  return {};
}

void Connection::run() {
  blockSignals();
  pthread_setname_np(pthread_self(), "mqtt");
  base::TimePoint since = clock_.now();
  while (!isEnding_) {
    why_.clear();
    complaint_.clear();
    connectOnce();
    const base::TimePoint now = clock_.now();
    if (isIn_.exchange(false)) {
      since = now;
      if (now - inSince_ > kUncontested)
        isContested_ = false;
    }
    if (isEnding_)
      break;
    events_.lost(why_);
    rest(retryPause(isContested_ ? base::Duration::max() : now - since, drawRandom()));
  }
  events_.ended();
}

void Connection::connectOnce() {
  const base::TimePoint began = clock_.now();
  const base::Place& place = broker_.url.place;
  int outcome = mosquitto_connect_async(client_.get(), place.host.c_str(), place.port,
                                        static_cast<int>(broker_.keepalive.count()));
  while (outcome == MOSQ_ERR_SUCCESS && !isTimeUp(began))
    outcome = mosquitto_loop(client_.get(), static_cast<int>(lookAfter().count()), 1);
  if (why_.empty())
    why_ = describe(outcome);
}

std::chrono::milliseconds Connection::lookAfter() const {
  const std::chrono::milliseconds pings = broker_.keepalive;
  return isIn_ && !isEnding_ ? std::max(kLookEvery, pings / kLooksPerKeepalive) : kLookEvery;
}

bool Connection::isTimeUp(base::TimePoint began) const {
  const base::TimePoint now = clock_.now();
  if (isEnding_)
    return !isIn_ || now - endedAt_.load() > kLeaveLimit;
  return !isIn_ && now - began > kConnectLimit;
}

std::string Connection::describe(int outcome) const {
  if (complaint_.find("certificate verify failed") != std::string::npos)
    return "its certificate is of another name, has ended, or nobody whom we trust vouches for it";
  // "OpenSSL Error[0]: error:0A000412:SSL routines::what it is"
  if (!complaint_.empty())
    return complaint_.substr(complaint_.rfind("::") == std::string::npos ? 0 : complaint_.rfind("::") + 2);
  if (outcome == MOSQ_ERR_SUCCESS)
    return "it does not answer";
  std::string said = outcome == MOSQ_ERR_ERRNO ? std::strerror(errno) : mosquitto_strerror(outcome);
  // libmosquitto's are sentences.
  said.resize(said.find_last_not_of('.') + 1);
  return said;
}

void Connection::rest(base::Duration pause) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, pause, [this] { return isEnding_.load(); });
}

Connection::Properties Connection::propertiesOf(const Publication& publication) {
  mosquitto_property* properties = nullptr;
  if (publication.life > publication.life.zero())
    mosquitto_property_add_int32(&properties, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL,
                                 static_cast<std::uint32_t>(publication.life.count()));
  return Properties(properties);
}

bool Connection::publish(const Publication& publication) {
  if (!isIn_ || unacknowledged_ >= kMaxUnacknowledged)
    return false;
  ++unacknowledged_;
  const bool isTaken =
      mosquitto_publish_v5(client_.get(), nullptr, publication.topic.c_str(),
                           static_cast<int>(publication.payload.size()), publication.payload.data(), kQos,
                           publication.isRetained, propertiesOf(publication).get()) == MOSQ_ERR_SUCCESS;
  if (!isTaken)
    --unacknowledged_;
  return isTaken;
}

void Connection::subscribe(const std::string& topic) {
  mosquitto_subscribe_v5(client_.get(), nullptr, topic.c_str(), kQos, 0, nullptr);
}

void Connection::end() {
  {
    const std::lock_guard lock(mutex_);
    endedAt_ = clock_.now();
    isEnding_ = true;
  }
  wake_.notify_one();
  // Also where it is only being let in: it is what wakes the thread.
  mosquitto_disconnect_v5(client_.get(), MQTT_RC_NORMAL_DISCONNECTION, nullptr);
}

void Connection::onConnect(mosquitto* /*client*/, void* self, int reason, int /*flags*/,
                           const mosquitto_property* /*properties*/) {
  auto& connection = *static_cast<Connection*>(self);
  if (reason != MQTT_RC_SUCCESS) {
    connection.why_ = fmt::format("it does not let us in: {}", mosquitto_reason_string(reason));
    return;
  }
  connection.inSince_ = connection.clock_.now();
  connection.isIn_ = true;
  connection.events_.connected();
}

void Connection::onDisconnect(mosquitto* /*client*/, void* self, int reason, const mosquitto_property* /*properties*/) {
  auto& connection = *static_cast<Connection*>(self);
  // Reasons of the broker's own; below are libmosquitto's error codes.
  if (reason >= MQTT_RC_UNSPECIFIED && connection.why_.empty())
    connection.why_ = fmt::format("it ends the connection: {}", mosquitto_reason_string(reason));
  // mosquitto itself says nothing of it; others do.
  if (reason == MQTT_RC_SESSION_TAKEN_OVER)
    connection.events_.takenOver();
}

void Connection::onPublish(mosquitto* /*client*/, void* self, int /*id*/, int reason,
                           const mosquitto_property* /*properties*/) {
  auto& connection = *static_cast<Connection*>(self);
  --connection.unacknowledged_;
  if (reason >= MQTT_RC_UNSPECIFIED)
    connection.events_.refused(mosquitto_reason_string(reason));
}

void Connection::onMessage(mosquitto* /*client*/, void* self, const mosquitto_message* message,
                           const mosquitto_property* /*properties*/) {
  auto& connection = *static_cast<Connection*>(self);
  const auto bytes = static_cast<std::size_t>(message->payloadlen);
  const bool isTooLarge = bytes > kMaxPayloadBytes;
  const char* payload = static_cast<const char*>(message->payload);
  const Message taken{message->topic, payload && !isTooLarge ? std::string(payload, bytes) : "", message->retain,
                      isTooLarge};
  if (connection.unreadBytes_ + sizeOf(taken) > kMaxUnreadBytes)
    return;
  connection.unreadBytes_ += sizeOf(taken);
  connection.events_.message(taken);
}

void Connection::onLog(mosquitto* /*client*/, void* self, int level, const char* text) {
  if (level == MOSQ_LOG_ERR)
    static_cast<Connection*>(self)->complaint_ = text;
}

}  // namespace fanlight::mqtt
