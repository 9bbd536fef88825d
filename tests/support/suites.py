# SPDX-License-Identifier: Apache-2.0
"""The test runner behind tools/test: the table of suites, what each needs, and the count at the end.

A new suite is a row in SUITES; end-to-end tests need no more than a folder tests/<suite>/ with *.test.mjs in it.
"""

import argparse
import contextlib
import difflib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import cases
import processes
import secrets_in_logs
from cases import Outcome

REPOSITORY = Path(__file__).resolve().parents[2]
LOGS = REPOSITORY / "build" / "log"
PREPARE = REPOSITORY / "tools" / "lib" / "prepare"

EXIT_USAGE, EXIT_UNAVAILABLE, EXIT_NOT_PERMITTED, EXIT_INTERRUPTED = 64, 69, 77, 130


@dataclass(frozen=True)
class Build:
    """A folder that meson and ninja fill."""

    folder: str
    targets: tuple = ()
    options: tuple = ()


STRICT = ("-Dtests=true", "-Dwerror=true")
DAEMON = Build("build", ("src/fanlight",), STRICT)
# ninja's name for all that meson's tests run.
UNIT_TESTS = ("meson-test-prereq",)
UNIT = Build("build", UNIT_TESTS, STRICT)
# Optimised for debugging, and with lines but not variables in its debug information: instrumented code takes several
# times as long to compile otherwise.
ASAN = Build("build/asan", UNIT_TESTS,
             (*STRICT, "-Db_sanitize=address,undefined", "-Db_lundef=false", "-Doptimization=g", "-Dcpp_args=-g1"))
TSAN = Build("build/tsan", UNIT_TESTS, (*STRICT, "-Db_sanitize=thread", "-Db_lundef=false"))

DAEMON_PACKAGES = ("build", "runtime", "node", "unit")


@dataclass
class Run:
    """One run of one suite: where it writes, how long it has, what it is to leave out."""

    suite: "Suite"
    deadline: processes.Deadline
    filter: str
    network: object = None
    env: dict = field(default_factory=dict)

    @property
    def logs(self):
        return LOGS / self.suite.name

    def program(self, name, command, count, env=None, cwd=REPOSITORY, may_be_empty=False, good_codes=(0,), chatter=None):
        """Runs a test program; `count` turns its output into an Outcome. Says what came of it; where it failed, with all
        of its output but what matches `chatter`, which is the cases that passed."""
        log = self.logs / f"{name}.log"
        prefix = self.network.prefix if self.network else []
        began = time.monotonic()
        late = None
        try:
            code = processes.run([*prefix, *command], self.deadline, log, {**self.env, **(env or {})}, cwd)
        except processes.OutOfTime as error:
            late = error
        output = log.read_text(errors="replace")
        outcome = count(output)
        why = ""
        if late:
            outcome.failed += 1
            why = f": {late}"
        elif code not in good_codes and outcome.failed == 0:
            outcome.failed += 1
            why = f": {ending(code)}"
        elif outcome.ran == 0 and not self.filter and not may_be_empty:
            outcome.failed += 1
            why = ": ran no test"
        if outcome.ran or late:
            say(f"  {name}: {outcome}, {clock(time.monotonic() - began)}{why}")
        if outcome.failed:
            shown = re.sub(chatter, "", output, flags=re.MULTILINE) if chatter else output
            say(f"--- {log}\n{shown.rstrip()}\n---")
        if late:
            raise SuiteStopped(outcome)
        return outcome


class SuiteStopped(Exception):
    """The suite ran out of time; carries what its last program did."""

    def __init__(self, outcome):
        super().__init__()
        self.outcome = outcome


def ending(code):
    return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def say(text):
    print(text, flush=True)


def clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


# How the kinds of suites run. Each takes a Run and yields an Outcome for each of its programs.


