"""What the architecture tests read: committed files, parsed modules, templates."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "hotline"
ROOMS = (
    "rules",
    "procedure",
    "network",
    "knowledge",
    "casework",
    "insight",
    "oversight",
    "gateways",
    "surfaces",
    "jobs",
    "config",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@functools.cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """Python files of these rooms, or of all; generated migrations are exempt."""
    found = (path for room in rooms or ROOMS for path in (SOURCE / room).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


def name(path: Path) -> str:
    """A path as one reads it in a failure."""
    return str(path.relative_to(REPO))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, methods and inner ones included."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def length(node: Function) -> int:
    """Lines from `def` to the end, docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def documentation(tree: ast.AST) -> set[int]:
    """The ids of strings that stand alone, docstrings of functions and of fields: what they say is for readers."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def strings(path: Path) -> Iterator[ast.Constant]:
    """Every string a program uses, docstrings left out."""
    tree = parsed(path)
    skipped = documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def templates() -> list[Path]:
    """Every page template."""
    return sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)


def committed() -> list[Path]:
    """Every text file under version control; without git, what lies in the source folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True)
    if listed.returncode == 0:
        return [REPO / word for word in listed.stdout.decode().split("\0") if word and (REPO / word).is_file()]
    folders = ("src", "tests", "docs", "rulebooks", "bench")
    return [path for folder in folders for path in (REPO / folder).rglob("*") if path.is_file()]
