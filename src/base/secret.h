// SPDX-License-Identifier: Apache-2.0
// Text that must not be seen: a token, a key, a password. It prints as "***", whoever prints it. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <string.h>  // explicit_bzero, of glibc

namespace fanlight::base {

/// Its memory is wiped when it goes, so that it does not turn up in a heap that is dumped. The compiler may have copied
/// it elsewhere: this is care, no promise.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : text_(std::exchange(other.text_, {})) {}
  Secret& operator=(const Secret& other) {
    // By a copy that takes the old text away with it.
    Secret copy(other);
    std::swap(text_, copy.text_);
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    std::swap(text_, other.text_);
    return *this;
  }
  ~Secret() { ::explicit_bzero(text_.data(), text_.size()); }

  bool empty() const { return text_.empty(); }
  /// For the one who needs it: a library, the person whom it is for. Never for a log.
  const std::string& reveal() const { return text_; }

 private:
  std::string text_;
};

/// Takes as long for a wrong first character as for a wrong last one; tells the length.
bool isEqual(const Secret& one, std::string_view other);

}  // namespace fanlight::base

template <>
struct fmt::formatter<fanlight::base::Secret> : fmt::formatter<std::string_view> {
  auto format(const fanlight::base::Secret& secret, fmt::format_context& context) const {
    return fmt::formatter<std::string_view>::format(secret.empty() ? "" : "***", context);
  }
};
