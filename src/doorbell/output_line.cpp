// SPDX-License-Identifier: Apache-2.0
#include "doorbell/output_line.h"

#include <sys/ioctl.h>

#include "base/file_descriptor.h"
#include "doorbell/chip.h"

namespace fanlight::doorbell {
namespace {

class GpioLine final : public OutputLine {
 public:
  explicit GpioLine(int line) : line_(line) {}
  // What the kernel leaves a line at that nobody has is the driver's business.
  ~GpioLine() override { set(false); }

  bool set(bool isActive) override {
    gpio_v2_line_values values{isActive ? 1U : 0U, 1U};
    return ::ioctl(line_.get(), GPIO_V2_LINE_SET_VALUES_IOCTL, &values) == 0;
  }

 private:
  const base::FileDescriptor line_;
};

/// There is nothing at it.
class TestLine final : public OutputLine {
 public:
  bool set(bool) override { return true; }
};

}  // namespace

OpenedOutputLine openOutputLine(const config::Output& output) {
  if (output.kind == config::OutputKind::Test)
    return std::make_unique<TestLine>();
  // Inactive from the moment that it is an output: no value is the same.
  gpio_v2_line_config wanted{};
  wanted.flags = GPIO_V2_LINE_FLAG_OUTPUT;
  if (output.activeLow)
    wanted.flags |= GPIO_V2_LINE_FLAG_ACTIVE_LOW;
  return requestLine(output.chip, output.line, wanted).map([](int line) -> std::unique_ptr<OutputLine> {
    return std::make_unique<GpioLine>(line);
  });
}

}  // namespace fanlight::doorbell
