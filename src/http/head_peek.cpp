// SPDX-License-Identifier: Apache-2.0
// MSG_PEEK, and SO_RCVLOWAT so that what was seen already does not keep the loop awake.
#include "http/head_peek.h"

#include <array>
#include <cerrno>

#include <sys/socket.h>

#include "http/head_parser.h"

namespace fanlight::http {

HeadPeek::HeadPeek(const glib::MainContext& context, int descriptor, Handlers handlers)
    : descriptor_(descriptor), handlers_(std::move(handlers)) {
  readable_ = glib::EventSource::descriptor(context, descriptor_, G_IO_IN, [this] { return look(); });
}

glib::Continue HeadPeek::look() {
  std::array<char, kMaxHeadBytes> bytes;
  const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return glib::Continue::Yes;
  const std::string_view seen(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  const auto length = headLength(seen);
  // Awake without anything new: there is nothing new to come.
  const bool isOver = seen.size() <= seen_;
  if (!length && !isOver && seen.size() < kMaxHeadBytes) {
    seen_ = seen.size();
    wakeAfter(seen_);
    return glib::Continue::Yes;
  }
  wakeAfter(0);
  // A copy, since what is called may destroy this.
  const Handlers handlers = handlers_;
  if (length)
    handlers.found(seen.substr(0, *length));
  else if (isOver)
    handlers.ended();
  else
    handlers.tooLong();
  return glib::Continue::No;
}

void HeadPeek::wakeAfter(std::size_t bytes) {
  const int wanted = static_cast<int>(bytes) + 1;
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVLOWAT, &wanted, sizeof(wanted));
}

}  // namespace fanlight::http
