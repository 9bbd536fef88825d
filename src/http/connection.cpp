// SPDX-License-Identifier: Apache-2.0
// Following libsoup's signals through one request.
#include "http/connection.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "base/log.h"
#include "glib/transport_stream.h"
#include "http/address_text.h"
#include "http/head_parser.h"

namespace fanlight::http {
namespace {

constexpr std::string_view kHeadTooLong = "the request's head is too long";
constexpr std::string_view kTlsOnly = "this port speaks HTTPS only: begin the address with 'https://'";

}  // namespace

Connection::Connection(const glib::MainContext& context, const Times& times, Accepted accepted, Owner& owner)
    : context_(context),
      times_(times),
      accepted_(std::move(accepted)),
      remote_(accepted_.remote.clone()),
      owner_(owner),
      localAddress_(addressText(accepted_.local.get())),
      remoteAddress_(addressText(accepted_.remote.get())) {}

Connection::~Connection() {
  if (phase_ == Phase::Closed)
    return;
  steal();
  glib::close(accepted_.stream.get());
}

void Connection::start(SoupServer* server) {
  server_ = glib::Ref<SoupServer>::retain(server);
  if (!accepted_.tls)
    return readHead();
  enter(Phase::Handshake, times_.handshake);
  handshake_ = glib::EventSource::readable(context_, accepted_.stream.get(), [this] { return goOnWithHandshake(); });
}

glib::Continue Connection::goOnWithHandshake() {
  const auto state = accepted_.tls->handshake();
  if (state == TlsTransport::Handshake::Going)
    return glib::Continue::Yes;
  if (state == TlsTransport::Handshake::Done) {
    readHead();
  } else if (state == TlsTransport::Handshake::PlainHttp) {
    accepted_.tls->goOnPlain();
    refuse(textResponse(400, kTlsOnly));
  } else {
    abort();
  }
  return glib::Continue::No;
}

void Connection::readHead() {
  enter(Phase::Head, times_.head);
  reader_.emplace(context_, accepted_.stream.get(),
                  HeadReader::Handlers{
                      .found = [this](std::string_view bytes) { onHeadSeen(bytes); },
                      .tooLong = [this] { refuse(textResponse(431, kHeadTooLong)); },
                      .ended = [this] { abort(); },
                  });
}

void Connection::onHeadSeen(std::string_view bytes) {
  reader_.reset();
  auto head = parseHead(bytes, accepted_.scheme);
  if (!head) {
    refuse(head.error());
    return;
  }
  const auto admitted = owner_.onHead(*this, *head);
  if (!admitted) {
    refuse(admitted.error());
    return;
  }
  origin_ = fmt::format("{}://{}", toText(head->scheme), head->find("Host"));
  enter(Phase::Body, times_.body);
  soup_server_accept_iostream(server_.get(), accepted_.stream.get(), accepted_.local.get(), remote(), nullptr);
}

void Connection::begin(SoupServerMessage* message) {
  if (message_) {
    // A second request would be one that nothing here limits in time.
    abort();
    return;
  }
  message_ = glib::Ref<SoupServerMessage>::retain(message);
  // For what libsoup may answer by itself.
  writeHeaders(message, standardHeaders({}));
  const auto follow = [&](const char* signal, auto method) {
    signals_.push_back(glib::connectDirect<void(SoupServerMessage*)>(
        message, signal, [this, method](SoupServerMessage*) { (this->*method)(); }));
  };
  follow("got-headers", &Connection::onGotHeaders);
  follow("got-body", &Connection::onGotBody);
  follow("wrote-informational", &Connection::onWroteInformational);
  follow("wrote-headers", &Connection::onProgress);
  follow("disconnected", &Connection::close);
  signals_.push_back(glib::connectDirect<void(SoupServerMessage*, guint)>(
      message, "wrote-body-data", [this](SoupServerMessage*, guint) { onProgress(); }));
}

void Connection::enter(Phase phase, std::chrono::milliseconds limit) {
  phase_ = phase;
  limit_ = glib::EventSource::timer(context_, limit, [this] {
    base::logDebug("http", "closed a connection from '{}': it took too long", remoteAddress_);
    abort();
    return glib::Continue::No;
  });
}

void Connection::onGotHeaders() {
  // libsoup would make a part of every range asked for, up to thousands; none of the device's files needs them.
  soup_message_headers_remove(soup_server_message_get_request_headers(message_.get()), "Range");
  // A "100 Continue" would carry the headers of the response, and say that the connection closes.
  if (expectsContinue(message_.get()))
    soup_message_headers_clear(soup_server_message_get_response_headers(message_.get()));
}

void Connection::onGotBody() {
  enter(Phase::Answering, times_.response);
  owner_.onRequest(*this, readBody(message_.get()));
  if (!isAnswered_)
    waitForAnswer();
}

void Connection::holdAlso(ConnectionLimit::Place place) {
  using Both = std::pair<ConnectionLimit::Place, ConnectionLimit::Place>;
  accepted_.place = std::make_shared<Both>(std::move(accepted_.place), std::move(place));
}

Reply Connection::reply() {
  return lifetime_.bind([this](Response response) { answer(std::move(response)); });
}

void Connection::complete(Response& response) const {
  std::ranges::copy_if(headers_, std::back_inserter(response.headers), [&response](const Header& header) {
    return std::ranges::find(response.headers, header) == response.headers.end();
  });
}

void Connection::answer(Response response) {
  if (isAnswered_ || phase_ == Phase::Closed)
    return;
  isAnswered_ = true;
  peer_.stop();
  complete(response);
  writeResponse(message_.get(), std::move(response), origin_);
  if (isPaused_)
    soup_server_message_unpause(message_.get());
}

void Connection::onProgress() {
  if (phase_ == Phase::Answering)
    enter(Phase::Answering, times_.response);
}

void Connection::waitForAnswer() {
  isPaused_ = true;
  soup_server_message_pause(message_.get());
  peer_ = glib::EventSource::readable(context_, accepted_.stream.get(), [this] { return onPeerReadable(); });
}

glib::Continue Connection::onPeerReadable() {
  char next = 0;
  const glib::Moved got = glib::readSome(accepted_.stream.get(), {&next, 1});
  if (got == 0u)
    abort();
  // More bytes than the request: nobody will read them, and they would keep the stream readable.
  return got ? glib::Continue::No : glib::Continue::Yes;
}

void Connection::upgrade(const char* protocol) {
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message_.get());
  soup_message_headers_remove(headers, "Connection");
  std::array<char*, 2> protocols = {const_cast<char*>(protocol), nullptr};
  // On failure libsoup answers 400; on success 101, and onWroteInformational() goes on.
  isAnswered_ = true;
  if (!soup_websocket_server_process_handshake(message_.get(), nullptr, protocols.data(), nullptr, nullptr))
    writeResponse(message_.get(), textResponse(SOUP_STATUS_BAD_REQUEST, "not a WebSocket handshake of version 13"),
                  origin_);
}