def lint(run):
    results = run.logs / "results.json"

    def count(_):
        outcome = Outcome()
        for check in json.loads(results.read_text()) if results.exists() else []:
            if check["state"] == "skipped":
                outcome.add(Outcome.skip(f"{check['name']}: {check['why']}"))
            else:
                outcome.passed += check["state"] == "passed"
                outcome.failed += check["state"] == "failed"
        return outcome

    arguments = ["--results", str(results)] + (["--filter", run.filter] if run.filter else [])
    yield run.program("lint", [sys.executable, "-B", str(REPOSITORY / "tests/lint/lint.py"), *arguments], count,
                      chatter=r"^ok .*\n")
    chosen = ["-k", run.filter] if run.filter else []
    yield run.program(
        "runner", [sys.executable, "-B", "-m", "unittest", "-v", *chosen, "runner_test"], cases.of_unittest,
        cwd=REPOSITORY / "tests/support", good_codes=(0, 5) if run.filter else (0,))  # 5: nothing chosen


# A misuse of GLib or GStreamer is said as a critical, which nobody would see in a test that passes.
GTEST_ENV = {"G_DEBUG": "fatal-criticals"}


def gtest(build, env=None, prefix=()):
    """The unit tests of a build folder."""

    def run_all(run):
        found = subprocess.run(["meson", "introspect", "--tests", str(REPOSITORY / build.folder)],
                               capture_output=True, text=True, check=True).stdout

        def one(test):
            name = test["name"].replace(" ", "-").replace("/", "-")
            results = run.logs / f"{name}.json"
            chosen = [f"--gtest_filter=*{run.filter}*"] if run.filter else []
            return run.program(
                name, [*prefix, *test["cmd"], f"--gtest_output=json:{results}", *chosen],
                lambda output: cases.of_gtest(results, output),
                {**test["env"], **GTEST_ENV, **(env or {})}, test["workdir"] or REPOSITORY,
                chatter=cases.PASSED_IN_GTEST)

        # Beside each other: most of their time they wait for pictures.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from pool.map(one, json.loads(found))

    return run_all


def node(folder):
    """The end-to-end tests of a folder, a process for each file."""

    def run_all(run):
        for file in sorted((REPOSITORY / folder).glob("*.test.mjs")):
            name = file.name.removesuffix(".test.mjs")
            lines = run.logs / f"{name}.jsonl"
            chosen = [f"--test-name-pattern={run.filter}"] if run.filter else []
            yield run.program(
                name,
                ["node", *chosen,
                 "--test-reporter=spec", "--test-reporter-destination=stdout",
                 f"--test-reporter={REPOSITORY / 'tests/support/case_lines.mjs'}",
                 f"--test-reporter-destination={lines}",
                 str(file)],
                lambda _, lines=lines: cases.of_node_lines(lines.read_text() if lines.exists() else ""))

    return run_all


def npm_test(folder):
    """`npm test` of a folder; a filter chooses among its files."""

    def run_it(run):
        files = [path.name for path in (REPOSITORY / folder / "test").glob("*.test.*")]
        if not run.filter or any(run.filter in name for name in files):
            chosen = ["--", run.filter] if run.filter else []
            yield run.program("npm-test", ["npm", "--prefix", folder, "test", *chosen], cases.of_node_summary)

    return run_it


def tidy(run):
    """clang-tidy, a case for each source file."""
    compiled = {entry["file"] for entry in json.loads((REPOSITORY / "build/compile_commands.json").read_text())}
    files = sorted(path for path in (REPOSITORY / "src").rglob("*.cpp")
                   if run.filter in str(path) and os.path.relpath(path, REPOSITORY / "build") in compiled)

    def one(path):
        name = str(path.relative_to(REPOSITORY / "src")).replace("/", "-")
        return run.program(
            name, ["clang-tidy", "-p", "build", "--quiet", "--warnings-as-errors=*", str(path)],
            lambda output: Outcome(failed=1) if "error:" in output else Outcome(passed=1))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(one, files)


