// SPDX-License-Identifier: Apache-2.0
// Lifetime: the sanctioned way to capture `this` in something that runs later.
#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace fanlight::glib {

/// Member of any object that starts asynchronous work, declared last so that it dies first. What bind() returned does
/// nothing once the object died or end() ran. Bind and run on the object's own thread: the check is not a lock.
class Lifetime {
 public:
  Lifetime() : alive_(std::make_shared<Alive>()) {}
  Lifetime(const Lifetime&) = delete;
  Lifetime& operator=(const Lifetime&) = delete;

  template <class Function>
  auto bind(Function function) const {
    return [token = std::weak_ptr<Alive>(alive_), function = std::move(function)](auto&&... arguments) mutable {
      if (token.lock())
        function(std::forward<decltype(arguments)>(arguments)...);
    };
  }

  void end() { alive_.reset(); }

 private:
  struct Alive {};
  std::shared_ptr<Alive> alive_;
};

}  // namespace fanlight::glib
