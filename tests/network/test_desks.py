"""The tree in the process, and what casework's cards ask of the network."""

from typing import Any

import pytest
from django.db import connection

from hotline.network import desks, look_ups
from hotline.network.look_ups import Receiving
from hotline.network.models import Unit
from hotline.network.transitions.units import AmendUnit, EndUnit
from hotline.procedure.actor import Actor
from hotline.procedure.world import LOOK_UPS
from network.acts import NOW, do, opened


def asked(name: str, **form: Any) -> Any:
    with connection.cursor() as cur:
        return LOOK_UPS[name](cur.cursor, None, None, form)  # type: ignore[arg-type]


def test_the_tree_costs_nothing_between_looks(city: str, statements: Any) -> None:
    desks.forget()
    with statements:
        desks.tree()
    assert statements.count == 2
    with statements:
        assert len(desks.units_below()) == 289
        assert desks.centres()[0].desk == "office"
    assert statements.count == 0


def test_changes_show_after_a_few_seconds(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "X1" not in {unit.code for unit in desks.tree().units.values()}
    unit = opened(admin, "X1")
    assert desks.name(unit.id) == "X1局"  # one not known yet is looked for at once
    do(AmendUnit, unit.id, admin, name="改名局", short="改名", place="", phone="")
    assert desks.name(unit.id) == "X1局"
    monkeypatch.setattr(desks, "FRESH_SECONDS", 0)
    assert desks.name(unit.id) == "改名"
    do(EndUnit, unit.id, admin)
    assert unit.id not in {one.id for one in desks.units_below()}
    assert desks.name(unit.id) == "改名"


def test_level_3_stands_after_its_level_2(city: str) -> None:
    order = [unit.level for unit in desks.units_below()]
    assert order[:2] == [2, 3]
    child = Unit.objects.filter(level=3).first()
    assert child is not None
    assert [unit.level for unit in desks.tree().line(child.id)] == [3, 2, 1, 1]


def test_the_receiving_unit(city: str) -> None:
    manned = Unit.objects.filter(level=3, posts__role="clerk").distinct().get()
    found = asked("unit", unit=str(manned.id))
    assert isinstance(found, Receiving)
    assert found.roles == {"clerk", "deputy", "head"}
    assert (found.unit.code, found.level2_id) == (manned.code, manned.parent_id)
    second = Unit.objects.get(code="341302")
    assert asked("unit", unit=second.id).level2_id == second.id
    assert asked("unit", unit=str(Unit.objects.get(desk="web").id)).level2_id is None
    for nonsense in ("", "0", "-1", "x", "９", str(2**70), None):
        assert asked("unit", unit=nonsense) is None


def test_posts_of_a_person(city: str) -> None:
    with connection.cursor() as cur:
        held = look_ups.person(cur.cursor, None, None, {"login": "shift"})  # type: ignore[arg-type]
    posts = desks.posts_of(held.person.id, NOW)
    assert [(one.unit.short, one.post.role) for one in posts] == [
        ("电话受理中心", "shift_leader"),
        ("督办中心", "dispatcher"),
    ]
