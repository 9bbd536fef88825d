// SPDX-License-Identifier: Apache-2.0
// Which of the H.264 payload types of an offer we can send to (RFC 6184, section 8). Pure. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace fanlight::webrtc {

/// How well constrained baseline in packetization mode 1 suits a payload with these format parameters; 0: not at all.
/// Asked of the raw a=fmtp text, since GStreamer's caps lose profile-level-id.
int h264Suitability(std::string_view formatParameters);

/// The format parameters of the answer: the offer's profile (an answer without one means 42e01f to browsers), mode 1,
/// and that our level may differ from theirs.
std::string h264AnswerParameters(std::string_view offered);

/// The value of `name` in "a=1;b=2"; empty where it is absent. Names are case-insensitive.
std::string_view formatParameter(std::string_view parameters, std::string_view name);

}  // namespace fanlight::webrtc
