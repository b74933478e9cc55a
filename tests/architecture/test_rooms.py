"""What import-linter cannot see: who writes a status, who asks for the time, what stands in the code as a literal."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture import sources

OUTSIDE_PROCEDURE = tuple(room for room in sources.ROOMS if room != "procedure")
CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "time", "dt"}
THE_CLOCK = sources.SOURCE / "procedure" / "times.py"
# In procedure these speak to the database, the clock or Django; every other module is pure (docs/contracts.md).
IMPURE = {"store", "perform", "models", "verify", "verify_seals", "sealing", "outbox", "times", "roles", "apps"}
IMPURE |= {"destroying", "loading", "reaching", "rewrapping", "rewriting", "sweeping", "together", "migrations"}
IMPURE |= {"__init__", "copying", "telling", "verify_parts", "line_kinds", "rebuilding"}
CLAUSE = re.compile(r"[一二三四五六七]（[一二三四五六七八九]）")
CITY = re.compile("宿州|苏州|埇桥|Asia/")
TABLES = r"(procedure_ledgerline|procedure_seal|casework_\w+)"
RAW_WRITE = re.compile(r"\b(insert\s+into|update|delete\s+from)\s+" + TABLES, re.I)


def where(path: Path, node: ast.AST) -> str:
    return f"{sources.name(path)}:{getattr(node, 'lineno', '?')}"


def targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [leaf for target in node.targets for leaf in ast.walk(target) if isinstance(leaf, ast.Attribute)]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def sets_status(node: ast.AST) -> bool:
    """`x.status = …`, `setattr(x, "status", …)`, `rows.update(status=…)`."""
    if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets(node)):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "setattr" and len(node.args) > 1:
        return isinstance(node.args[1], ast.Constant) and node.args[1].value == "status"
    is_update = isinstance(node.func, ast.Attribute) and node.func.attr in ("update", "aupdate")
    return is_update and any(keyword.arg == "status" for keyword in node.keywords)


def creates_line(node: ast.AST) -> bool:
    """`LedgerLine(…)` or anything called on `LedgerLine.objects` that writes."""
    if not isinstance(node, ast.Call):
        return False
    text = ast.unparse(node.func)
    return text == "LedgerLine" or bool(re.search(r"LedgerLine\.objects.*\.(bulk_)?(create|update|delete)$", text))


def found(check: object, *rooms: str) -> Iterator[str]:
    for path in sources.modules(*rooms):
        for node in ast.walk(sources.parsed(path)):
            if check(node):  # type: ignore[operator]
                yield where(path, node)


def test_only_procedure_writes_a_status() -> None:
    assert list(found(sets_status, *OUTSIDE_PROCEDURE)) == []


def test_only_procedure_creates_a_line() -> None:
    assert list(found(creates_line, *OUTSIDE_PROCEDURE)) == []


def test_no_raw_write_of_domain_rows_outside_procedure() -> None:
    texts = ((path, node) for path in sources.modules(*OUTSIDE_PROCEDURE) for node in sources.strings(path))
    assert [where(path, node) for path, node in texts if RAW_WRITE.search(str(node.value))] == []


@pytest.mark.parametrize(
    "text", ["a.status = 1", "a.b.status: int = 1", "setattr(a, 'status', 1)", "rows.filter(x=1).update(status=2)"]
)
def test_the_check_sees_a_status(text: str) -> None:
    assert any(sets_status(node) for node in ast.walk(ast.parse(text)))


def asks_for_time(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS):
        return False
    return ast.unparse(node.func.value).split(".")[-1] in CLOCK_OWNERS


def test_time_is_a_parameter() -> None:
    hits = [hit for hit in found(asks_for_time, "rules", "procedure", "casework") if sources.name(THE_CLOCK) not in hit]
    assert hits == []


@pytest.mark.parametrize(("pattern", "what"), [(CLAUSE, "条款号"), (CITY, "城市名或时区")], ids=["clause", "city"])
def test_no_literal_of_the_regulation(pattern: re.Pattern[str], what: str) -> None:
    texts = ((path, node) for path in sources.modules() for node in sources.strings(path))
    assert [where(path, node) for path, node in texts if pattern.search(str(node.value))] == [], what


def test_the_linter_watches_every_pure_module_of_procedure() -> None:
    contracts = tomllib.loads((sources.REPO / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    watched = {name for contract in contracts["contracts"] for name in contract.get("source_modules", ())}
    folder = sources.SOURCE / "procedure"
    there = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {f"hotline.procedure.{stem}" for stem in there - IMPURE} - watched == set()


def test_no_signals_between_rooms() -> None:
    used = [sources.name(path) for path in sources.modules() if "django.dispatch" in path.read_text(encoding="utf-8")]
    assert used == []


def test_no_save_with_logic() -> None:
    names = {"save", "delete", "full_clean"}
    models = [path for path in sources.modules() if path.stem == "models" or "models" in path.parts]
    assert [where(path, node) for path in models for node in sources.functions(path) if node.name in names] == []
