# SPDX-License-Identifier: Apache-2.0
"""What a check is: a function with a sentence for a name that looks at a tree of files and yields problems."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable


class Skip(Exception):
    """This machine cannot run the check; the text says why."""


class Tree:
    """The project's files: what git knows or would take, so neither what is built nor what is fetched."""

    IGNORED = {".git", "build", "node_modules", "__pycache__", "dist"}

    def __init__(self, root):
        self.root = Path(root)
        self._texts = {}
        self.files = sorted(path for path in self._listed() if (self.root / path).is_file())

    def _listed(self):
        if (self.root / ".git").exists():
            listed = subprocess.run(
                ["git", "-c", "safe.directory=*", "-C", self.root,
                 "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                capture_output=True, text=True, check=True).stdout
            return {path for path in listed.split("\0") if path}
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*")
                if not self.IGNORED & set(path.relative_to(self.root).parts)}

    def named(self, *suffixes, under=""):
        return [path for path in self.files if path.endswith(suffixes) and path.startswith(under)]

    def text(self, path):
        """The file's text, or None where it is not text."""
        if path not in self._texts:
            data = (self.root / path).read_bytes()
            self._texts[path] = None if b"\0" in data else data.decode("utf-8", "replace")
        return self._texts[path]

    def lines(self, path):
        """Numbered lines, from 1."""
        return enumerate((self.text(path) or "").splitlines(), 1)

    def first_line(self, path):
        return (self.text(path) or "").partition("\n")[0]


CPP = (".cpp", ".h")


@dataclass(frozen=True)
class Check:
    run: Callable        # Tree -> problems
    bad: dict            # files, path -> text, in which the check finds something (or several such dicts)
    good: dict           # files in which it finds nothing
    report_only: bool

    @property
    def name(self):
        return self.run.__name__.replace("_", " ")


CHECKS = []


def check(bad=None, good=None, report_only=False):
    """Registers a check with the samples that show that it can fail; a report cannot, and has none."""

    def register(function):
        samples = bad if isinstance(bad, list) else [bad or {}]
        CHECKS.append(Check(function, samples, good or {}, report_only))
        return function

    return register


_TOKEN = re.compile(
    r'R"(?P<tag>[^()\\\s]{0,16})\((?:.|\n)*?\)(?P=tag)"'   # raw string
    r'|"(?:\\.|[^"\\\n])*"'                                # string
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"                # character, but not a digit separator
    r"|//[^\n]*|/\*(?:.|\n)*?\*/")


def code_of(text):
    """C++ without its comments and the insides of its strings; line numbers stay."""

    def blank(match):
        found = match.group()
        quote = '""' if found[0] in "R\"" else "''" if found[0] == "'" else ""
        return quote + "\n" * found.count("\n")

    return _TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


ALLOWANCE = re.compile(r"lint: allow (\w+): \S+")


def is_allowed(tree, path, line, rule):
    """Whether that line or the one above says `lint: allow RULE: reason`."""
    lines = (tree.text(path) or "").splitlines()
    return any(found and found.group(1) == rule for found in map(ALLOWANCE.search, lines[max(0, line - 2):line]))
