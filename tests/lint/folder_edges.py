# SPDX-License-Identifier: Apache-2.0
"""Which folder of src/ may include what: the table in src/README.md, read and enforced."""

import re

from checks import CPP, check, code_of

# Whose headers are written in which folders alone. `app` and `main` join everything, GStreamer included.
OWNERS = {
    "gst/": {"gst", "media", "board", "webrtc", "audio", "app", "main"},
    "libsoup/": {"http"},
    "json-glib/": {"json", "signaling"},
    "toml++/": {"config"},
    "CLI/": {"app", "main"},
    "systemd/": {"service"},
    "nice/": {"webrtc"},
    "prometheus/": {"metrics"},
    "mosquitto.h": {"mqtt"},
}

# Headers that the build makes from what is beside src/, and the folder that reads them.
GENERATED = {"pipelines": "gst"}

# The words of the column `must not know` that name a library, and that library's headers.
LIBRARIES = {
    "GLib": ("glib", "gio/", "gobject/", "gmodule"),
    "GStreamer": ("gst/",),
    "JSON": ("json-glib/",),
    "HTTP": ("libsoup/",),
    "libsoup": ("libsoup/",),
    "soup": ("libsoup/",),
    "MQTT": ("mosquitto",),
    "SDP": ("gst/sdp/", "gst/webrtc/"),
    "webrtc": ("gst/webrtc/",),
}

# Only the standard library and Result's: no header of the system's or of another library.
PLAIN_FOLDERS = ("base", "telemetry", "session")
PLAIN_LIBRARIES = ("GLib", "GStreamer", "JSON", "libsoup", "MQTT")

INCLUDE = re.compile(r'^\s*#\s*include\s+(<[^>]+>|"[^"]+")', re.MULTILINE)


def read_table(text):
    """folder -> (folders it may use, words it must not know); `None` for folders that may use all."""
    header = r"^\| *folder *\| *may use *\| *must not know *\|\n\|[-:| ]+\|\n"
    rows = re.search(header + r"((?:\|.*\|\n?)+)", text, re.MULTILINE)
    table = {}
    for row in rows.group(1).splitlines() if rows else ():
        cells = row.strip("|").split("|")
        folders, may_use, must_not = ([word.strip(" `*") for word in cell.split(",")] for cell in cells)
        for folder in folders:
            table[folder] = (None if may_use == ["all"] else set(may_use), must_not)
    return table


def _forbidden_headers(folder, must_not):
    for prefix, owners in OWNERS.items():
        if folder not in owners:
            yield prefix, f"only {', '.join(sorted(owners))} may include <{prefix}…>"
    for library in (*must_not, *(PLAIN_LIBRARIES if folder in PLAIN_FOLDERS else ())):
        for prefix in LIBRARIES.get(library, ()):
            yield prefix, f"'{folder}' must not know {library}"


def _problem_of(include, folder, table):
    header = include[1:-1]
    may_use, must_not = table[folder]
    if include[0] == "<":
        return next((why for prefix, why in _forbidden_headers(folder, must_not) if header.startswith(prefix)), None)
    other = header.partition("/")[0]
    if "/" not in header or ".." in header:
        return f'"{header}" is not written relative to src/'
    if other in GENERATED:
        return None if folder == GENERATED[other] else f"only '{GENERATED[other]}' reads '{other}/'"
    if other not in table:
        return f"the table in src/README.md has no folder '{other}'"
    if other != folder and may_use is not None and other not in may_use:
        return f"'{folder}' may not use '{other}'"
    return None


TABLE = ("| folder | may use | must not know |\n|---|---|---|\n| base | std | anything else |\n"
         "| session | base | GLib, files |\n| media | base | peers |\n| http | base, session | GStreamer |\n"
         "| app, main | all | - |\n\n| thread | runs | may |\n|---|---|---|\n| main | control | post |\n")


@check(
    bad=[
        {"src/README.md": TABLE, "src/session/a.cpp": '#include "http/b.h"\n'},
        {"src/README.md": TABLE, "src/session/a.cpp": "#include <glib.h>\n"},
        {"src/README.md": TABLE, "src/base/a.h": "#include <gio/gio.h>\n"},
        {"src/README.md": TABLE, "src/http/a.h": "#include <gst/gst.h>\n"},
        {"src/README.md": TABLE, "src/media/a.h": "#include <libsoup/soup.h>\n"},
        {"src/README.md": TABLE, "src/http/a.cpp": '#include "b.h"\n'},
        {"src/README.md": TABLE, "src/http/a.cpp": '#include "pipelines/made.h"\n'},
        {"src/README.md": TABLE, "src/nowhere/a.cpp": "#include <vector>\n"},
        {"src/README.md": "no table\n", "src/base/a.cpp": "#include <vector>\n"},
        {"src/base/a.cpp": "#include <vector>\n"},
    ],
    good={"src/README.md": TABLE,
          "src/http/a.cpp": '#include "http/a.h"\n#include <libsoup/soup.h>\n#include "session/b.h"\n',
          "src/main.cpp": '#include "app/c.h"\n#include <gst/gst.h>\n',
          "src/session/d.cpp": '// #include "http/b.h"\n#include <string>\n'})
def folders_include_only_what_their_row_allows(tree):
    sources = tree.named(*CPP, under="src/")
    if not sources:
        return
    table = read_table(tree.text("src/README.md") or "") if "src/README.md" in tree.files else {}
    if not table:
        yield "src/README.md has no table of folders (| folder | may use | must not know |)"
        return
    for path in sources:
        parts = path.split("/")
        folder = parts[1] if len(parts) > 2 else "main"
        if folder not in table:
            yield f"{path}: the table in src/README.md has no row for '{folder}'"
            continue
        text = tree.text(path)
        # Comments go, but the names between quotes are what is looked at.
        code = code_of(re.sub(r'(#\s*include\s+)"([^"\n]+)"', r"\1<:\2>", text))
        for found in INCLUDE.finditer(code):
            include = found.group(1)
            include = f'"{include[2:-1]}"' if include.startswith("<:") else include
            problem = _problem_of(include, folder, table)
            if problem:
                yield f"{path}:{code.count(chr(10), 0, found.start(1)) + 1}: {problem}"


@check(
    bad={"src/README.md": "| folder | may use | must not know |\n|---|---|---|\n"
                          "| a | b | - |\n| b | c | - |\n| c | a | - |\n"},
    good={"src/README.md": TABLE})
def the_table_of_folders_has_no_circle(tree):
    if "src/README.md" not in tree.files:
        return
    table = {folder: may_use or set() for folder, (may_use, _) in read_table(tree.text("src/README.md")).items()}
    known = set(table)
    settled = set()
    while True:
        ready = {folder for folder in known - settled if (table[folder] & known) - {folder} <= settled}
        if not ready:
            break
        settled |= ready
    if known - settled:
        yield f"src/README.md: these folders may use each other in a circle: {', '.join(sorted(known - settled))}"
