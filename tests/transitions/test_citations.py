"""What the tests of verbs cite exists, and a duty that cites one of them is cited back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hotline.rules.parts import Duty
from support import line

HERE = Path(__file__).parent
REGULATION = line.rulebook("suzhou-2018")


def cited_in(file: Path) -> dict[str, set[str]]:
    """The ids each test function of a file cites, by the marker on it or on the whole file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole = {value for node in tree.body if isinstance(node, ast.Assign) for value in _ids(node)}
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
    return {f.name: whole | {value for mark in f.decorator_list for value in _ids(mark)} for f in functions}


def _ids(node: ast.AST) -> set[str]:
    """The arguments of `pytest.mark.clause(...)` below this node."""
    calls = (call for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute))
    return {arg.value for call in calls if call.func.attr == "clause"  # type: ignore[attr-defined]
            for arg in call.args if isinstance(arg, ast.Constant)}  # fmt: skip


CITED = {f"tests/transitions/{file.name}::{name}": ids
         for file in sorted(HERE.glob("test_*.py")) for name, ids in cited_in(file).items()}  # fmt: skip


def test_every_cited_id_is_a_clause_a_duty_or_a_reading() -> None:
    known = {*REGULATION.clauses, *REGULATION.readings, *(duty.id for duty in REGULATION.duties)}
    assert {test: ids - known for test, ids in CITED.items() if ids - known} == {}


@pytest.mark.parametrize("duty", [pytest.param(duty, id=duty.id) for duty in REGULATION.duties
                                  if any(test in CITED for test in duty.tests)])  # fmt: skip
def test_a_duty_and_its_tests_cite_each_other(duty: Duty) -> None:
    for test in duty.tests:
        if test in CITED:
            assert CITED[test] & {duty.id, duty.clause}, test


def test_no_duty_waits_for_casework_any_more() -> None:
    """Of the parts of the work, those that are done: line, doors, breadth, desks."""
    assert {duty.id: duty.because for duty in REGULATION.duties
            if duty.state == "pending" and not str(duty.because).startswith("room ")} == {}  # fmt: skip
