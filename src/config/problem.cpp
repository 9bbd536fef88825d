// SPDX-License-Identifier: Apache-2.0
// Problems as compilers print theirs, so that editors can jump to them.
#include "config/problem.h"

#include "config/utf8.h"

namespace fanlight::config {

std::string toText(const Origin& origin) {
  const std::string file = printable(origin.file);
  return origin.line > 0 ? file + ":" + std::to_string(origin.line) : file;
}

std::string toText(const Problem& problem) {
  return toText(problem.where) + ": " + printable(problem.message);
}

}  // namespace fanlight::config
