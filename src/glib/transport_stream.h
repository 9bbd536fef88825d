// SPDX-License-Identifier: Apache-2.0
// A Transport as the pollable GIOStream that libraries take, and what is read ahead of them given back to it. Owner
// thread.
#pragma once

#include <memory>
#include <string>

#include "glib/ref.h"
#include "glib/transport.h"

namespace fanlight::glib {

/// Closing the stream's output is Transport::endSending(); closing the stream closes the transport.
Ref<GIOStream> makeStream(std::unique_ptr<Transport> transport);

/// `bytes` are what is read next from `stream`, which makeStream() has made.
void giveBack(GIOStream* stream, std::string_view bytes);

/// Of any stream whose two ends are pollable.
Moved readSome(GIOStream* stream, std::span<char> into);
Moved writeSome(GIOStream* stream, std::string_view bytes);
void endSending(GIOStream* stream);
void close(GIOStream* stream);

}  // namespace fanlight::glib
