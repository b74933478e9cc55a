"""规则页: clause, provision, values, where used; found by words, values, what rests on it; terms as in the glossary."""

from __future__ import annotations

import re
from typing import Any

import pytest

from architecture.sources import REPO
from architecture.test_glossary import terms
from hotline.casework import transitions
from hotline.procedure.world import current
from hotline.rules.book import load
from hotline.rules.provisions import Name
from hotline.surfaces.workbench.shaping import provisions, rulebook
from surfaces.city import client_of, put_clock, text_of

URL = "/staff/rulebook/"
RULEBOOKS = REPO / "rulebooks"


@pytest.fixture
def clerk(city: Any) -> Any:
    put_clock()
    return client_of("yongqiao-clerk")


def test_provisions_are_called_as_in_the_glossary() -> None:
    assert {name: term for name, term in provisions.TERMS.items() if name in set(Name)} == terms(9)
    assert provisions.TERMS.keys() == set(Name)


@pytest.mark.parametrize("city_of", ["suzhou-2018", "example-city"])
def test_every_value_is_said_in_words_and_every_element_by_its_name(city_of: str) -> None:
    """Whoever reads what a clause gives reads no word of the files."""
    assert transitions.__name__, "the verbs are there to be named"
    book = load(RULEBOOKS / city_of)
    rows = [row for clause in (*book.clauses, *book.readings) for group in rulebook.groups(book, clause)
            for row in group.rows]  # fmt: skip
    assert len(rows) > 300
    assert [row for row in rows if re.search("[a-z]{2,}", f"{row[0]}{row[1]}")] == []
    said = {row[2]: row[1] for row in rows}
    assert said.get("elements.citations.rule", "写了文号和出处") == "写了文号和出处"
    letter = {row[0] for row in rows if row[2].startswith("elements.reply.")}
    assert letter == {"要素 反馈件正文 怎样才算有", "要素 反馈件正文 没有的"} or city_of != "suzhou-2018"


@pytest.mark.clause("五（六）")
def test_a_clause_says_its_values_and_what_rests_on_it(clerk: Any) -> None:
    page = text_of(clerk.get("/staff/clause/五（六）/").content)
    assert "return_of_orders" in page
    assert "动作：申请退回（由承办人" in page
    reading = text_of(clerk.get("/staff/clause/R-04/").content)
    assert "用在哪里" in reading
    sixth = text_of(clerk.get("/staff/clause/四（一）段1/").content)
    assert "要素：时间" in sixth


@pytest.mark.parametrize("folder", ["suzhou-2018", "example-city"])
def test_every_value_is_called_in_chinese(folder: str) -> None:
    """No key of the files stands on a page; who keeps the files finds it by pointing at the term."""
    book = load(RULEBOOKS / folder)
    groups = [group for one in (*book.clauses, *book.readings) for group in rulebook.groups(book, one)]
    called = {term: key for group in groups for term, _, key in group.rows if key}
    assert len(called) > 60
    assert {term: key for term, key in called.items() if re.search("[a-z]", term)} == {}
    limit = next(group for group in rulebook.groups(book, book.kind("consultation").clause) if group.name == "limit")
    assert limit.rows[0][0] in {"工作日", "自然日", "分钟"}
    signers = [said for group in groups for _, said, key in group.rows if key == "signers"]
    assert signers
    assert all("负责人" in said for said in signers)


def test_every_verb_list_and_kind_is_found_under_its_clause(city: Any) -> None:
    from hotline.casework.lists import DESKS
    from hotline.procedure.card import REGISTRY
    book = current().book
    said = rulebook.uses(book)
    for card in REGISTRY.values():
        if card.__module__.startswith("hotline."):
            assert any(f"动作：{card.term}（" in one for one in said[card.provision(book).clause]), card
    assert said.keys() <= {*book.clauses, *book.readings}
    lists = {one.title for desks in DESKS.values() for one in desks}
    assert lists == {one.removeprefix("清单：") for them in said.values() for one in them if one.startswith("清单：")}


def test_it_is_searched_and_each_clause_has_an_anchor(clerk: Any, statements: Any) -> None:
    whole = clerk.get(URL).content.decode()
    assert 'id="五（二）1"' in whole
    with statements:
        found = clerk.get(URL, {"q": "退回"}).content.decode()
    assert statements.count <= 3
    assert 'id="五（六）"' in found
    assert 'id="一段2"' not in found
    test = next(one.tests[0] for one in current().book.duties if one.clause == "五（二）1" and one.tests)
    by_test = clerk.get(URL, {"q": test[-40:]}).content.decode()
    assert 'id="五（二）1"' in by_test
    assert "没有一条" in text_of(clerk.get(URL, {"q": "查无此词"}).content)
