# SPDX-License-Identifier: Apache-2.0
"""The test runner's own tests: what it makes of what programs say, and of programs that misbehave."""

import contextlib
import io
import json
import os
import re
import select
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import cases
import processes
import secrets_in_logs
import suites
from cases import Outcome


def counts(outcome):
    return outcome.passed, outcome.failed, outcome.skipped


def node_lines(*tests):
    return "".join(json.dumps({"name": name, "nesting": nesting, "passed": passed, **more}) + "\n"
                   for name, nesting, passed, more in tests)


def ends_in_time(pid):
    """Whether the process has ended, or does so in its time to leave: one that was killed needs the CPU once more."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with open(descriptor):
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        return bool(poller.poll(processes.SECONDS_TO_LEAVE * 1000))


class Secrets(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.logs = Path(self.folder.name)

    def places(self, *known):
        return secrets_in_logs.find(known, self.logs)[1]

    def test_finds_one_wherever_a_log_shows_it(self):
        (self.logs / "inner").mkdir()
        (self.logs / "inner" / "daemon.log").write_text("start\nhello 0123456789abcdef!\n")
        self.assertEqual(self.places("0123456789abcdef"), ["inner/daemon.log:2"])

    def test_finds_none_where_there_is_none(self):
        (self.logs / "daemon.log").write_text("0123456789abcde\nf\n")
        self.assertEqual(self.places("0123456789abcdef"), [])

    def test_leaves_out_what_the_tests_wrote_themselves(self):
        (self.logs / "page-signaling.log").write_text("> 0123456789abcdef\n")
        self.assertEqual(self.places("0123456789abcdef"), [])


class SecretsOfASuite(unittest.TestCase):
    def outcome(self, log, known):
        with tempfile.TemporaryDirectory() as folder:
            logs, secrets = Path(folder) / "log", Path(folder) / "secrets.txt"
            logs.mkdir()
            (logs / "daemon.log").write_text(log)
            secrets.write_text(known)
            run = mock.Mock(logs=logs, env={"FANLIGHT_SECRETS": str(secrets)})
            with contextlib.redirect_stdout(io.StringIO()):
                return counts(suites.look_for_secrets(run, Outcome(passed=1)))

    def test_fails_where_a_log_shows_one(self):
        self.assertEqual(self.outcome("0123456789abcdef", "0123456789abcdef\n"), (0, 1, 0))

    def test_passes_where_none_does(self):
        self.assertEqual(self.outcome("all is well", "0123456789abcdef\n"), (1, 0, 0))

    def test_fails_where_it_had_nothing_to_look_for(self):
        self.assertEqual(self.outcome("all is well", ""), (0, 1, 0))


class Counting(unittest.TestCase):
    def test_counts_inner_tests_and_not_what_holds_them(self):
        lines = node_lines(("a", 1, True, {}), ("b", 1, True, {}), ("group", 0, True, {}), ("c", 0, True, {}))
        self.assertEqual(counts(cases.of_node_lines(lines)), (3, 0, 0))

    def test_counts_a_failure_once_although_its_group_fails_too(self):
        lines = node_lines(("a", 2, False, {}), ("inner", 1, False, {}), ("group", 0, False, {}))
        self.assertEqual(counts(cases.of_node_lines(lines)), (0, 1, 0))

    def test_counts_a_group_that_fails_by_itself(self):
        lines = node_lines(("a", 1, True, {}), ("group", 0, False, {}))
        self.assertEqual(counts(cases.of_node_lines(lines)), (1, 1, 0))

    def test_keeps_the_reason_of_a_skip(self):
        outcome = cases.of_node_lines(node_lines(("a", 0, True, {"skip": "no camera"})))
        self.assertEqual((counts(outcome), outcome.skip_reasons), ((0, 0, 1), ["a: no camera"]))

    def test_leaves_out_what_a_filter_left_out(self):
        lines = node_lines(("a", 0, True, {"skip": cases.LEFT_OUT}), ("b", 0, True, {}))
        self.assertEqual(counts(cases.of_node_lines(lines)), (1, 0, 0))

    def test_sums_nodes_summaries_of_either_reporter(self):
        output = "# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\nℹ pass 2\nℹ fail 0\nℹ skipped 1\n"
        self.assertEqual(counts(cases.of_node_summary(output)), (5, 2, 1))

    def test_counts_what_passed_before_googletest_crashed(self):
        output = "[ RUN      ] A.B\n[       OK ] A.B (0 ms)\n[ RUN      ] A.C\n"
        self.assertEqual(counts(cases.of_gtest(Path("nowhere.json"), output)), (1, 0, 0))

    def test_leaves_out_of_googletests_output_only_what_passed(self):
        passed = "[ RUN      ] A.B\nchatter\n[       OK ] A.B (0 ms)\n"
        failed = "[ RUN      ] A.C\nwhy\n[  FAILED  ] A.C (0 ms)\n"
        crashed = "[ RUN      ] A.D\nlast words\n"
        output = passed + failed + passed + crashed
        self.assertEqual(re.sub(cases.PASSED_IN_GTEST, "", output, flags=re.MULTILINE), failed + crashed)

    def test_counts_googletests_results(self):
        base = {"name": "B", "status": "RUN", "result": "COMPLETED"}
        inner = [base, {**base, "failures": [{"failure": "x"}]}, {**base, "result": "SKIPPED"},
                 {**base, "status": "NOTRUN"}]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"testsuites": [{"name": "A", "testsuite": inner}]}, file)
            file.flush()
            self.assertEqual(counts(cases.of_gtest(Path(file.name), "")), (1, 1, 2))


class Running(unittest.TestCase):
    """One suite of one program, from beginning to end."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patch = mock.patch.object(suites, "LOGS", Path(folder.name))
        patch.start()
        self.addCleanup(patch.stop)

    def outcome_of(self, code, count=lambda _: Outcome(passed=1), minutes=1.0, filter_text=""):
        def run(one):
            yield one.program("program", [sys.executable, "-c", code], count)

        suite = suites.Suite("made-up", "", run, minutes)
        preparation = mock.Mock(missing={})
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            outcome = suites.run_suite(suite, preparation, filter_text)
        self.printed = printed.getvalue()
        return counts(outcome)

    def test_a_program_that_passes_is_kept_quiet(self):
        self.assertEqual(self.outcome_of("print('chatter')"), (1, 0, 0))
        self.assertNotIn("chatter", self.printed)

    def test_a_crash_after_the_last_test_is_a_failure_shown_in_full(self):
        self.assertEqual(self.outcome_of("import os; print('chatter', flush=True); os.abort()"), (1, 1, 0))
        self.assertIn("SIGABRT", self.printed)
        self.assertIn("chatter", self.printed)

    def test_an_exit_code_without_a_failed_test_is_a_failure(self):
        self.assertEqual(self.outcome_of("raise SystemExit(3)"), (1, 1, 0))

    def test_a_program_that_runs_no_test_is_a_failure(self):
        self.assertEqual(self.outcome_of("pass", lambda _: Outcome()), (0, 1, 0))

    def test_a_filter_may_leave_nothing_of_a_program(self):
        self.assertEqual(self.outcome_of("pass", lambda _: Outcome(), filter_text="x"), (0, 0, 0))

    def test_a_suite_that_hangs_is_ended_with_all_that_it_started(self):
        code = ("import subprocess, sys\n"
                "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
                "print(child.pid, flush=True)\nchild.wait()")
        pids = []

        def count(output):
            pids.append(int(output))
            return Outcome()

        self.assertEqual(self.outcome_of(code, count, minutes=0.1), (0, 1, 0))
        self.assertTrue(ends_in_time(pids[0]), "the child is still there")

    def test_a_unit_test_ends_at_its_first_misuse_of_glib(self):
        code = ("import os\nassert os.environ['G_DEBUG'] == 'fatal-criticals'\n"
                "print('[ RUN      ] A.B\\n[       OK ] A.B (0 ms)')")
        test = {"name": "made-up", "cmd": [sys.executable, "-c", code], "env": {}, "workdir": None}
        suite = suites.Suite("made-up", "", suites.gtest(suites.DAEMON), 1)
        found = mock.patch.object(suites.subprocess, "run", return_value=mock.Mock(stdout=json.dumps([test])))
        with found, contextlib.redirect_stdout(io.StringIO()):
            outcome = suites.run_suite(suite, mock.Mock(missing={}), "")
        self.assertEqual(counts(outcome), (1, 0, 0))

    def test_a_suite_without_programs_is_a_failure(self):
        suite = suites.Suite("made-up", "", lambda run: iter(()), 1)
        with contextlib.redirect_stdout(io.StringIO()):
            outcome = suites.run_suite(suite, mock.Mock(missing={}), "")
        self.assertEqual(counts(outcome), (0, 1, 0))

    def test_a_suite_whose_packages_are_missing_is_skipped_with_their_names(self):
        suite = suites.Suite("made-up", "", lambda run: iter(()), 1)
        outcome = suites.run_suite(suite, mock.Mock(missing={"made-up": ["chromium"]}), "")
        self.assertEqual(counts(outcome), (0, 0, 1))
        self.assertIn("chromium", outcome.skip_reasons[0])

    def test_a_suite_that_cannot_have_its_own_network_is_skipped_but_fails_in_ci(self):
        network = mock.patch.object(processes, "own_network", side_effect=OSError("no such kernel"))
        with mock.patch("os.geteuid", return_value=0), network:
            self.assert_skipped_but_failed_in_ci("no such kernel")

    def test_a_suite_that_needs_root_is_skipped_without_it_but_fails_in_ci(self):
        with mock.patch("os.geteuid", return_value=1000):
            self.assert_skipped_but_failed_in_ci("needs root")

    def assert_skipped_but_failed_in_ci(self, why):
        suite = suites.Suite("made-up", "", lambda run: iter(()), 1, own_network=True)
        for ci, expected in (("", (0, 0, 1)), ("true", (0, 1, 0))):
            with mock.patch.dict(os.environ, CI=ci), contextlib.redirect_stdout(io.StringIO()) as printed:
                outcome = suites.run_suite(suite, mock.Mock(missing={}), "")
            self.assertEqual(counts(outcome), expected)
            self.assertIn(why, printed.getvalue() + "".join(outcome.skip_reasons))

    def test_a_suite_whose_build_fails_has_failed(self):
        suite = suites.Suite("made-up", "", lambda run: iter(()), 1, builds=(suites.DAEMON,))
        preparation = mock.Mock(missing={})
        preparation.build.return_value = False
        with contextlib.redirect_stdout(io.StringIO()):
            outcome = suites.run_suite(suite, preparation, "")
        self.assertEqual(counts(outcome), (0, 1, 0))

    def test_a_program_has_no_more_time_than_is_left(self):
        deadline = processes.Deadline(0)
        with self.assertRaises(processes.OutOfTime):
            processes.run([sys.executable, "-c", "import signal; signal.pause()"], deadline, suites.LOGS / "log")


if __name__ == "__main__":
    unittest.main()
