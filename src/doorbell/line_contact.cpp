// SPDX-License-Identifier: Apache-2.0
// A line of a GPIO chip: the kernel tells of its edges, and lets it settle before (debounce).
#include <fcntl.h>

#include "doorbell/chip.h"
#include "doorbell/contact.h"
#include "doorbell/read_events.h"

namespace fanlight::doorbell {
namespace {

std::uint64_t flagOf(config::Bias bias) {
  switch (bias) {
    case config::Bias::AsIs:
      return 0;
    case config::Bias::None:
      return GPIO_V2_LINE_FLAG_BIAS_DISABLED;
    case config::Bias::PullUp:
      return GPIO_V2_LINE_FLAG_BIAS_PULL_UP;
    case config::Bias::PullDown:
      return GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN;
  }
  return 0;
}

gpio_v2_line_config toWanted(const config::Input& input) {
  gpio_v2_line_config wanted{};
  wanted.flags =
      GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING | flagOf(input.bias);
  if (input.activeLow)
    wanted.flags |= GPIO_V2_LINE_FLAG_ACTIVE_LOW;
  if (input.debounce.count() == 0)
    return wanted;
  wanted.num_attrs = 1;
  wanted.attrs[0].mask = 1;
  wanted.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_DEBOUNCE;
  wanted.attrs[0].attr.debounce_period_us =
      static_cast<std::uint32_t>(std::chrono::microseconds(input.debounce).count());
  return wanted;
}

class LineContact final : public Contact {
 public:
  explicit LineContact(int line) : line_(line) {}

  int descriptor() const override { return line_.get(); }

  std::optional<std::vector<Change>> read() override {
    const auto events = readEvents<gpio_v2_line_event>(line_.get());
    if (!events)
      return std::nullopt;
    std::vector<Change> changes;
    for (const gpio_v2_line_event& event : *events)
      // Rising is to active, also where that is low.
      changes.push_back(event.id == GPIO_V2_LINE_EVENT_RISING_EDGE ? Change::Pressed : Change::Released);
    return changes;
  }

 private:
  const base::FileDescriptor line_;
};

}  // namespace

OpenedContact openLine(const config::Input& input) {
  return requestLine(input.chip, input.line, toWanted(input)).and_then([](int line) -> OpenedContact {
    auto contact = std::make_unique<LineContact>(line);
    if (::fcntl(line, F_SETFL, O_NONBLOCK) < 0)
      return base::fail(base::ErrorCode::Unavailable, "the line cannot be read without waiting");
    return contact;
  });
}

}  // namespace fanlight::doorbell
