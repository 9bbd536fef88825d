# SPDX-License-Identifier: Apache-2.0
"""Calls and constructs that this code base does without, each with what stands in for it.

A line may be excepted by a comment on it or on the line above, `lint: allow RULE: reason`, where RULE is the function's
name below. The report at the end counts these.
"""

import re

from checks import ALLOWANCE, CPP, check, code_of, is_allowed, line_of

# These two wrap the C libraries, so they are where the C calls are.
WRAPPERS = ("src/glib/", "src/gst/")


def _matches(tree, paths, pattern, rule):
    """Yields (path, line, found) wherever code, not comment or string, matches."""
    for path in paths:
        code = code_of(tree.text(path) or "")
        for found in re.finditer(pattern, code):
            line = line_of(code, found.start())
            if not is_allowed(tree, path, line, rule):
                yield path, line, found, code


def _after_block(code, opening):
    """Where the block that opens at this brace has ended."""
    depth = 0
    for end in range(opening, len(code)):
        depth += (code[end] == "{") - (code[end] == "}")
        if depth == 0:
            return end + 1
    return len(code)


def _features(tree):
    return [path for path in tree.named(*CPP, under="src/") if not path.startswith(WRAPPERS)]


@check(
    bad=[{"src/http/a.cpp": "auto* p = new Thing();\n"}, {"src/http/a.cpp": "  delete thing;\n"},
         {"src/http/a.cpp": "delete[] things;\n"}],
    good={"src/http/a.cpp": 'A(const A&) = delete;\n// new things\n'
                            'auto s = "new thing"; auto p = std::make_unique<A>();\n',
          "src/glib/b.cpp": "auto* p = new Closure();\n"})
def memory_is_owned_by_smart_pointers(tree):
    pattern = r"\bnew\b(?=\s*[\w:(\[])|(?<!=)(?<!= )\bdelete\b(?=\s*(?:\[\s*\])?\s*[\w(*])"
    for path, line, found, _ in _matches(tree, _features(tree), pattern, "memory_is_owned_by_smart_pointers"):
        yield f"{path}:{line}: raw '{found.group()}': let a smart pointer own it"


def _ownership(code):
    """Where a type says how it is freed: the specialisations of Free and RefTraits, in the folder that knows it."""
    for found in re.finditer(r"\bstruct\s+(?:glib::)?(?:Free|RefTraits)<[^{;]*\{", code):
        yield found.start(), _after_block(code, found.end() - 1)


@check(
    bad=[{"src/http/a.cpp": f"{call}(x);\n"} for call in
         ("g_object_unref", "g_free", "g_signal_connect", "g_signal_connect_data", "g_timeout_add_seconds",
          "g_idle_add", "gst_object_unref", "g_bytes_unref", "gst_structure_free",
          "struct Other<A> { void f() { json_node_unref(x); } }; f")],
    good={"src/gst/a.cpp": "gst_object_unref(x);\n",
          "src/http/b.h": "template <>\nstruct Free<A> {\n  void operator()(A* a) const { gst_a_free(a); }\n};\n",
          "src/http/a.cpp": "// g_free(x)\nadopt(x);\n"})
def features_leave_glibs_memory_and_timers_to_their_wrappers(tree):
    pattern = (r"\bg_(?:signal_connect\w*|timeout_add\w*|idle_add\w*|free|clear_object|clear_pointer)\s*\("
               r"|\b(?:g|gst|json|soup)_(?:\w+_)?(?:unref|free)\s*\(")
    rule = "features_leave_glibs_memory_and_timers_to_their_wrappers"
    for path, line, found, code in _matches(tree, _features(tree), pattern, rule):
        if not any(begin <= found.start() < end for begin, end in _ownership(code)):
            yield f"{path}:{line}: '{found.group().rstrip('( ')}': use the wrappers of src/glib and src/gst"


@check(bad={"src/gst/a.cpp": "  goto out;\n"}, good={"src/gst/a.cpp": '// goto\nauto s = "goto out";\n'})
def nothing_jumps(tree):
    for path, line, _, _ in _matches(tree, tree.named(*CPP), r"\bgoto\b", "nothing_jumps"):
        yield f"{path}:{line}: 'goto'"


def _is_only_called(code, name, start):
    """Whether from here to the end of the block around it a name is followed by its arguments wherever it stands."""
    depth = 0
    for found in re.finditer(rf"[{{}}]|\b{name}\b(\s*\()?", code[start:]):
        depth += (found.group() == "{") - (found.group() == "}")
        if depth < 0:
            break
        if found.group() not in "{}" and not found.group(1):
            return False
    return True


def _runs_at_once(code, start):
    """Whether a lambda that begins here cannot outlive its block: an argument of a standard algorithm or of std::visit,
    called on the spot, or a local name that is only ever called and never handed on."""
    statement = re.split(r"[;{}]", code[:start])[-1]
    algorithm = re.search(r"\bstd::(?:ranges::)?(\w+)\s*(?:<[^;]*>)?\(", statement)
    if algorithm and algorithm.group(1) not in KEEPS_A_LAMBDA:
        return True
    opening = code.find("{", start)
    if opening < 0:
        return False
    end = _after_block(code, opening)
    name = re.fullmatch(r"\s*(?:const\s+)?auto\s+(\w+)\s*=\s*", statement)
    return code[end:end + 1] == "(" or (name is not None and _is_only_called(code, name.group(1), end))


# Functions of std that hold on to what they are given, or run it elsewhere.
KEEPS_A_LAMBDA = {"function", "move_only_function", "thread", "jthread", "async", "bind", "bind_front", "make_unique",
                  "make_shared", "forward", "move", "call_once", "packaged_task"}


