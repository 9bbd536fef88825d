# SPDX-License-Identifier: Apache-2.0
"""Looks for secrets in what a suite's daemons logged. The tests say which there were: each text that must never be
seen is a line of the file that FANLIGHT_SECRETS names (tests/support/secrets.mjs)."""

# What the tests themselves write down: the traffic of a page, which has its token, what they type into a guest and read
# there, such as the link that an installation prints, and pictures.
OWN_FILES = ("*-signaling.log", "guest-control.log", "*.png", "*.json", "*.jsonl", "*.md", "npm-test.log")

# Shorter ones are found by chance.
SHORTEST = 16


def _lines_with(secret, path):
    text = path.read_text(errors="replace")
    return [number for number, line in enumerate(text.splitlines(), 1) if secret in line]


def find(secrets, folder):
    """Where one of `secrets` stands in the logs below `folder`: "FILE:LINE"; the secret itself is not told again."""
    logs = [path for path in sorted(folder.rglob("*"))
            if path.is_file() and not any(path.match(pattern) for pattern in OWN_FILES)]
    places = [f"{path.relative_to(folder)}:{line}"
              for path in logs for secret in secrets if len(secret) >= SHORTEST for line in _lines_with(secret, path)]
    return logs, places
