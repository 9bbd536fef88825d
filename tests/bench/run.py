# SPDX-License-Identifier: Apache-2.0
"""Runs the bench in a network of its own: no other traffic, and an address that WebRTC uses."""

import signal
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "support"))

import processes  # noqa: E402

EXIT_UNAVAILABLE, EXIT_INTERRUPTED = 69, 130


def main():
    # An interruption must leave by way of the clean-up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with processes.own_network("bench") as network:
            # Not `ip netns exec`, which hides the control groups.
            enter = ["nsenter", f"--net=/run/netns/{network.prefix[-1]}"]
            return subprocess.run([*enter, "node", str(REPOSITORY / "tests/bench/main.mjs"), *sys.argv[1:]]).returncode
    except OSError as error:
        print(f"bench: cannot make a network of its own, which needs root: {error}", file=sys.stderr)
        return EXIT_UNAVAILABLE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
