// SPDX-License-Identifier: Apache-2.0
#include "app/finding_lines.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "signaling/names.h"

namespace fanlight::app {

void print(const session::Findings& findings) {
  for (const session::Finding& finding : findings) {
    fmt::print("  {:8} {:11} {}\n", signaling::toText(finding.verdict), finding.what, finding.evidence);
    if (!finding.advice.empty())
      fmt::print("  {:8} {:11} -> {}\n", "", "", finding.advice);
  }
  std::fflush(stdout);
}

bool isBroken(const session::Findings& findings) {
  return std::ranges::any_of(
      findings, [](const session::Finding& one) { return one.verdict == session::Finding::Verdict::Broken; });
}

}  // namespace fanlight::app