@dataclass(frozen=True)
class Suite:
    """A row of the table."""

    name: str
    about: str
    run: Callable
    minutes: int                 # after which it is stopped and has failed
    packages: tuple = ()         # lists in tools/packages/
    npm: tuple = ()              # folders whose npm packages it needs
    builds: tuple = ()
    own_network: bool = False    # runs in a network namespace of its own, which needs root
    long: bool = False           # runs when it is named, or with --long


def end_to_end(name, about, minutes, packages=(), **more):
    """A row for a folder of *.test.mjs that start the daemon in a network of their own."""
    return Suite(name, about, node(f"tests/{name}"), minutes, (*DAEMON_PACKAGES, "browser", *packages),
                 ("web-viewer", "tests"), (DAEMON,), own_network=True, **more)


ASAN_ENV = {
    # GLib is built without frame pointers: only the slow way finds who called it, which the suppressions go by.
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1:"
                    "fast_unwind_on_malloc=0:malloc_context_size=40",
    "LSAN_OPTIONS": f"suppressions={REPOSITORY / 'tests/support/lsan.supp'}:print_suppressions=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "G_SLICE": "always-malloc",
}
TSAN_ENV = {
    # GLib, GStreamer and the rest are not built for it: a lock of theirs is invisible, and so would every race be false
    # that lies between two of their accesses.
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1:ignore_noninstrumented_modules=1",
    "G_SLICE": "always-malloc",
}
# The thread sanitizer cannot place its shadow where addresses are spread over more bits than it knows.
FIXED_ADDRESSES = ("setarch", "-R")

SUITES = (
    Suite("lint", "rules that no compiler checks", lint, 5, ("lint", "node"), ("web-viewer",)),
    # What asan runs, too, and looks at more closely: both would be five minutes more, from nothing, for the same cases.
    Suite("unit", "the C++ classes", gtest(UNIT), 10, DAEMON_PACKAGES, ("web-viewer",), (UNIT,), long=True),
    Suite("asan", "the unit tests with the address and undefined behaviour sanitizers", gtest(ASAN, ASAN_ENV), 20,
          DAEMON_PACKAGES, ("web-viewer",), (ASAN,)),
    Suite("web", "the page's core, without a browser", npm_test("web-viewer"), 5, ("node",), ("web-viewer",)),
    Suite("package", "a tarball, built without npm, the Debian package, and its repository", node("tests/package"), 15,
          (*DAEMON_PACKAGES, "package"), ("web-viewer", "tests"), (DAEMON,)),
    end_to_end("component", "the daemon over the wire, without a browser", 15, ("broker",)),
    end_to_end("browser", "the page in Chromium", 20),
    end_to_end("network", "every kind of network between camera and viewer", 10, ("network",)),
    end_to_end("board", "cameras and the service, in an emulated computer", 35, ("board", "package")),
    end_to_end("board-long", "every rung of the ladder there, and what takes many times or minutes", 90, ("board", "package"),
               long=True),
    end_to_end("churn", "joining and leaving, hundreds of times", 40, long=True),
    end_to_end("network-full", "every pair of places there", 60, ("network",), long=True),
    end_to_end("sound-long", "what a machine that is busy beside it would spoil", 10, long=True),
    Suite("tsan", "the unit tests with the thread sanitizer", gtest(TSAN, TSAN_ENV, FIXED_ADDRESSES), 30,
          DAEMON_PACKAGES, ("web-viewer",), (TSAN,), long=True),
    Suite("tidy", "clang-tidy", tidy, 45, (*DAEMON_PACKAGES, "tidy"), ("web-viewer",), (DAEMON,), long=True),
    end_to_end("load", "many viewers at once", 30, long=True),
    end_to_end("soak", "an hour of viewers who come and go, and of faults from a seed", 90, long=True),
)