@check(
    bad=[{"src/http/a.cpp": "auto f = [=] { use(x); };\n"}, {"src/http/a.cpp": "post([&] { use(x); });\n"},
         {"src/http/a.cpp": "std::thread t([&] { use(x); });\n"},
         {"src/http/a.cpp": "post([&, n = 1]() mutable { use(x); });\n"},
         {"tests/unit/a_test.cpp": "auto f = [=] { use(x); };\n"},
         {"src/http/a.cpp": "void a() {\n  const auto f = [&] { use(x); };\n  f();\n  post(f);\n}\n"},
         {"src/http/a.cpp": "void a() {\n  const auto f = [&] { use(x); };\n  post([f] { f(); });\n}\n"}],
    good={"src/http/b.cpp": "void a() {\n  const auto f = [&] { use(x); };\n  if (y) {\n    return f();\n  }\n}\n"
                            "void f();\nauto g = f;\n",
          "src/http/a.cpp": "std::ranges::sort(v, [&](int a, int b) { return k[a] < k[b]; });\n"
                            "int n = [&] { return x; }();\nauto f = [&x] { x++; };\n"
                            "std::visit([&](auto& v) { use(v); }, w);\n",
          "tests/unit/a_test.cpp": "loop.runUntil([&] { return done; });\n"})
def lambdas_name_what_they_capture(tree):
    """[=] never; [&] in src/ only where the lambda cannot outlive its block. A test's own frame outlives what it
    waits for, so [&] is free there."""
    rule = "lambdas_name_what_they_capture"
    for path, line, _, _ in _matches(tree, tree.named(*CPP), r"\[\s*=\s*[,\]]", rule):
        yield f"{path}:{line}: '[=]' hides what is kept: name the captures"
    for path, line, found, code in _matches(tree, _features(tree), r"\[\s*&\s*[,\]]", rule):
        if not _runs_at_once(code, found.start()):
            yield f"{path}:{line}: '[&]' in a lambda that may outlive its block: name the captures"


SLEEPS = r"\b(?:sleep|usleep|nanosleep|g_usleep|sleep_for|sleep_until)\s*\("
SCRIPT_SLEEPS = (r"\bfrom\s+['\"](?:node:)?timers/promises['\"]|\bwaitForTimeout\s*\(|\bsleep\s*\("
                 r"|\bsetTimeout\s*\(\s*(?:resolve|res|r|done|ok|fulfil|fulfill|accept)\b")


@check(
    bad=[{"src/http/a.cpp": "std::this_thread::sleep_for(1s);\n"}, {"tests/unit/a_test.cpp": "usleep(5);\n"},
         {"tests/browser/a.test.mjs": "await new Promise((resolve) => setTimeout(resolve, 500));\n"},
         {"tests/browser/a.test.mjs": "import { setTimeout as wait } from 'node:timers/promises';\n"},
         {"tests/browser/a.test.mjs": "await page.waitForTimeout(500);\n"},
         {"tests/support/a.py": "time.sleep(1)\n"},
         {"tests/browser/a.test.mjs": "// lint: allow nothing_sleeps:\nawait page.waitForTimeout(500);\n"}],
    good={"tests/browser/a.test.mjs": "const late = setTimeout(() => reject(new Error('late')), 500);\n"
                                      "// lint: allow nothing_sleeps: two pictures, two seconds apart\n"
                                      "await page.waitForTimeout(2000);\n",
          "src/http/a.cpp": "// sleep(1)\nqueue.wait();\n"})
def nothing_sleeps(tree):
    for path, line, found, _ in _matches(tree, tree.named(*CPP), SLEEPS, "nothing_sleeps"):
        yield f"{path}:{line}: '{found.group()}': wait for the event"
    for path in tree.named(".mjs", ".ts", ".py"):
        # In tests; the page itself may wait before it tries again. The lint's own files hold the samples.
        if not path.startswith(("tests/", "web-viewer/test/")) or path.startswith("tests/lint/"):
            continue
        for number, text in tree.lines(path):
            found = re.search(SCRIPT_SLEEPS, re.sub(r"(?:^|\s)(?://|#).*", "", text))
            if found and not is_allowed(tree, path, number, "nothing_sleeps"):
                yield f"{path}:{number}: '{found.group()}': wait for the event"


@check(
    bad=[{"src/http/a.cpp": "int n = std::stoi(text);\n"}, {"src/http/a.cpp": "use(map.at(key));\n"},
         {"src/http/a.cpp": "throw std::runtime_error(text);\n"}],
    good={"src/http/a.cpp": "std::from_chars(a, b, n); look(map, key); // stoi\n"})
def nothing_throws(tree):
    """Parsing is std::from_chars, look-up is find; what a library throws is caught where it is wrapped."""
    pattern = r"\bsto(?:i|l|ll|ul|ull|f|d|ld)\s*\(|(?:\.|->)at\s*\(|\bthrow\b"
    for path, line, found, _ in _matches(tree, tree.named(*CPP, under="src/"), pattern, "nothing_throws"):
        yield f"{path}:{line}: '{found.group()}' throws"


@check(
    bad={"src/http/a.cpp": "// lint: allow nothing_waits: no such rule\nusleep(5);\n"},
    good={"src/http/a.cpp": "// lint: allow nothing_sleeps: the hardware needs it\nusleep(5);\n"})
def exceptions_name_a_rule_that_exists(tree):
    rules = {name for name, value in globals().items() if callable(value)}
    for path in tree.named(*CPP, ".mjs", ".ts", ".py"):
        if path.startswith("tests/lint/"):
            continue
        for number, text in tree.lines(path):
            found = ALLOWANCE.search(text)
            if found and found.group(1) not in rules:
                yield f"{path}:{number}: there is no rule '{found.group(1)}'"
