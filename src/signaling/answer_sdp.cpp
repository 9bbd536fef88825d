// SPDX-License-Identifier: Apache-2.0
// An SDP as its session part and its medias, each a list of lines.
#include "signaling/answer_sdp.h"

#include <algorithm>

namespace fanlight::signaling {
namespace {

constexpr std::string_view kMid = "a=mid:";
constexpr std::string_view kUfrag = "a=ice-ufrag:";
constexpr std::string_view kCandidate = "a=candidate:";
constexpr std::string_view kEndOfCandidates = "a=end-of-candidates";

using Lines = std::vector<std::string>;

Lines linesOf(std::string_view sdp) {
  Lines lines;
  while (!sdp.empty()) {
    const std::size_t end = sdp.find('\n');
    std::string_view line = sdp.substr(0, end);
    sdp = end == std::string_view::npos ? std::string_view() : sdp.substr(end + 1);
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    if (!line.empty())
      lines.emplace_back(line);
  }
  return lines;
}

/// The session part first, then each media.
std::vector<Lines> sectionsOf(std::string_view sdp) {
  std::vector<Lines> sections(1);
  for (std::string& line : linesOf(sdp)) {
    if (line.starts_with("m="))
      sections.emplace_back();
    sections.back().push_back(std::move(line));
  }
  return sections;
}

bool hasLine(const Lines& section, std::string_view line) {
  return std::ranges::find(section, line) != section.end();
}

/// `sections` has at least one media.
Lines& mediaOf(const session::IceCandidate& candidate, std::vector<Lines>& sections) {
  if (candidate.sdpMid)
    for (std::size_t i = 1; i < sections.size(); ++i)
      if (hasLine(sections[i], std::string(kMid) + *candidate.sdpMid))
        return sections[i];
  const auto index = static_cast<std::size_t>(std::max(0, candidate.sdpMLineIndex.value_or(0)));
  return sections[index + 1 < sections.size() ? index + 1 : 1];
}

}  // namespace

std::string withCandidates(std::string_view sdp, const std::vector<session::IceCandidate>& candidates,
                           bool isComplete) {
  std::vector<Lines> sections = sectionsOf(sdp);
  if (sections.size() < 2)
    return std::string(sdp);
  for (const session::IceCandidate& candidate : candidates) {
    const std::string line = "a=" + candidate.candidate;
    Lines& media = mediaOf(candidate, sections);
    if (line.starts_with(kCandidate) && !hasLine(media, line))
      media.push_back(line);
  }
  std::string filled;
  for (Lines& section : sections) {
    const bool hasCandidates =
        std::ranges::any_of(section, [](const std::string& line) { return line.starts_with(kCandidate); });
    if (isComplete && hasCandidates && !hasLine(section, kEndOfCandidates))
      section.emplace_back(kEndOfCandidates);
    for (const std::string& line : section)
      filled += line + "\r\n";
  }
  return filled;
}

std::vector<std::string> iceUfrags(std::string_view sdp) {
  std::vector<std::string> ufrags;
  for (const std::string& line : linesOf(sdp))
    if (line.starts_with(kUfrag))
      ufrags.push_back(line.substr(kUfrag.size()));
  return ufrags;
}

}  // namespace fanlight::signaling
