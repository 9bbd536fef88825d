// SPDX-License-Identifier: Apache-2.0
// One pass over the text, without recursion and without copies.
#include "json/check.h"

#include <algorithm>

#include "base/ascii.h"

namespace fanlight::json {
namespace {

constexpr std::size_t kEscapeDigits = 4;
constexpr const char* kNoFault = nullptr;

int hexValue(char c) {
  if (base::isDigit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  const char* scan() {
    for (skipSpace(); !rest_.empty(); skipSpace()) {
      if (depth_ == 0 && (began_ || rest_.front() != '{'))
        return began_ ? "something follows the object" : "it is not an object";
      began_ = true;
      if (const char* fault = token())
        return fault;
    }
    if (!began_)
      return "it is empty";
    return depth_ == 0 ? kNoFault : "it ends too early";
  }

 private:
  const char* token() {
    const char first = rest_.front();
    if (first == '"')
      return string();
    if (first == '-' || base::isDigit(first))
      return number();
    if (first >= 'a' && first <= 'z')
      return literal();
    return mark();
  }

  const char* mark() {
    switch (take()) {
      case '{':
      case '[':
        return ++depth_ > kMaxDepth ? "it is nested too deeply" : kNoFault;
      case '}':
      case ']':
        --depth_;
        return kNoFault;
      case ',':
      case ':':
        return kNoFault;
    }
    return "a character is out of place";
  }

  const char* literal() {
    for (const std::string_view word : {"true", "false", "null"})
      if (rest_.starts_with(word)) {
        rest_.remove_prefix(word.size());
        return kNoFault;
      }
    return "a word is none of true, false and null";
  }

  const char* number() {
    skip('-');
    const bool zero = rest_.starts_with('0');
    const std::size_t digits = skipDigits();
    if (digits == 0 || (zero && digits > 1))
      return "a number is malformed";
    if (digits > kMaxIntegerDigits)
      return "a number is too large";
    if (skip('.') && skipDigits() == 0)
      return "a number is malformed";
    if (skip('e') || skip('E')) {
      if (!skip('+'))
        skip('-');
      if (skipDigits() == 0)
        return "a number is malformed";
    }
    return kNoFault;
  }

  const char* string() {
    take();
    while (!rest_.empty()) {
      const char c = take();
      if (c == '"')
        return kNoFault;
      if (static_cast<unsigned char>(c) < 0x20)
        return "a control character in a string is not escaped";
      if (c == '\\')
        if (const char* fault = escape())
          return fault;
    }
    return "a string does not end";
  }

  const char* escape() {
    if (rest_.empty())
      return "a string does not end";
    const char kind = take();
    if (kind != 'u')
      return std::string_view(R"("\/bfnrt)").find(kind) == std::string_view::npos ? "an escape is unknown" : kNoFault;
    const int unit = codeUnit();
    if (unit < 0)
      return "an escape is malformed";
    if (unit == 0)
      return "a string contains NUL";
    if (isLowSurrogate(unit))
      return "a surrogate is alone";
    if (isHighSurrogate(unit) && !(skip('\\') && skip('u') && isLowSurrogate(codeUnit())))
      return "a surrogate is alone";
    return kNoFault;
  }

  /// The four hexadecimal digits of an escape, or -1.
  int codeUnit() {
    if (rest_.size() < kEscapeDigits)
      return -1;
    int unit = 0;
    for (const char digit : rest_.substr(0, kEscapeDigits)) {
      if (hexValue(digit) < 0)
        return -1;
      unit = unit * 16 + hexValue(digit);
    }
    rest_.remove_prefix(kEscapeDigits);
    return unit;
  }

  static bool isHighSurrogate(int unit) { return unit >= 0xd800 && unit <= 0xdbff; }
  static bool isLowSurrogate(int unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool skip(char c) {
    if (!rest_.starts_with(c))
      return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::size_t skipDigits() {
    const auto end = std::ranges::find_if_not(rest_, base::isDigit);
    const auto count = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(count);
    return count;
  }
  void skipSpace() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  std::string_view rest_;
  int depth_ = 0;
  bool began_ = false;
};

}  // namespace

const char* findFault(std::string_view text) {
  return Scanner(text).scan();
}

}  // namespace fanlight::json
