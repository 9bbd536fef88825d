// SPDX-License-Identifier: Apache-2.0
// Keys by evdev: /dev/input/event* gives struct input_event, one after the other (input.rst of the kernel).
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/input.h>
#include <sys/ioctl.h>

#include "doorbell/contact.h"
#include "doorbell/key_names.h"
#include "doorbell/read_events.h"

namespace fanlight::doorbell {
namespace {

/// `value` of an EV_KEY; 2 is the repetition of a key that is held.
constexpr int kReleased = 0;
constexpr int kPressed = 1;

using KeyBits = std::array<unsigned char, KEY_CNT / 8>;

bool hasKey(const KeyBits& keys, int code) {
  const auto place = static_cast<std::size_t>(code);
  return (keys[place / 8] >> (place % 8) & 1U) != 0;
}

class KeyContact final : public Contact {
 public:
  KeyContact(int device, std::optional<int> code) : device_(device), code_(code) {}

  int descriptor() const override { return device_.get(); }

  std::optional<std::vector<Change>> read() override {
    const auto events = readEvents<input_event>(device_.get());
    if (!events)
      return std::nullopt;
    std::vector<Change> changes;
    for (const input_event& event : *events)
      if (const auto change = changeOf(event))
        changes.push_back(*change);
    return changes;
  }

 private:
  std::optional<Change> changeOf(const input_event& event) const {
    // Some were lost: whether it is still held is not known, and a press that comes must count.
    if (event.type == EV_SYN && event.code == SYN_DROPPED)
      return Change::Released;
    if (event.type != EV_KEY || (code_ && event.code != *code_))
      return std::nullopt;
    if (event.value == kPressed)
      return Change::Pressed;
    return event.value == kReleased ? std::optional(Change::Released) : std::nullopt;
  }

  const base::FileDescriptor device_;
  const std::optional<int> code_;  ///< none: any
};

}  // namespace

OpenedContact openKey(const config::Input& input) {
  const auto code = keyCode(input.key);
  auto contact = std::make_unique<KeyContact>(::open(input.device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), code);
  if (contact->descriptor() < 0)
    return base::fail(base::ErrorCode::Unavailable,
                      fmt::format("'{}' cannot be opened: {}", input.device,
                                  errno == ENOENT ? "it is not plugged in" : std::strerror(errno)));
  KeyBits keys{};
  if (::ioctl(contact->descriptor(), EVIOCGBIT(EV_KEY, keys.size()), keys.data()) < 0)
    return base::fail(base::ErrorCode::Unavailable, fmt::format("'{}' is no input device", input.device));
  if (code && !hasKey(keys, *code))
    return base::fail(base::ErrorCode::Unavailable, fmt::format("'{}' has no {}", input.device, input.key));
  return contact;
}

}  // namespace fanlight::doorbell
