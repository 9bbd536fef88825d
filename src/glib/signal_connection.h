// SPDX-License-Identifier: Apache-2.0
// GObject signals as owned, typed connections.
//
// connectDirect: the handler runs where the signal is emitted and its return value is the signal's. For emissions on
//   our own thread (libsoup), and for handlers that only touch what they were handed (marked so at the call).
// connectQueued: the arguments are copied and the handler runs on the owner's context; never for a signal whose return
//   value counts. For everything that webrtcbin emits, since it does so on threads of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "glib/handed_over.h"
#include "glib/main_context.h"

namespace fanlight::glib {

/// Move-only; disconnects when destroyed, and survives the instance dying first. A handler on a foreign thread may
/// still be running when disconnect returns (GLib does not wait), so what it captures must own what it touches.
class [[nodiscard]] SignalConnection {
 public:
  SignalConnection() = default;
  SignalConnection(GObject* instance, const char* signal, GCallback thunk, gpointer data, GClosureNotify freeData)
      : instance_(std::make_unique<GWeakRef>()) {
    g_weak_ref_init(instance_.get(), instance);
    handler_ = g_signal_connect_data(instance, signal, thunk, data, freeData, GConnectFlags(0));
  }
  SignalConnection(SignalConnection&& other) noexcept
      : instance_(std::move(other.instance_)), handler_(std::exchange(other.handler_, 0)) {}
  SignalConnection& operator=(SignalConnection&& other) noexcept {
    if (this != &other) {
      disconnect();
      instance_ = std::move(other.instance_);
      handler_ = std::exchange(other.handler_, 0);
    }
    return *this;
  }
  ~SignalConnection() { disconnect(); }

  void disconnect();

 private:
  // On the heap since a GWeakRef must not move.
  std::unique_ptr<GWeakRef> instance_;
  gulong handler_ = 0;
};

namespace detail {

/// What a queued handler is given in place of each C argument: something that lives until it runs.
template <class T>
struct Captured {
  static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>, "say how this argument outlives the emission");
  static T capture(T value) { return value; }
  using Type = T;
};
template <>
struct Captured<char*> {
  using Type = std::string;
  static std::string capture(const char* text) { return text ? text : ""; }
};
template <>
struct Captured<const char*> : Captured<char*> {};
template <class T>
requires requires {
  &RefTraits<T>::ref;
}
struct Captured<T*> {
  // Shared, since a queued task must be copyable.
  using Type = std::shared_ptr<Ref<T>>;
  static Type capture(T* object) { return std::make_shared<Ref<T>>(Ref<T>::retain(object)); }
};
/// The GParamSpec of a notify:: signal says nothing that the handler does not know.
template <>
struct Captured<GParamSpec*> {
  struct Type {};
  static Type capture(GParamSpec*) { return {}; }
};

template <class Signature>
struct Thunk;

template <class R, class Instance, class... Args>
struct Thunk<R(Instance*, Args...)> {
  static_assert(!(std::is_same_v<Args, bool> || ...), "GLib passes gboolean, which is not bool");
  using Function = std::function<R(Instance*, Args...)>;

  static R call(Instance* instance, Args... args, gpointer data) noexcept {
    return HandedOver<Function>::call(data, instance, args...);
  }
  static void free(gpointer data, GClosure*) { HandedOver<Function>::free(data); }
  static SignalConnection connect(Instance* instance, const char* signal, Function function) {
    return SignalConnection(G_OBJECT(instance), signal, G_CALLBACK(call),
                            HandedOver<Function>::give(std::move(function)), free);
  }
};

}  // namespace detail

/// `Signature` is the C handler's without its user data: void(GstElement*, guint).
template <class Signature, class Instance, class Handler>
[[nodiscard]] SignalConnection connectDirect(Instance* instance, const char* signal, Handler handler) {
  return detail::Thunk<Signature>::connect(instance, signal, std::move(handler));
}

template <class Signature>
struct QueuedConnect;

template <class Instance, class... Args>
struct QueuedConnect<void(Instance*, Args...)> {
  template <class Handler>
  static SignalConnection connect(Instance* instance, const char* signal, const MainContext& context, Handler handler) {
    return connectDirect<void(Instance*, Args...)>(instance, signal, [context, handler](Instance*, Args... args) {
      context.post([handler, ... held = detail::Captured<Args>::capture(args)]() mutable { handler(held...); });
    });
  }
};

/// `handler` is given a std::string for a C string, a shared Ref for an object; bind it to a Lifetime.
template <class Signature, class Instance, class Handler>
[[nodiscard]] SignalConnection connectQueued(Instance* instance, const char* signal, const MainContext& context,
                                             Handler handler) {
  return QueuedConnect<Signature>::connect(instance, signal, context, std::move(handler));
}

}  // namespace fanlight::glib
