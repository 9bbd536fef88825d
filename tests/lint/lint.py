# SPDX-License-Identifier: Apache-2.0
"""The rules of this code base that no compiler checks. Every check is first shown a sample that it must not let pass.

    python3 tests/lint/lint.py [--filter TEXT] [--results FILE]
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import banned_calls
import debian_control
import files
import folder_edges
import other_tools
from checks import CHECKS, Skip, Tree

REPOSITORY = Path(__file__).resolve().parents[2]
# Each registers its checks.
GROUPS = (folder_edges, banned_calls, files, debian_control, other_tools)


def on_sample(one, sample):
    """The problems that a check finds in files made up for it."""
    with tempfile.TemporaryDirectory(prefix="fanlight-lint-") as folder:
        for path, text in sample.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return list(one.run(Tree(folder)))


def weaknesses(one):
    """What is wrong with the check itself."""
    for number, sample in enumerate(one.bad, 1):
        if not on_sample(one, sample):
            yield f"finds nothing in its bad sample {number}"
    for problem in on_sample(one, one.good):
        yield f"complains about its good sample: {problem}"


def attempt(name, problems):
    """Runs one case and prints what came of it; returns its row for the results."""
    try:
        found = list(problems())
    except Skip as reason:
        print(f"skipped  {name}: {reason}")
        return {"name": name, "state": "skipped", "why": str(reason)}
    print(f"{'FAILED ' if found else 'ok     '}  {name}")
    for problem in found:
        print(f"           {problem}")
    return {"name": name, "state": "failed" if found else "passed"}


def main():
    parser = argparse.ArgumentParser(description="Checks the rules of this code base that no compiler checks.")
    parser.add_argument("--filter", default="", help="only checks with this in their name")
    parser.add_argument("--results", type=Path, help="also write the results, as JSON, to this file")
    options = parser.parse_args()
    other_tools.COMPILER_OF["repository"] = REPOSITORY
    tree = Tree(REPOSITORY)
    rows = []
    chosen = [one for one in CHECKS if options.filter in one.name or options.filter in one.run.__name__]
    for one in chosen:
        if one.report_only:
            print("\n".join(one.run(tree)))
            continue
        rows.append(attempt(f"{one.name} (its samples)", lambda one=one: weaknesses(one)))
        rows.append(attempt(one.name, lambda one=one: one.run(tree)))
    if options.results:
        options.results.write_text(json.dumps(rows, indent=1))
    return 1 if any(row["state"] == "failed" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
