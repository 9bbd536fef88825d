// SPDX-License-Identifier: Apache-2.0
// Names on the wire that only messages need; codec.h has the others. Any thread.
#pragma once

#include <string_view>

#include "signaling/messages.h"

namespace fanlight::signaling {

std::string_view toText(session::CameraState state);
std::string_view toText(session::SessionState state);
std::string_view toText(session::AwayCause cause);
std::string_view toText(session::SlowedBy cause);
std::string_view toText(session::DeviceTrouble trouble);
std::string_view toText(session::EncoderKind kind);
std::string_view toText(session::TurnEnd end);
std::string_view toText(session::CheckUp::State state);
std::string_view toText(session::Finding::Verdict verdict);
std::string_view toText(session::FindingCause cause);

}  // namespace fanlight::signaling
