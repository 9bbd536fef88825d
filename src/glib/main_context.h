// SPDX-License-Identifier: Apache-2.0
// The loop of the owner thread: where control lives, and how foreign threads reach it.
#pragma once

#include <functional>

#include "glib/ref.h"

namespace fanlight::glib {

/// A handle to a GMainContext; copies name the same one. post() from any thread, the rest on the owner thread.
class MainContext {
 public:
  /// The process's default context, which the main thread runs.
  static MainContext main();
  /// A new one, for tests.
  static MainContext create();

  MainContext(const MainContext& other) : context_(other.context_.clone()) {}
  MainContext& operator=(const MainContext& other) {
    context_ = other.context_.clone();
    return *this;
  }
  ~MainContext() = default;

  /// Runs `task` on the owner thread, later, in order. It is destroyed there too.
  void post(std::function<void()> task) const;
  /// Runs what is due; waits for something to be due if `mayBlock`. Returns whether anything ran.
  bool iterate(bool mayBlock) const;
  GMainContext* get() const { return context_.get(); }

 private:
  explicit MainContext(Ref<GMainContext> context) : context_(std::move(context)) {}
  Ref<GMainContext> context_;
};

}  // namespace fanlight::glib
