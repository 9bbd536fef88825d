// SPDX-License-Identifier: Apache-2.0
// One accepted connection and the one request that it carries, from the first byte to the closed socket. Main thread.
//
//   Handshake ──done──▶ Head ──got──▶ Body ──got──▶ Answering ──finished──▶ Closed
//    │ (of TLS)          │             │               ├──upgraded────────▶ Closed, the socket lives on as a channel
//    └──plain HTTP───────┴──refused────┴─▶ Lingering ──┴──timed out, peer gone──▶ Closed
//
// libsoup reads and writes; this adds what libsoup's server lacks: a limit of time to each step, an end to reading once
// a request is refused, and the news that a peer left while its answer was being made. libsoup ends a connection that
// it was handed after one response (keep-alive is for its own listeners, also in later versions).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "glib/signal_connection.h"
#include "http/head_reader.h"
#include "http/lingering_close.h"
#include "http/listener.h"
#include "http/options.h"
#include "http/response.h"
#include "http/soup_message.h"

namespace fanlight::http {

class Connection {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    /// The head is there: the error is the answer that refuses it; else the body is read.
    /// It may say of `head` what only the owner knows: the scheme that a proxy forwarded.
    virtual tl::expected<void, Response> onHead(Connection& connection, RequestHead& head) = 0;
    /// All is there: answer through reply(), now or later, or upgrade().
    virtual void onRequest(Connection& connection, std::string body) = 0;
    /// The WebSocket handshake was answered; `stream` reads and writes what `accepted` carries.
    virtual void onUpgraded(Accepted accepted, glib::Ref<GIOStream> stream) = 0;
    /// As handOver() promised; `stream` as above, and `connection` about to be closed.
    virtual void onHandedOver(Connection& connection, Accepted accepted, glib::Ref<GIOStream> stream) = 0;
    /// The last call, from the loop. The connection may be destroyed inside it.
    virtual void onClosed(Connection& connection) = 0;
  };

  Connection(const glib::MainContext& context, const Times& times, Accepted accepted, Owner& owner);
  /// Ends it where it stands.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Waits for the handshake, and for the head; a request that is let in goes to `server`, which makes the message for
  /// begin() at once.
  void start(SoupServer* server);
  void begin(SoupServerMessage* message);

  [[nodiscard]] Reply reply();
  /// Whether the peer has not sent all of its request yet.
  bool isUnfinished() const { return phase_ == Phase::Handshake || phase_ == Phase::Head || phase_ == Phase::Body; }
  /// Whether onClosed() is all that is still to come.
  bool isClosed() const { return phase_ == Phase::Closed; }
  /// Keeps `place` for as long as the connection has its own, a channel that it became too.
  void holdAlso(ConnectionLimit::Place place);
  /// What the answer carries besides its own headers.
  void addHeaders(std::vector<Header> headers) { headers_ = std::move(headers); }
  /// `abandoned` is called if the peer goes before the answer.
  void onAbandoned(std::function<void()> abandoned) { abandoned_ = std::move(abandoned); }
  /// Ends it where it stands.
  void abort();
  /// Accepts the WebSocket with `protocol`, which the client offered.
  void upgrade(const char* protocol);
  /// Instead of an answer: soon the owner is given the stream, to answer the request itself for as long as it likes.
  void handOver();
  /// The wire's form of the head of such an answer, whose body comes in chunks.
  std::string chunkedHead(Response response) const;

  /// The very object that libsoup hands on with the message, and so what the two are told apart by.
  GSocketAddress* remote() const { return remote_.get(); }
  const std::string& localAddress() const { return localAddress_; }
  const std::string& remoteAddress() const { return remoteAddress_; }

 private:
  enum class Phase { Handshake, Head, Body, Answering, Lingering, Closed };

  glib::Continue goOnWithHandshake();
  void readHead();
  void onHeadSeen(std::string_view bytes);
  void refuse(const Response& response);
  void onGotHeaders();
  void onGotBody();
  void onWroteInformational();
  void onProgress();
  void enter(Phase phase, std::chrono::milliseconds limit);
  void complete(Response& response) const;
  void answer(Response response);
  void release();
  void waitForAnswer();
  glib::Continue onPeerReadable();
  glib::Ref<GIOStream> steal();
  void close();

  const glib::MainContext context_;
  const Times times_;
  Accepted accepted_;
  const glib::Ref<GSocketAddress> remote_;
  Owner& owner_;
  const std::string localAddress_;
  const std::string remoteAddress_;
  Phase phase_ = Phase::Handshake;
  glib::Ref<SoupServer> server_;
  glib::Ref<SoupServerMessage> message_;
  std::vector<Header> headers_;
  std::string origin_;  ///< of the page, by the checked Host
  bool isAnswered_ = false;
  bool isPaused_ = false;
  std::function<void()> abandoned_;
  glib::EventSource limit_;
  glib::EventSource handshake_;
  glib::EventSource peer_;
  std::optional<HeadReader> reader_;
  std::optional<LingeringClose> lingering_;
  std::vector<glib::SignalConnection> signals_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
