"""Post × URL in the second city: other clauses, numbers and units, the very same table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from harness import databases
from surfaces import test_urls as first
from surfaces.city import client_of, put_clock
from surfaces.walk import Walk

LOGINS = {
    **{one: one for one in (*first.OFFICE, *first.OUTSIDE)},
    "clerk": "dongdu-clerk", "deputy": "dongdu-deputy", "head": "dongdu-head",
    "level2": "dukou-clerk", "stranger": "daolu-clerk",
}  # fmt: skip


@pytest.fixture(scope="module")
def second_template(server: Any, template: str) -> str:
    from conftest import BORN
    from hotline.config import birth

    with override_settings(HOTLINE_RULEBOOK="example-city"):
        return databases.template(server, "template_second", template, lambda: birth.birth(birth.SIMULATED, BORN))


@pytest.fixture
def city(server: Any, second_template: str) -> Iterator[str]:
    """A fresh second city; shadows the first for these tests."""
    from hotline.config import wiring

    with databases.fresh(server, second_template) as name, override_settings(HOTLINE_RULEBOOK="example-city"):
        wiring.wire()
        yield name


@pytest.fixture
def held(city: str) -> Walk:
    """A matter in the hands of a level-3 unit, signed for."""
    put_clock()
    walk = Walk()
    walk.unit = "C1-2"
    walk.report()
    item = "第8条第1款"
    assert walk.post("accept", {**walk.form("accept"), "item": item}).status_code == 303
    walk.act("dispatch")
    walk.post("sign_for", {}, "dongdu-clerk")
    return walk


def address(name: str, walk: Walk) -> str:
    return first.address(name, walk).replace("%E4%BA%94%EF%BC%88%E4%BA%8C%EF%BC%891", "第1条")


def browser(who: str) -> Client:
    return Client() if who == "anonymous" else client_of(LOGINS[who])


@pytest.mark.parametrize("who", first.EVERYBODY)
def test_every_address_for(who: str, held: Walk) -> None:
    asking = browser(who)
    seen = {name: asking.get(address(name, held)).status_code for name in first.GET}
    assert seen == {name: row[who] for name, row in first.GET.items()}
    sent = {name: browser(who).post(address(name, held), {}).status_code for name in first.POST}
    assert sent == {name: row[who] for name, row in first.POST.items()}


def test_its_own_numbers_stand_on_its_pages(held: Walk) -> None:
    home = Client().get("/").content.decode()
    assert 'href="tel:31415"' in home
    assert 'href="tel:777"' in home
    assert "12345" not in home
