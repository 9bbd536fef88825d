// SPDX-License-Identifier: Apache-2.0
// Word by word.
#include "webrtc/candidate_line.h"

#include <fmt/format.h>

namespace fanlight::webrtc {
namespace {

std::string_view withoutPrefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string takeWord(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  std::string word(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

/// The word after `name`, where that comes next.
std::string takeNamed(std::string_view name, std::string_view& text) {
  if (!text.starts_with(name) || text.size() <= name.size() || text[name.size()] != ' ')
    return {};
  text.remove_prefix(name.size() + 1);
  return takeWord(text);
}

}  // namespace

std::optional<CandidateLine> parseCandidateLine(std::string_view text) {
  std::string_view rest = withoutPrefix(withoutPrefix(text, "a="), "candidate:");
  CandidateLine line;
  for (std::string* word :
       {&line.foundation, &line.component, &line.transport, &line.priority, &line.address, &line.port})
    *word = takeWord(rest);
  line.type = takeNamed("typ", rest);
  if (line.type.empty())
    return std::nullopt;
  line.relatedAddress = takeNamed("raddr", rest);
  line.relatedPort = takeNamed("rport", rest);
  line.extensions = rest;
  return line;
}

std::string toText(const CandidateLine& line) {
  std::string text = fmt::format("candidate:{} {} {} {} {} {} typ {}", line.foundation, line.component, line.transport,
                                 line.priority, line.address, line.port, line.type);
  if (!line.relatedAddress.empty())
    text += " raddr " + line.relatedAddress;
  if (!line.relatedPort.empty())
    text += " rport " + line.relatedPort;
  if (!line.extensions.empty())
    text += " " + line.extensions;
  return text;
}

}  // namespace fanlight::webrtc
