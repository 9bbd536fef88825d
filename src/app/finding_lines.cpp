// SPDX-License-Identifier: Apache-2.0
#include "app/finding_lines.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace fanlight::app {
namespace {

using session::Finding;
using Verdict = Finding::Verdict;

std::string_view wordFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok:
      return "ok";
    case Verdict::Warning:
      return "warning";
    case Verdict::Broken:
      return "broken";
    case Verdict::Untried:
      return "untried";
  }
  return "";
}

}  // namespace

void print(const session::Findings& findings) {
  for (const Finding& finding : findings) {
    fmt::print("  {:8} {:11} {}\n", wordFor(finding.verdict), finding.what, finding.evidence);
    if (!finding.advice.empty())
      fmt::print("  {:8} {:11} -> {}\n", "", "", finding.advice);
  }
  std::fflush(stdout);
}

bool isBroken(const session::Findings& findings) {
  return std::ranges::any_of(findings, [](const Finding& one) { return one.verdict == Verdict::Broken; });
}

}  // namespace fanlight::app
