"""Sizes (design §9). There is no list of exceptions; who needs one splits the thing instead."""

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


def is_view(path: Path) -> bool:
    return "surfaces" in path.parts and ("views" in path.parts or path.stem.startswith("views"))


def test_views() -> None:
    views = [path for path in sources.modules("surfaces") if is_view(path)]
    long = [
        f"{sources.name(path)}:{node.name}"
        for path in views
        for node in sources.functions(path)
        if node.args.args and node.args.args[0].arg == "request" and sources.length(node) > LONGEST_VIEW
    ]
    assert long == []


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
