"""The table of duties: nothing of the regulation is left out, and every value is held by the test it cites."""

import ast
import functools
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clauses import changing
from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules.book import Duty, Rulebook
from hotline.rules.duties import clause_state

TESTS = Path(__file__).resolve().parents[1]
REGULATION = "suzhou-2018"
MAY_NARRATE = {"一段1", "二段1", "三（一）", "三（二）"}
NEVER_NARRATIVE = [
    *(f"三（二）{n}" for n in range(1, 8)),
    "四（一）段1",
    *(f"四（二）{n}" for n in range(1, 5)),
    "四（三）段1",
    *(f"五（二）{n}" for n in range(1, 6)),
    *("五（二）段1", "五（二）段2", "五（三）", "五（四）", "五（五）", "五（六）"),
    *("六（一）", "六（二）", "六（三）1", "六（三）2", "六（三）段1", "六（四）"),
]


def rulebook(city: str) -> Rulebook:
    """One city's rulebook."""
    return books.load(RULEBOOKS / city)


@functools.lru_cache
def functions_in(file: str) -> frozenset[str]:
    """The names of the test functions a file defines, methods as `Class::name`."""
    tree = ast.parse((TESTS.parent / file).read_text(encoding="utf-8"))
    return frozenset(_defined(tree.body, ""))


def _defined(body: list[ast.stmt], prefix: str) -> list[str]:
    names = []
    for node in body:
        if isinstance(node, ast.ClassDef):
            names += _defined(node.body, f"{prefix}{node.name}::")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names.append(prefix + node.name)
    return names


def cited(test: str) -> tuple[str, str]:
    """File and function of a cited test."""
    file, _, name = test.partition("::")
    return file, name


def test_every_clause_has_a_duty(book: Rulebook) -> None:
    assert {duty.clause for duty in book.duties} == set(book.clauses)


def test_every_duty_has_an_id_of_its_own(book: Rulebook) -> None:
    ids = [duty.id for duty in book.duties]
    assert len(ids) == len(set(ids))


def test_every_cited_test_exists(book: Rulebook) -> None:
    missing = [
        f"{duty.id}: {test}"
        for duty in book.duties
        for test in duty.tests
        if not (TESTS.parent / cited(test)[0]).is_file() or cited(test)[1] not in functions_in(cited(test)[0])
    ]
    assert missing == []


def test_narrative_are_only_headings_and_general_words() -> None:
    book = rulebook(REGULATION)
    narrative = [duty for duty in book.duties if duty.state == "narrative"]
    assert all(duty.because for duty in narrative)
    assert {duty.clause for duty in narrative if not duty.heading} <= MAY_NARRATE
    assert all(duty.id == duty.clause for duty in narrative if duty.heading)


@pytest.mark.parametrize("clause", NEVER_NARRATIVE)
def test_what_must_not_be_narrative_is_not(clause: str) -> None:
    duties = [duty for duty in rulebook(REGULATION).duties if duty.clause == clause]
    assert duties, "没有这一条"
    assert all(duty.state != "narrative" for duty in duties)
    assert clause_state(duties) in ("executed", "pending")


def test_pending_names_what_it_waits_for(book: Rulebook) -> None:
    pending = {duty.because for duty in book.duties if duty.state == "pending"}
    assert all(because == "line" or because.split()[0] in ("issue", "room") for because in pending)


def test_every_value_is_named_by_a_duty(book: Rulebook) -> None:
    named = {
        (p.clause, p.name, path)
        for duty in book.duties
        for value in duty.values
        for p, keys in changing.provisions_at(book, value)
        for path in changing.leaves_under(p, keys)
    }
    every = {
        (p.clause, p.name, path)
        for filled in book.filled.values()
        for p in filled
        for path in changing.leaves(dict(p.values))
        if not isinstance(changing.at(p.values, path), (dict, list))
    }
    assert every - named == set()


def test_every_value_path_names_something(book: Rulebook) -> None:
    paths = [value for duty in book.duties for value in duty.values]
    empty = [
        path
        for path in paths
        if not any(changing.leaves_under(p, keys) for p, keys in changing.provisions_at(book, path))
    ]
    assert empty == []


def checks_of(duty: Duty) -> list[Callable[[Rulebook], Any]]:
    """The cited tests that look at a rulebook, as functions to call."""
    found = []
    for file, name in map(cited, duty.tests):
        if file.startswith("tests/clauses/"):
            module = sys.modules.get(f"clauses.{Path(file).stem}") or importlib.import_module(
                f"clauses.{Path(file).stem}"
            )
            found.append(getattr(module, name))
    return found


def breaks(check: Callable[[Rulebook], Any], book: Rulebook) -> bool:
    """Whether the check fails on this rulebook."""
    try:
        check(book)
    except Exception:
        return True
    return False


HELD = [
    pytest.param(city, duty, id=f"{city}-{duty.id}")
    for city in CITIES
    for duty in rulebook(city).duties
    if duty.tests and duty.values
]


@pytest.mark.parametrize("city, duty", HELD)
def test_changing_a_value_breaks_the_cited_test(city: str, duty: Duty) -> None:
    book, checks = rulebook(city), checks_of(duty)
    survived = []
    for value in duty.values:
        for provision, keys in changing.provisions_at(book, value):
            for path in changing.leaves_under(provision, keys):
                copy = changing.changed(book, provision, path)
                if copy is not None and not any(breaks(check, copy) for check in checks):
                    survived.append(f"{provision.clause}/{provision.name}/{path}")
    assert survived == []


HAVE_TWO_RULES = {"contact_means", "satisfaction"}


def test_no_value_but_a_letter_fields_only_rule_allows_no_changed_copy(book: Rulebook) -> None:
    """What could not be changed would pass the test above unseen: it is named, and it is only what the shape of a
    field leaves no choice in (a yes is affirmed, a number of a document is cited)."""
    every = [(p, path) for filled in book.filled.values() for p in filled for path in changing.immovable(book, p)]
    assert {(p.name, path[0], path[2]) for p, path in every} == {("letter_elements", "elements", "rule")}
    assert not {path[1] for _, path in every} & HAVE_TWO_RULES


def test_the_cited_tests_pass_on_an_unchanged_copy() -> None:
    for city in CITIES:
        copy = books.build(changing.raw(city))
        assert not [duty.id for duty in copy.duties if any(breaks(check, copy) for check in checks_of(duty))]


def test_an_executed_duty_names_its_values_or_has_none(book: Rulebook) -> None:
    without = {duty.id for duty in book.duties if duty.state == "executed" and not duty.values}
    by_acts_alone = {"四（一）段1b", "四（一）段1c", "四（二）3b", "五（六）e", "四（三）段1d", "四（六）段1a", "五（一）b",
                     "二段3b", "二段3c", "二段4c", "四（二）2c", "四（二）4b", "四（二）4c", "六（三）段1b"}  # 由办件的动作执行，不带数值
    in_writing = {"五（二）段1a", "五（二）段1d"}  # 书面、具体原因、解释说明：由表单和时钟执行
    run = {"二段2e"}  # 运行维护：体检、备份、健康状态，由命令执行
    by_the_clock = {"四（三）段1f", "五（一）d", "五（二）2c", "五（六）d"}  # 由时钟执行，数值在另一半职责里
    assert without <= {"四（三）段1e", *by_acts_alone, *in_writing, *run, *by_the_clock}, "按时与否（R-01）不带数值"
