// SPDX-License-Identifier: Apache-2.0
// Ref<T>: the one owner of a reference to anything refcounted by GLib. Any thread, as the object allows.
#pragma once

#include <cstddef>
#include <utility>

#include <gio/gio.h>

namespace fanlight::glib {

/// How T is counted. A type without a specialisation does not compile, so that nobody guesses.
template <class T>
struct RefTraits;

template <class T>
struct GObjectRefTraits {
  static void ref(T* object) { g_object_ref(object); }
  static void unref(T* object) { g_object_unref(object); }
  static void sink(T* object) { g_object_ref_sink(object); }
};

/// Move-only. By value in a signature it hands the reference over; a plain T* is borrowed for the call.
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(std::nullptr_t) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref&& other) noexcept {
    if (this != &other)
      reset(std::exchange(other.object_, nullptr));
    return *this;
  }
  ~Ref() { reset(nullptr); }

  /// The callee gave us its reference (GLib's "transfer full").
  static Ref adopt(T* object) { return Ref(object); }
  /// We only borrow `object`, and add a reference of our own ("transfer none").
  static Ref retain(T* object) {
    if (object)
      RefTraits<T>::ref(object);
    return Ref(object);
  }
  /// `object` is new and floating.
  static Ref sink(T* object) {
    if (object)
      RefTraits<T>::sink(object);
    return Ref(object);
  }

  Ref clone() const { return retain(object_); }
  T* get() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

  /// Gives the reference to a callee that takes it.
  [[nodiscard]] T* release() { return std::exchange(object_, nullptr); }
  /// For out-parameters that are "transfer full". What was held is let go.
  T** out() {
    reset(nullptr);
    return &object_;
  }

 private:
  explicit Ref(T* object) : object_(object) {}
  void reset(T* object) {
    if (object_)
      RefTraits<T>::unref(object_);
    object_ = object;
  }

  T* object_ = nullptr;
};

template <>
struct RefTraits<GObject> : GObjectRefTraits<GObject> {};
template <>
struct RefTraits<GSocket> : GObjectRefTraits<GSocket> {};
template <>
struct RefTraits<GSocketAddress> : GObjectRefTraits<GSocketAddress> {};
template <>
struct RefTraits<GInetAddress> : GObjectRefTraits<GInetAddress> {};
template <>
struct RefTraits<GIOStream> : GObjectRefTraits<GIOStream> {};
template <>
struct RefTraits<GInputStream> : GObjectRefTraits<GInputStream> {};
template <>
struct RefTraits<GOutputStream> : GObjectRefTraits<GOutputStream> {};
template <>
struct RefTraits<GCancellable> : GObjectRefTraits<GCancellable> {};
template <>
struct RefTraits<GResolver> : GObjectRefTraits<GResolver> {};
template <>
struct RefTraits<GTask> : GObjectRefTraits<GTask> {};

template <>
struct RefTraits<GMainContext> {
  static void ref(GMainContext* context) { g_main_context_ref(context); }
  static void unref(GMainContext* context) { g_main_context_unref(context); }
};

template <>
struct RefTraits<GMainLoop> {
  static void ref(GMainLoop* loop) { g_main_loop_ref(loop); }
  static void unref(GMainLoop* loop) { g_main_loop_unref(loop); }
};

template <>
struct RefTraits<GSource> {
  static void ref(GSource* source) { g_source_ref(source); }
  static void unref(GSource* source) { g_source_unref(source); }
};

template <>
struct RefTraits<GBytes> {
  static void ref(GBytes* bytes) { g_bytes_ref(bytes); }
  static void unref(GBytes* bytes) { g_bytes_unref(bytes); }
};

}  // namespace fanlight::glib