class Preparation:
    """Packages, npm packages and builds, each made once."""

    def __init__(self, suites):
        self._built = {}
        self.missing = {}
        lists = sorted({name for suite in suites for name in suite.packages})
        code = self._prepare("packages", *lists)
        # Without root the suites that have what they need still run; every other failure is one.
        if code not in (0, EXIT_NOT_PERMITTED):
            raise PreparationFailed("the packages could not be installed")
        if code == EXIT_NOT_PERMITTED:
            for suite in suites:
                self.missing[suite.name] = self._prepare_output("missing", *suite.packages).split()
        folders = sorted({folder for suite in suites if not self.missing.get(suite.name) for folder in suite.npm})
        if folders and self._prepare("npm", *folders) != 0:
            raise PreparationFailed("the npm packages could not be installed")

    def build(self, build):
        if build not in self._built:
            options = ["--", *build.options] if build.options else []
            self._built[build] = self._prepare("build", build.folder, *build.targets, *options) == 0
        return self._built[build]

    @staticmethod
    def _prepare(*arguments):
        # Its words, on standard error, come in order with ours.
        return subprocess.run([PREPARE, *arguments], stdin=None if sys.stdin.isatty() else subprocess.DEVNULL,
                              stderr=subprocess.STDOUT).returncode

    @staticmethod
    def _prepare_output(*arguments):
        return subprocess.run([PREPARE, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout


class PreparationFailed(Exception):
    pass


def fetch_beforehand(run):
    """Runs the suite's prepare.mjs, if it has one, to fetch what its own network has no way to."""
    script = REPOSITORY / "tests" / run.suite.name / "prepare.mjs"
    if not script.exists():
        return Outcome()
    try:
        return run.program("prepare", ["node", str(script)], lambda _: Outcome(), may_be_empty=True)
    except SuiteStopped as stopped:
        return stopped.outcome


def cannot_run(why):
    """A skip on somebody's own machine. In CI, whose green would promise what did not run, a failure."""
    if os.environ.get("CI") != "true":
        return Outcome.skip(why)
    say(f"  {why}; in CI that is a failure")
    return Outcome(failed=1)


def look_for_secrets(run, so_far):
    """One more case of a suite with daemons: that no log shows what must not be seen."""
    if not run.suite.own_network or so_far.ran == 0:
        return Outcome()
    known = Path(run.env["FANLIGHT_SECRETS"])
    seen = set(known.read_text().splitlines()) if known.exists() else set()
    logs, places = secrets_in_logs.find(seen, run.logs)
    for place in places:
        say(f"  a secret stands in {place}")
    say(f"  secrets: {len(seen)} looked for in {len(logs)} logs, {len(places)} found")
    # To have looked for nothing is no proof.
    return Outcome(failed=1) if places or not seen else Outcome(passed=1)


def run_suite(suite, preparation, chosen):
    """Runs one suite, whatever happens in it; returns its Outcome."""
    missing = preparation.missing.get(suite.name)
    if missing:
        return Outcome.skip(f"not installed, and no root to install it: {' '.join(missing)}")
    if suite.own_network and os.geteuid() != 0:
        return cannot_run("needs root for a network of its own: 'sudo tools/test' runs it")
    for build in suite.builds:
        if not preparation.build(build):
            say(f"  {build.folder} does not build")
            return Outcome(failed=1)
    run = Run(suite, processes.Deadline(suite.minutes), chosen)
    shutil.rmtree(run.logs, ignore_errors=True)
    run.logs.mkdir(parents=True)
    outcome = Outcome()
    with contextlib.ExitStack() as cleanup:
        cleanup.enter_context(processes.temporary_folder(run.env))
        run.env["FANLIGHT_SECRETS"] = str(Path(run.env["TMPDIR"]) / "secrets.txt")
        outcome.add(fetch_beforehand(run))
        if outcome.failed:
            return outcome
        if suite.own_network:
            try:
                run.network = cleanup.enter_context(processes.own_network(suite.name))
            except OSError as error:
                return cannot_run(f"no network of its own: {error}")
        try:
            for part in suite.run(run):
                outcome.add(part)
        except SuiteStopped as stopped:
            outcome.add(stopped.outcome)
        outcome.add(look_for_secrets(run, outcome))
        stragglers = run.network.end_stragglers() if run.network else []
        if stragglers:
            say(f"  left running, and ended now: {' '.join(stragglers)}")
            outcome.failed += 1
    if outcome.ran == 0 and not chosen:
        say("  ran no test, which is a failure")
        outcome.failed = 1
    return outcome


def table(results):
    rows = [("suite", "passed", "failed", "skipped", "minutes", "why skipped")]
    for suite, outcome, seconds in results:
        reasons = "; ".join(outcome.skip_reasons[:3])
        if len(outcome.skip_reasons) > 3:
            reasons += f"; and {len(outcome.skip_reasons) - 3} more"
        rows.append((suite.name, outcome.passed, outcome.failed, outcome.skipped, f"{seconds / 60:.1f}", reasons))
    widths = [max(len(str(row[column])) for row in rows) for column in range(5)]
    for row in rows:
        cells = [str(row[0]).ljust(widths[0])] + [str(row[c]).rjust(widths[c]) for c in range(1, 5)]
        say("  ".join(cells + [row[5]]).rstrip())


def list_suites():
    width = max(len(suite.name) for suite in SUITES)
    for suite in SUITES:
        notes = [f"at most {suite.minutes} min"]
        notes += ["long"] if suite.long else []
        notes += ["needs root"] if suite.own_network else []
        say(f"{suite.name.ljust(width)}  {suite.about} ({', '.join(notes)})")


def choose(names, with_long):
    known = {suite.name: suite for suite in SUITES}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f": did you mean '{near[0]}'?" if near else ": 'tools/test --list' shows them"
            print(f"test: there is no suite '{name}'{hint}", file=sys.stderr)
            sys.exit(EXIT_USAGE)
    return [s for s in SUITES if (s.name in names if names else with_long or not s.long)]


def arguments():
    parser = argparse.ArgumentParser(
        prog="tools/test", 
        description="Builds Fanlight and runs its tests: all that this machine can run, or those named.")
    parser.add_argument("suites", nargs="*", metavar="SUITE")
    parser.add_argument("--list", action="store_true", help="show the suites and end")
    parser.add_argument("--long", action="store_true", help="also the long ones")
    parser.add_argument("--filter", default="", metavar="TEXT", help="only cases with this in their name")
    # argparse would end with 2.
    parser.error = lambda message: (print(f"test: {message}", file=sys.stderr), sys.exit(EXIT_USAGE))
    return parser.parse_args()


def give_logs_to_owner():
    """Under sudo, so that the next run without it can write them."""
    owner = REPOSITORY.stat()
    if os.geteuid() == 0 and owner.st_uid != 0 and LOGS.exists():
        for path in [LOGS, *LOGS.rglob("*")]:
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def main():
    options = arguments()
    if options.list:
        list_suites()
        return 0
    suites = choose(options.suites, options.long)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    results = []
    total = Outcome()
    code = 0
    try:
        preparation = Preparation(suites)
        for suite in suites:
            say(f"{suite.name}: {suite.about}")
            began = time.monotonic()
            outcome = run_suite(suite, preparation, options.filter)
            results.append((suite, outcome, time.monotonic() - began))
            say(f"{suite.name}: {outcome}, {clock(results[-1][2])}")
            total.add(outcome)
    except PreparationFailed as error:
        say(f"test: {error}")
        total.failed += 1
        code = EXIT_UNAVAILABLE
    except KeyboardInterrupt:
        say("test: interrupted")
        total.failed += 1
        code = EXIT_INTERRUPTED
    finally:
        give_logs_to_owner()
    if total.ran == 0:
        say(f"test: no test has '{options.filter}' in its name")
        total.failed = 1
    say("")
    table(results)
    say(str(total))
    return code or (1 if total.failed or not total.passed else 0)


if __name__ == "__main__":
    sys.exit(main())
