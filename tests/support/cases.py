# SPDX-License-Identifier: Apache-2.0
"""What test programs say about their cases, counted: GoogleTest's JSON, node's reporter lines, node's summary."""

import json
import re
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Single test cases, and what a person has to know about those that did not pass."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    skip_reasons: list = field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.skip_reasons += other.skip_reasons

    @property
    def ran(self):
        return self.passed + self.failed + self.skipped

    @staticmethod
    def skip(reason):
        return Outcome(skipped=1, skip_reasons=[reason])

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


# A case that passed with all that it printed, and the lines around groups of cases.
PASSED_IN_GTEST = r"^\[ RUN      \] (\S+)\n(?:(?!\[ RUN ).*\n)*?\[       OK \] \1 .*\n|^\[-{10}\].*\n\n?"


def of_gtest(results, output):
    """From GoogleTest's JSON file; where a crash left none, from what was printed until then."""
    if not results.exists():
        return Outcome(passed=len(re.findall(r"^\[       OK \]", output, re.MULTILINE)))
    outcome = Outcome()
    for suite in json.loads(results.read_text())["testsuites"]:
        for case in suite["testsuite"]:
            if case.get("failures"):
                outcome.failed += 1
            elif case["status"] == "NOTRUN":
                outcome.add(Outcome.skip(f"{suite['name']}.{case['name']} is disabled"))
            elif case["result"] == "SKIPPED":
                outcome.add(Outcome.skip(f"{suite['name']}.{case['name']} skips itself"))
            else:
                outcome.passed += 1
    return outcome


# What node gives as the reason where --test-name-pattern left a test out.
LEFT_OUT = "test name does not match pattern"


def of_node_lines(lines):
    """From case_lines.mjs. A test with tests inside counts only where it failed by itself; so do suites and, on older
    nodes, files."""
    outcome = Outcome()
    inner = {}  # nesting -> [tests, failed tests] that belong to the next one that ends a level further out
    for case in map(json.loads, lines.splitlines()):
        tests, failed = inner.pop(case["nesting"] + 1, (0, 0))
        siblings = inner.setdefault(case["nesting"], [0, 0])
        siblings[0] += 1
        siblings[1] += not case["passed"]
        if case.get("skip") == LEFT_OUT:
            continue
        if not case["passed"] and failed == 0:
            outcome.failed += 1
        elif tests > 0 or not case["passed"]:
            continue
        elif case.get("skip") or case.get("todo"):
            reason = case.get("skip") or case.get("todo")
            outcome.add(Outcome.skip(f"{case['name']}: {reason if isinstance(reason, str) else 'no reason given'}"))
        else:
            outcome.passed += 1
    return outcome


def of_unittest(output):
    """From Python's unittest -v, whose lines end in '... ok' and the like."""
    def count(word):
        return len(re.findall(rf"\.\.\. {word}\b", output))

    return Outcome(count("ok"), count("FAIL") + count("ERROR"))


def of_node_summary(output):
    """From the lines that node's own reporters end with ('# pass 12', 'ℹ pass 12'), summed over several runs."""
    def count(word):
        return sum(int(n) for n in re.findall(rf"^(?:#|ℹ) {word} (\d+)$", output, re.MULTILINE))

    skipped = count("skipped") + count("todo")
    return Outcome(count("pass"), count("fail") + count("cancelled"), skipped,
                   ["see the log"] if skipped else [])
