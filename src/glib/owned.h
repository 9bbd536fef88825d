// SPDX-License-Identifier: Apache-2.0
// Owned<T>: unique_ptr for what GLib frees by a function of its own.
#pragma once

#include <memory>
#include <string>

#include <glib.h>

#include "base/result.h"

namespace fanlight::glib {

template <class T>
struct Free;

template <>
struct Free<char> {
  void operator()(char* text) const { g_free(text); }
};
template <>
struct Free<char*> {
  void operator()(char** texts) const { g_strfreev(texts); }
};
template <>
struct Free<GError> {
  void operator()(GError* error) const { g_error_free(error); }
};

template <class T>
using Owned = std::unique_ptr<T, Free<T>>;

/// Takes a "transfer full" string over the boundary; empty for null.
inline std::string takeString(char* text) {
  const Owned<char> owned(text);
  return owned ? std::string(owned.get()) : std::string();
}

/// For the last argument of functions that report by GError**. `error()` is for the case that one was set.
class ErrorOut {
 public:
  GError** out() { return &error_; }
  explicit operator bool() const { return error_ != nullptr; }
  std::string message() const { return error_ ? error_->message : "no reason given"; }
  ErrorOut() = default;
  ErrorOut(const ErrorOut&) = delete;
  ErrorOut& operator=(const ErrorOut&) = delete;
  ~ErrorOut() { g_clear_error(&error_); }

 private:
  GError* error_ = nullptr;
};

}  // namespace fanlight::glib
