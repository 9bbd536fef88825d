# SPDX-License-Identifier: Apache-2.0
"""The packages that debian/control asks for are those of tools/packages/, which is what the tests run with."""

import re

from checks import check

CONTROL = "debian/control"

# Every build of a Debian package has these, and the policy asks that they are not named; ninja comes with meson.
IMPLIED = {"g++", "libc6-dev", "ninja-build"}
# Neither built nor run with from a checkout, each for its reason.
OF_THE_PACKAGE_ALONE = {
    "debhelper-compat",     # says how the package is put together
    "libnss-systemd",       # gives the service's user a name
}


def listed(tree, *lists):
    """The first word of each line, names joined by `|`."""
    return {line.split()[0] for name in lists for line in (tree.text(f"tools/packages/{name}.txt") or "").splitlines()
            if line and not line.startswith("#")}


def asked_for(control, *fields):
    """What these fields name, without versions and what is filled in, choices joined by `|`."""
    found = set()
    for field in fields:
        value = re.search(rf"^{field}:((?:.*\n)(?:[ \t].*\n)*)", control, re.MULTILINE)
        for one in (value.group(1) if value else "").split(","):
            name = re.sub(r"\([^)]*\)|\s", "", one)
            if name and not name.startswith("${"):
                found.add(name)
    return found


def differences(asked, wanted, fields, lists):
    for name in sorted(asked - wanted - OF_THE_PACKAGE_ALONE):
        yield f"{CONTROL}: '{name}' of {fields} is not in {lists}"
    for name in sorted(wanted - asked):
        yield f"{CONTROL}: '{name}' of {lists} is not in {fields}"


LISTS = {"tools/packages/build.txt": "g++  # compiles\nmeson  # describes\npkgconf|pkg-config  # finds\n",
         "tools/packages/package.txt": "lintian  # judges\nsystemd-dev|systemd  # says\n",
         "tools/packages/runtime.txt": "gstreamer1.0-nice  # ICE\nlibcamera-ipa  # cameras\n"}
GOOD = ("Build-Depends:\n debhelper-compat (= 13),\n meson (>= 1),\n pkgconf | pkg-config,\n systemd-dev | systemd,\n\n"
        "Depends:\n gstreamer1.0-nice,\n ${misc:Depends},\nRecommends:\n libcamera-ipa,\n libnss-systemd,\n")


@check(
    bad=[{**LISTS, CONTROL: GOOD.replace(" meson (>= 1),\n", "")}, {**LISTS, CONTROL: GOOD.replace(" meson", " cmake,\n meson")},
         {**LISTS, CONTROL: GOOD.replace(" libcamera-ipa,\n", "")}, {**LISTS, CONTROL: GOOD.replace(" gstreamer", " libasound2,\n gstreamer")},
         {**LISTS, CONTROL: GOOD.replace(" | pkg-config", "")}],
    good={**LISTS, CONTROL: GOOD})
def the_package_asks_for_what_is_listed(tree):
    if CONTROL not in tree.files:
        return
    control = tree.text(CONTROL)
    build = listed(tree, "build")
    # Of the tools for the package those are its own build's that tell where things go.
    places = {name for name in listed(tree, "package") if "|" in name}
    yield from differences(asked_for(control, "Build-Depends"), (build | places) - IMPLIED,
                           "Build-Depends", "tools/packages/build.txt")
    yield from differences(asked_for(control, "Depends", "Recommends"), listed(tree, "runtime"),
                           "Depends and Recommends", "tools/packages/runtime.txt")
