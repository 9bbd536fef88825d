# SPDX-License-Identifier: Apache-2.0
"""Programs under a deadline, and a network of their own for those that need one. Nothing outlives its block."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

# How long a program may take to leave after it was asked to.
SECONDS_TO_LEAVE = 10
# How long what a suite started may take to go after the suite itself has ended.
SECONDS_FOR_STRAGGLERS = 5
# The suite's own address, one of those kept for documentation (RFC 5737): WebRTC does not use the loopback's.
SUITE_ADDRESS = "192.0.2.1/24"


class OutOfTime(Exception):
    """The suite's time is over; what it was running has been ended."""


class Deadline:
    """The time that one suite has."""

    def __init__(self, minutes):
        self.minutes = minutes
        self._end = time.monotonic() + minutes * 60

    def seconds_left(self):
        return max(0.0, self._end - time.monotonic())


def end_group(process):
    """Ends the program and all of its process group, politely first."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, order)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_LEAVE)
    # The program itself may have left before the others of its group.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(command, deadline, log, env=None, cwd=None):
    """Runs a command, its output into the file `log`; returns its exit code (negative: a signal). Raises OutOfTime."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})}, cwd=cwd, start_new_session=True)
        try:
            return process.wait(deadline.seconds_left())
        except subprocess.TimeoutExpired:
            raise OutOfTime(f"stopped after {deadline.minutes} minutes, the limit of this suite") from None
        finally:
            if process.returncode is None:
                end_group(process)


@contextlib.contextmanager
def temporary_folder(env):
    """A TMPDIR of the suite's own, short because sockets live in it."""
    folder = tempfile.mkdtemp(prefix="fanlight-suite-")
    env["TMPDIR"] = folder
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ip(*arguments):
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise OSError(f"'ip {' '.join(arguments)}' failed: {done.stderr.strip()}")
    return done.stdout


class Network:
    """A network namespace: a loopback, and one interface `lan` that nobody else is on."""

    def __init__(self, name):
        self._name = name
        self.prefix = ["ip", "netns", "exec", name]

    def set_up(self):
        _ip("netns", "add", self._name)
        # An address of IPv6 that comes to be a second later would be a change of networks for a browser.
        quiet = "for one in all default; do echo 0 >/proc/sys/net/ipv6/conf/$one/accept_dad; done"
        subprocess.run([*self.prefix, "sh", "-c", quiet], stdin=subprocess.DEVNULL, capture_output=True)
        for arguments in (
            ["link", "set", "lo", "up"],
            # A pair whose ends both stay here: a plain interface that every kernel has.
            ["link", "add", "lan", "type", "veth", "peer", "name", "lan-peer"],
            ["address", "add", SUITE_ADDRESS, "dev", "lan"],
            ["link", "set", "lan-peer", "up"],
            ["link", "set", "lan", "up"],
            ["route", "add", "default", "dev", "lan"],
        ):
            _ip("-n", self._name, *arguments)

    def _processes(self):
        return [int(pid) for pid in _ip("netns", "pids", self._name).split()]

    def end_stragglers(self):
        """Ends what the suite left running and names it; a program that is just leaving is given its time."""
        deadline = time.monotonic() + SECONDS_FOR_STRAGGLERS
        watched = []
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                name = Path(f"/proc/{pid}/comm").read_text().strip()
                watched.append((pid, name, os.pidfd_open(pid)))
        names = []
        for pid, name, descriptor in watched:
            with open(descriptor, closefd=True):
                if not _readable(descriptor, deadline - time.monotonic()):
                    names.append(name)
                    with contextlib.suppress(ProcessLookupError):
                        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        return names

    def tear_down(self):
        self.end_stragglers()
        subprocess.run(["ip", "netns", "del", self._name], stdin=subprocess.DEVNULL, capture_output=True)


def _readable(descriptor, seconds):
    """Whether the process behind a pidfd ends within that time."""
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(max(0, seconds) * 1000))


@contextlib.contextmanager
def own_network(suite):
    """A namespace for one suite. Raises OSError, with the reason, where this machine cannot make one."""
    network = Network(f"fanlight-{suite}-{os.getpid()}")
    try:
        network.set_up()
        yield network
    finally:
        network.tear_down()
