// SPDX-License-Identifier: Apache-2.0
// Result and Error: how a function says that it could not do its work. Any thread.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace fanlight::base {

/// What kind of failure it was, for the few callers that branch on it. The text is for people.
enum class ErrorCode {
  InvalidArgument,  ///< what came in is wrong and will stay wrong
  NotFound,         ///< the thing named does not exist
  Unavailable,      ///< it exists and cannot be had now; trying later may help
  Busy,             ///< somebody else has it, and may let go of it
  Unsupported,      ///< this machine or this peer cannot do it
  Timeout,          ///< it did not answer in time
  Internal,         ///< our own fault
};

/// An error that travels up to the one place that logs it or answers with it.
/// `message`: lower case, what failed, the thing in single quotes, the cause after a colon.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;

  /// The same error with what the caller was doing put in front.
  Error within(std::string_view doing) && {
    message.insert(0, ": ").insert(0, doing);
    return std::move(*this);
  }
};

/// A value, or why there is none. Shaped like std::expected, which replaces it when the floor is C++23.
template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

}  // namespace fanlight::base