void Connection::handOver() {
  // A body in chunks is nothing that HTTP/1.0 knows.
  if (soup_server_message_get_http_version(message_.get()) == SOUP_HTTP_1_0)
    return answer(textResponse(505, "this needs HTTP/1.1"));
  // Later, when libsoup waits for the answer: it does not let go of a request that it is still reading.
  context_.post(lifetime_.bind([this] { release(); }));
}

std::string Connection::chunkedHead(Response response) const {
  complete(response);
  return chunkedHeadToWire(response, origin_);
}

void Connection::release() {
  if (phase_ != Phase::Answering)
    return;
  isAnswered_ = true;
  auto stream = steal();
  Accepted accepted = std::move(accepted_);
  close();
  owner_.onHandedOver(*this, std::move(accepted), std::move(stream));
}

void Connection::onWroteInformational() {
  if (soup_server_message_get_status(message_.get()) != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return;
  auto stream = steal();
  Accepted accepted = std::move(accepted_);
  close();
  owner_.onUpgraded(std::move(accepted), std::move(stream));
}

glib::Ref<GIOStream> Connection::steal() {
  signals_.clear();
  // Once only: each call takes a reference off libsoup's connection.
  const auto message = std::move(message_);
  if (!message)
    return nullptr;
  return glib::Ref<GIOStream>::adopt(soup_server_message_steal_connection(message.get()));
}

void Connection::refuse(const Response& response) {
  const std::string wire = toWire(response, {});
  // It is the first thing written, and shorter than any socket's buffer.
  static_cast<void>(glib::writeSome(accepted_.stream.get(), wire));
  phase_ = Phase::Lingering;
  reader_.reset();
  limit_.stop();
  lingering_.emplace(context_, accepted_.stream.get(), times_.linger, [this] { close(); });
}

void Connection::abort() {
  steal();
  close();
}

void Connection::close() {
  if (phase_ == Phase::Closed)
    return;
  phase_ = Phase::Closed;
  limit_.stop();
  handshake_.stop();
  peer_.stop();
  reader_.reset();
  lingering_.reset();
  signals_.clear();
  if (accepted_.stream)
    glib::close(accepted_.stream.get());
  accepted_ = Accepted();
  if (!isAnswered_ && abandoned_)
    abandoned_();
  context_.post(lifetime_.bind([this] { owner_.onClosed(*this); }));
}

}  // namespace fanlight::http
