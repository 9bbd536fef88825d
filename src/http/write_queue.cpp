// SPDX-License-Identifier: Apache-2.0
// Writing as far as there is room.
#include "http/write_queue.h"

#include "glib/transport_stream.h"

namespace fanlight::http {

void WriteQueue::add(std::string_view bytes) {
  if (waiting_.size() + bytes.size() > kMaxBacklogBytes)
    return handlers_.failed();
  waiting_ += bytes;
  flush();
}

void WriteQueue::flush() {
  while (!waiting_.empty()) {
    const glib::Moved sent = glib::writeSome(stream_.get(), waiting_);
    if (!sent)
      return waitForRoom();
    if (*sent == 0)
      return handlers_.failed();
    isProgressing_ = true;
    waiting_.erase(0, *sent);
  }
  handlers_.drained();
}

void WriteQueue::waitForRoom() {
  if (writable_.isActive())
    return;
  writable_ = glib::EventSource::writable(context_, stream_.get(), [this] {
    flush();
    return waiting_.empty() ? glib::Continue::No : glib::Continue::Yes;
  });
}

bool WriteQueue::hasStalled() {
  return !waiting_.empty() && !std::exchange(isProgressing_, false);
}

void WriteQueue::stop() {
  writable_.stop();
  waiting_.clear();
}

}  // namespace fanlight::http
