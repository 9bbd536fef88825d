# SPDX-License-Identifier: Apache-2.0
"""Names, first lines and links of files, and how much of the code is comment."""

import json
import os
import re

from checks import CPP, check

LICENCE = "SPDX-License-Identifier: Apache-2.0"
SOURCES = (".cpp", ".h", ".c", ".mjs", ".js", ".ts", ".py", ".sh", ".css")


@check(
    bad=[{"src/a.cpp": "// A file.\n"}, {"tools/a": "#!/bin/sh\necho\n"},
         {"src/a.h": "\n// SPDX-License-Identifier: Apache-2.0\n"},
         {"src/a.cpp": "// SPDX-License-Identifier: MIT\n"}],
    good={"src/a.cpp": "// SPDX-License-Identifier: Apache-2.0\n",
          "tools/a": "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"})
def source_files_begin_with_their_licence(tree):
    for path in tree.files:
        is_script = tree.first_line(path).startswith("#!")
        if not path.endswith(SOURCES) and not is_script:
            continue
        lines = (tree.text(path) or "").splitlines()
        line = lines[1:2] if is_script else lines[:1]
        if not line or not re.fullmatch(rf"(?://|#|/\*) {LICENCE}(?: \*/)?", line[0]):
            yield f"{path}: its first line is not '{LICENCE}' in a comment"


VAGUE = {"util", "utils", "common", "manager", "helper", "helpers", "misc"}


@check(
    bad=[{"src/http/utils.h": ""}, {"tests/support/string_helpers.mjs": ""}, {"src/session-manager.cpp": ""},
         {"src/common/a.h": ""}],
    good={"src/http/commonly_used.h": "", "src/http/route.h": ""})
def files_are_named_for_what_they_hold(tree):
    for path in tree.files:
        vague = VAGUE & set(re.split(r"[/._-]", path.lower()))
        if vague:
            yield f"{path}: '{vague.pop()}' says nothing about what is in it"


# Written apart, so that this file passes its own check.
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" "DO", "FIX" "ME", "XX" "X")) + r")\b")


@check(
    bad=[{"src/a.cpp": "// TO" "DO: later\n"}, {"tests/a.mjs": "// FIX" "ME\n"}, {"README.md": "XX" "X\n"}],
    good={"src/a.cpp": "// all there is to do is done\n", "a/package-lock.json": '"sha512-a+XX' 'X/b"\n'})
def nothing_is_marked_unfinished(tree):
    for path in tree.files:
        if path.endswith("package-lock.json"):
            continue
        for number, text in tree.lines(path):
            if UNFINISHED.search(text):
                yield f"{path}:{number}: {text.strip()[:80]}"


LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]\n]*\]\(([^)\s]+)\)")


@check(
    bad=[{"README.md": "see [the map](src/README.md)\n"}, {"src/README.md": "![picture](shot.png)\n"},
         {"README.md": "[up](../outside.md)\n"}],
    good={"README.md": "see [the map](src/README.md#folders), [above](#top), [web](https://example.org/x)\n"
                       "```\n[a](b)\n```\n",
          "src/README.md": "back [up](../README.md)\n"})
def links_in_documents_lead_to_files(tree):
    known = set(tree.files) | {os.path.dirname(path) for path in tree.files}
    for path in tree.named(".md"):
        text = re.sub(r"^```.*?^```", "", tree.text(path) or "", flags=re.MULTILINE | re.DOTALL)
        for found in LINK.finditer(re.sub(r"`[^`\n]*`", "", text)):
            target = (found.group(1) or found.group(2)).partition("#")[0]
            if not target or re.match(r"[a-z]+:", target):
                continue
            resolved = os.path.normpath(os.path.join(os.path.dirname(path), target))
            if resolved not in known:
                yield f"{path}: the link '{target}' leads nowhere"


@check(
    bad=[{"pipelines/README.md": "nothing\n", "pipelines/encode-a.gst": ""}, {"pipelines/encode-a.gst": ""}],
    good={"pipelines/README.md": "`encode-a.gst` encodes\n", "pipelines/encode-a.gst": ""})
def pipelines_are_told_of_in_their_readme(tree):
    readme = tree.text("pipelines/README.md") if "pipelines/README.md" in tree.files else ""
    for path in tree.named(".gst", under="pipelines/"):
        name = os.path.basename(path)
        if name not in readme:
            yield f"{path}: pipelines/README.md does not mention '{name}'"


@check(
    bad={"a/package-lock.json": '{"packages": {"node_modules/x": {"resolved": "https://example.org/x.tgz"}}}'},
    good={"a/package-lock.json": '{"packages": {"node_modules/x": {"version": "1.0.0"}, '
                                 '"y": {"link": true, "resolved": "y"}}}'})
def lock_files_name_no_registry(tree):
    for path in tree.named("package-lock.json"):
        for name, package in json.loads(tree.text(path)).get("packages", {}).items():
            if "://" in package.get("resolved", ""):
                yield f"{path}: '{name}' records a download address: set omit-lockfile-registry-resolved=true in .npmrc"


@check(
    bad=[{"tools/packages/a.txt": "g++\n"}, {"tools/packages/a.txt": "g++  # compiles\nG++ # what\n"}],
    good={"tools/packages/a.txt": "# What compiles.\ng++  # compiles\n\nnodejs|node  # runs\n"})
def packages_are_listed_with_a_reason(tree):
    for path in tree.named(".txt", under="tools/packages/"):
        for number, text in tree.lines(path):
            if text.strip() and not re.match(r"#|[a-z0-9][a-z0-9.+|-]+\s+# \S", text):
                yield f"{path}:{number}: not 'package  # why': {text}"


@check(report_only=True)
def how_large_files_are_and_how_much_of_them_is_comment(tree):
    """No rule, a figure to look at: the style asks for about 80 lines a header, 200 a source, 5 to 10 % comment."""
    for suffix, limit in ((".h", 120), (".cpp", 300)):
        total = comments = 0
        large = []
        for path in tree.named(suffix, under="src/"):
            lines = (tree.text(path) or "").splitlines()
            total += len(lines)
            comments += sum(1 for line in lines if re.match(r"\s*(//|/?\*)", line))
            if len(lines) > limit:
                large.append(f"{path} ({len(lines)})")
        if total:
            files = len(tree.named(suffix, under="src/"))
            yield f"src/**/*{suffix}: {files} files, {total} lines, {100 * comments / total:.0f} % comment"
        if large:
            yield f"  over {limit} lines: {', '.join(large)}"
    allowed = sum(text.count("lint: " "allow ") for path in tree.named(*CPP, ".mjs", ".ts")
                  for _, text in tree.lines(path))
    yield f"exceptions from a rule of the lint: {allowed}"
