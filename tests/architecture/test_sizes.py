"""Sizes (design §9). There is no list of exceptions; who needs one splits the thing instead."""

import ast
from pathlib import Path

from architecture import sources

LONGEST_FUNCTION, USUAL_FUNCTION = 50, 25
LONGEST_VIEW = 15
LONGEST_FILE, LONGEST_RULES_FILE = 300, 200
LONGEST_TEMPLATE = 120
LONGEST_LINE = 120


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code() -> list[Path]:
    return [*sources.modules(), sources.REPO / "hotline", *sorted((sources.REPO / "bench").rglob("*.py"))]


def test_functions() -> None:
    pairs = ((path, node) for path in code() for node in sources.functions(path))
    sizes = [(sources.length(node), f"{sources.name(path)}:{node.name}") for path, node in pairs]
    assert [(size, where) for size, where in sizes if size > LONGEST_FUNCTION] == []
    ordered = sorted(size for size, _ in sizes)
    assert ordered[len(ordered) * 95 // 100] <= USUAL_FUNCTION


def views() -> set[tuple[str, str]]:
    """Every function that an address leads to: its module's name, and its own."""
    found = set()
    for path in sources.modules("surfaces"):
        calls = (node for node in ast.walk(sources.parsed(path)) if isinstance(node, ast.Call))
        led_to = (call.args[1] for call in calls if getattr(call.func, "id", "") == "path" and len(call.args) > 1)
        found |= {(ast.unparse(one.value), one.attr) for one in led_to if isinstance(one, ast.Attribute)}
    return found


def test_views() -> None:
    led_to = {name for _, name in views()}
    assert len(led_to) > 80
    functions = {f"{sources.name(path)}:{node.name}": sources.length(node) for path in sources.modules("surfaces")
                 for node in sources.functions(path) if node.name in led_to and node.args.args
                 and node.args.args[0].arg == "request"}  # fmt: skip
    assert len(functions) >= len(led_to) - 12  # some are classes, or made by a function
    assert {name: lines for name, lines in functions.items() if lines > LONGEST_VIEW} == {}


def test_files() -> None:
    limits = {path: LONGEST_RULES_FILE if "rules" in path.parts else LONGEST_FILE for path in code()}
    assert [(sources.name(path), lines(path)) for path, limit in limits.items() if lines(path) > limit] == []


def test_templates() -> None:
    assert [sources.name(path) for path in sources.templates() if lines(path) > LONGEST_TEMPLATE] == []


def test_lines() -> None:
    """In characters, not in columns: a Chinese one counts once."""
    written = [*code(), *sorted((sources.REPO / "tests").rglob("*.py"))]
    numbered = ((path, number, line) for path in written for number, line in enumerate(path.open(encoding="utf-8"), 1))
    long = [f"{sources.name(path)}:{number}" for path, number, line in numbered if len(line.rstrip()) > LONGEST_LINE]
    assert long == []
