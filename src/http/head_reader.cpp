// SPDX-License-Identifier: Apache-2.0
// Into a buffer that is no longer than a head may be.
#include "http/head_reader.h"

#include "glib/transport_stream.h"
#include "http/head_parser.h"

namespace fanlight::http {

HeadReader::HeadReader(const glib::MainContext& context, GIOStream* stream, Handlers handlers)
    : stream_(stream), handlers_(std::move(handlers)) {
  readable_ = glib::EventSource::readable(context, stream_, [this] { return readOn(); });
}

glib::Continue HeadReader::readOn() {
  const std::size_t before = bytes_.size();
  bytes_.resize(kMaxHeadBytes);
  const glib::Moved got = glib::readSome(stream_, std::span(bytes_).subspan(before));
  bytes_.resize(before + got.value_or(0));
  if (!got)
    return glib::Continue::Yes;
  const auto length = headLength(bytes_);
  if (!length && got != 0u && bytes_.size() < kMaxHeadBytes)
    return glib::Continue::Yes;
  // Copies, since what is called may destroy this.
  const Handlers handlers = handlers_;
  const std::string bytes = std::move(bytes_);
  glib::giveBack(stream_, bytes);
  if (length)
    handlers.found(std::string_view(bytes).substr(0, *length));
  else if (got == 0u)
    handlers.ended();
  else
    handlers.tooLong();
  return glib::Continue::No;
}

}  // namespace fanlight::http
