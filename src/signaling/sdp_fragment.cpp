// SPDX-License-Identifier: Apache-2.0
// Line by line; a media's mid and credentials may stand before its candidates or after them.
#include "signaling/sdp_fragment.h"

#include <algorithm>

#include "base/ascii.h"

namespace fanlight::signaling {
namespace {

// RFC 8839 §5.4.
constexpr std::size_t kMinUfrag = 4;
constexpr std::size_t kMinPwd = 22;
constexpr std::size_t kMaxUfragOrPwd = 256;
/// foundation, component, transport, priority, address, port, "typ", type (RFC 8839 §5.1).
constexpr std::size_t kCandidateFields = 8;
constexpr std::size_t kTypField = 6;
constexpr std::string_view kCandidatePrefix = "candidate:";

bool isIceCharacter(char c) {
  return base::isAlphanumeric(c) || c == '+' || c == '/';
}

/// RFC 8866 §9: token-char.
bool isTokenCharacter(char c) {
  return base::isAlphanumeric(c) || std::string_view("!#$%&'*+-.^_`{|}~").find(c) != std::string_view::npos;
}

bool isIceText(std::string_view text, std::size_t minimum) {
  return text.size() >= minimum && text.size() <= kMaxUfragOrPwd && std::ranges::all_of(text, isIceCharacter);
}

bool isPrintable(char c) {
  return c >= 0x20 && c <= 0x7e;
}

bool isCandidate(std::string_view text) {
  std::size_t field = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (word.empty() || (field == kTypField && word != "typ"))
      return false;
    ++field;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return field >= kCandidateFields;
}

/// Takes one line off the front of `text`; CRLF, or LF alone.
std::string_view takeLine(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r'))
    line.remove_suffix(1);
  return line;
}

class Parser {
 public:
  /// nullptr, or what is wrong with the line.
  const char* read(std::string_view line) {
    if (line.size() > kMaxSdpFragmentLineBytes)
      return "it is too long";
    if (line.size() < 2 || line[1] != '=' || !std::ranges::all_of(line, isPrintable))
      return "it is not printable text after a letter and '='";
    if (line[0] == 'm')
      return openMedia();
    return line[0] == 'a' ? attribute(line.substr(2)) : nullptr;
  }

  const char* finish() {
    const char* fault = closeMedia();
    for (session::IceCandidate& candidate : fragment_.candidates)
      if (!candidate.usernameFragment && !sessionUfrag_.empty())
        candidate.usernameFragment = sessionUfrag_;
    return fault;
  }

  SdpFragment take() && { return std::move(fragment_); }

 private:
  struct Media {
    std::string mid;
    std::string ufrag;
    std::size_t firstCandidate = 0;
  };

  const char* openMedia() {
    const char* fault = closeMedia();
    inMedia_ = true;
    media_ = Media{.firstCandidate = fragment_.candidates.size()};
    return fault;
  }

  const char* closeMedia() {
    if (!inMedia_)
      return nullptr;
    if (media_.mid.empty())
      return "the media before it has no 'mid'";
    for (std::size_t i = media_.firstCandidate; i < fragment_.candidates.size(); ++i) {
      fragment_.candidates[i].sdpMid = media_.mid;
      if (!media_.ufrag.empty())
        fragment_.candidates[i].usernameFragment = media_.ufrag;
    }
    return nullptr;
  }

  const char* attribute(std::string_view text) {
    const std::string_view name = text.substr(0, text.find(':'));
    const std::string_view value = text.substr(std::min(name.size() + 1, text.size()));
    if (name == "ice-ufrag")
      return ufrag(value);
    if (name == "ice-pwd")
      return pwd(value);
    if (name == "mid")
      return mid(value);
    if (name == "candidate")
      return candidate(value);
    fragment_.endOfCandidates |= name == "end-of-candidates";
    return nullptr;
  }

  const char* ufrag(std::string_view value) {
    if (!isIceText(value, kMinUfrag))
      return "it is not a username fragment";
    (inMedia_ ? media_.ufrag : sessionUfrag_) = value;
    if (fragment_.iceUfrag.empty())
      fragment_.iceUfrag = value;
    return nullptr;
  }

  const char* pwd(std::string_view value) {
    if (!isIceText(value, kMinPwd))
      return "it is not an ICE password";
    if (fragment_.icePwd.empty())
      fragment_.icePwd = value;
    return nullptr;
  }

  const char* mid(std::string_view value) {
    if (!inMedia_ || !media_.mid.empty())
      return "a 'mid' belongs to a media, once";
    if (value.empty() || !std::ranges::all_of(value, isTokenCharacter))
      return "it is not a 'mid'";
    media_.mid = value;
    fragment_.mids.emplace_back(value);
    return nullptr;
  }

  const char* candidate(std::string_view value) {
    if (!inMedia_)
      return "a candidate belongs to a media";
    if (!isCandidate(value))
      return "it is not a candidate";
    if (fragment_.candidates.size() == kMaxSdpFragmentCandidates)
      return "there are too many candidates";
    fragment_.candidates.push_back({std::string(kCandidatePrefix).append(value), {}, {}, {}});
    return nullptr;
  }

  SdpFragment fragment_;
  std::string sessionUfrag_;
  bool inMedia_ = false;
  Media media_;
};

tl::unexpected<base::Error> malformed(std::string_view why) {
  return base::fail(base::ErrorCode::InvalidArgument,
                    "cannot read the SDP fragment: " + std::string(why) + "; none of its candidates is used");
}

}  // namespace

base::Result<SdpFragment> parseSdpFragment(std::string_view text) {
  if (text.size() > kMaxSdpFragmentBytes)
    return malformed("it has more than " + std::to_string(kMaxSdpFragmentBytes) + " bytes");
  if (text.empty())
    return malformed("it is empty");
  Parser parser;
  for (int number = 1; !text.empty(); ++number)
    if (const char* fault = parser.read(takeLine(text)))
      return malformed("line " + std::to_string(number) + ": " + fault);
  if (const char* fault = parser.finish())
    return malformed(std::string("its end: ") + fault);
  return std::move(parser).take();
}

}  // namespace fanlight::signaling
