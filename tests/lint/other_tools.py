# SPDX-License-Identifier: Apache-2.0
"""Checks that other programs make: clang-format, shellcheck, tsc."""

import re
import shutil
import subprocess

from checks import CPP, Skip, check

# Another major version lays some lines out differently, so only this one judges: Debian 12's.
CLANG_FORMAT = "14"


def _run(tree, *command):
    done = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout + done.stderr


def _clang_format():
    for name in (f"clang-format-{CLANG_FORMAT}", "clang-format"):
        if shutil.which(name):
            version = subprocess.run([name, "--version"], capture_output=True, text=True).stdout
            if f"version {CLANG_FORMAT}." in version:
                return name
    raise Skip(f"clang-format {CLANG_FORMAT} is not here, and others lay code out differently")


STYLE = "BasedOnStyle: Google\n"


@check(
    bad={".clang-format": STYLE, "src/a.cpp": "int   a ;\n"},
    good={".clang-format": STYLE, "src/a.cpp": "int a;\n"})
def cpp_files_are_laid_out_by_clang_format(tree):
    files = tree.named(*CPP)
    if not files:
        return
    code, output = _run(tree, _clang_format(), "--dry-run", "-Werror", "--ferror-limit=1", *files)
    if code != 0:
        found = re.findall(r"^(\S+?):(\d+):\d+: error: code should be clang-formatted", output, re.MULTILINE)
        yield from (f"{path}:{line}: not as clang-format lays it out" for path, line in found)
        if not found:
            yield output.strip()


def _shell_scripts(tree):
    for path in tree.files:
        if path.endswith(".sh") or re.match(r"#!.*\b(?:ba|da|)sh\b", tree.first_line(path)):
            yield path


@check(
    bad={"tools/a": "#!/bin/sh\n# SPDX\ncd $1\n"},
    good={"tools/a": '#!/bin/sh\ncd "$1" || exit\n'})
def shell_scripts_pass_shellcheck(tree):
    if not shutil.which("shellcheck"):
        raise Skip("shellcheck is not installed")
    scripts = list(_shell_scripts(tree))
    if not scripts:
        return
    code, output = _run(tree, "shellcheck", "--external-sources", "--format=gcc",
                        "--exclude=SC2187",  # busybox's shell is checked as dash, which is what it is closest to
                        *scripts)
    if code != 0:
        yield from output.strip().splitlines()


@check(
    bad={"tools/a": "#!/bin/sh\n"},
    good={"src/a.cpp": "int a;\n"})
def scripts_with_a_first_line_for_the_shell_can_be_run(tree):
    for path in tree.files:
        if tree.first_line(path).startswith("#!") and not (tree.root / path).stat().st_mode & 0o100:
            yield f"{path}: has no run bit"


@check(
    bad={"web-viewer/tsconfig.json": '{"compilerOptions": {"strict": true, "noEmit": true}, "include": ["src"]}',
         "web-viewer/src/a.ts": 'export const a: number = "text";\n'},
    good={"web-viewer/tsconfig.json": '{"compilerOptions": {"strict": true, "noEmit": true}, "include": ["src"]}',
          "web-viewer/src/a.ts": "export const a: number = 1;\n"})
def the_page_passes_the_type_checker(tree):
    projects = tree.named("tsconfig.json", under="web-viewer/")
    if not projects:
        return
    compiler = COMPILER_OF["repository"] / "web-viewer/node_modules/.bin/tsc"
    if not compiler.exists():
        raise Skip("web-viewer/node_modules is not there: 'npm ci' makes it")
    for project in projects:
        code, output = _run(tree, str(compiler), "--noEmit", "--project", project)
        if code != 0:
            yield from output.strip().splitlines()


# The samples are checked by the repository's own compiler; lint.py says where that is.
COMPILER_OF = {}
