// SPDX-License-Identifier: Apache-2.0
// Those who want to hear of something, for as long as each keeps its subscription. Main thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <utility>

namespace fanlight::session {

/// Ends what it is for when destroyed; may outlive what it was subscribed to.
using Subscription = std::shared_ptr<void>;

template <class News>
class Listeners {
 public:
  using Listener = std::function<void(const News&)>;

  /// It may subscribe, and unsubscribe, inside the call.
  [[nodiscard]] Subscription add(Listener listener) {
    // Here as well, since connections come and go while there is no news.
    dropEnded();
    auto held = std::make_shared<Listener>(std::move(listener));
    listeners_.push_back(held);
    return held;
  }

  /// `news` stays as it is during the call, whatever the listeners do.
  void tell(const News& news) {
    dropEnded();
    // A copy, since a listener may subscribe or unsubscribe.
    const std::list<std::weak_ptr<Listener>> listeners = listeners_;
    for (const auto& listener : listeners)
      if (const auto held = listener.lock())
        (*held)(news);
  }

 private:
  void dropEnded() {
    listeners_.remove_if([](const std::weak_ptr<Listener>& listener) { return listener.expired(); });
  }

  std::list<std::weak_ptr<Listener>> listeners_;
};

}  // namespace fanlight::session
