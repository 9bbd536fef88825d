// SPDX-License-Identifier: Apache-2.0
// libqrencode's modules, two rows a line.
#include "app/qr_code.h"

#include <memory>

#include <qrencode.h>

namespace fanlight::app {
namespace {

/// ISO/IEC 18004 wants four light modules around it; phones are content with two.
constexpr int kQuiet = 2;
constexpr const char* kBlackOnWhite = "\x1b[38;5;16m\x1b[48;5;231m";
constexpr const char* kReset = "\x1b[0m";

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

class Modules {
 public:
  explicit Modules(const QRcode& code) : code_(code) {}
  int size() const { return code_.width; }
  bool isDark(int row, int column) const {
    if (row < 0 || column < 0 || row >= size() || column >= size())
      return false;
    return (code_.data[static_cast<std::ptrdiff_t>(row) * size() + column] & 1) != 0;
  }

 private:
  const QRcode& code_;
};

const char* block(bool upper, bool lower) {
  if (upper)
    return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}

}  // namespace

std::string qrCode(const std::string& text) {
  // The least correction: a screen has no dirt, and a smaller code is easier to read.
  const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L));
  if (!code)
    return "";
  const Modules modules(*code);
  std::string lines;
  for (int row = -kQuiet; row < modules.size() + kQuiet; row += 2) {
    lines += kBlackOnWhite;
    for (int column = -kQuiet; column < modules.size() + kQuiet; ++column)
      lines += block(modules.isDark(row, column), modules.isDark(row + 1, column));
    lines += kReset;
    lines += '\n';
  }
  return lines;
}

}  // namespace fanlight::app
