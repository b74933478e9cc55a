"""回避上页 (R-21): the target of a complaint finds it on no list, in no count, under no number and through nobody it acts
for; whom it goes to finds it at once. On the database, through the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from psycopg import RawCursor

from hotline.casework import desks
from hotline.network.models import Person, Post, Unit
from hotline.network.records import Unit as UnitRecord
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw
from surfaces.city import WEDNESDAY
from surfaces.test_extensions_shown import done, page
from surfaces.walk import Walk, unit_id

TARGET, OTHER, CENTRE = "341302", "341321", "14"
UNIT_LOGINS = ("yongqiao-clerk", "yongqiao-deputy", "yongqiao-head")


def status(walk: Walk, login: str, address: str = "") -> int:
    answer: Any = walk.client(login).get(address or walk.url)
    return int(answer.status_code)


def actor_of(login: str, *, acting_for: str = "") -> tuple[Actor, UnitRecord]:
    """Somebody at their post, acting for somebody else perhaps, with the unit of the post."""
    held = Post.objects.filter(person__login=acting_for or login, status="open")
    found = held.order_by("began_at", "id")[0]
    row = Unit.objects.get(id=found.unit_id)
    unit = UnitRecord(**{f.attname: getattr(row, f.attname) for f in Unit._meta.concrete_fields})
    me, them = Person.objects.get(login=login).id, Person.objects.get(login=acting_for or login).id
    return Actor(found.role, me, found.id, found.unit_id, them if acting_for else None), unit


def _found(who: Actor, unit: UnitRecord, number: str) -> bool:
    """Whether the question that a POST takes along finds it."""
    asked = desks.behind(who, unit, number)
    with RawCursor(raw()) as cur:
        return asked is not None and cur.execute(*asked).fetchone() is not None


def finds(walk: Walk, who: Actor, unit: UnitRecord) -> bool:
    """Whether any read path leads there: a list, a count, the record, the number; all must agree."""
    pages = (desks.page(who, unit, spec, None, WEDNESDAY) for spec in desks.desks_of(who))
    listed = any(row.number == walk.number for rows in pages for row in rows)
    counted = any(desks.counts(who, unit, WEDNESDAY).values())
    opened = desks.open_matter(who, unit, walk.number) is not None
    assert listed == counted == opened == _found(who, unit, walk.number)
    return opened


def named(walk: Walk, target: str, login: str = "dispatcher", **more: str) -> None:
    done(walk, "name_target", login, target=target, reason="来电人说的", **more)


def test_the_target_reads_it_nowhere(walk: Walk) -> None:
    walk.until("sign_for")
    for login in UNIT_LOGINS:
        assert finds(walk, *actor_of(login))
    named(walk, "unit", unit=str(unit_id(TARGET)))
    for login in UNIT_LOGINS:
        assert not finds(walk, *actor_of(login))
        assert status(walk, login) == status(walk, login, f"{walk.url}urge/") == 404
        assert status(walk, login, f"/staff/desk/open/?m={walk.number}") == 404
        assert walk.number[4:13] not in page(walk, login, "/staff/desk/open/")
    reveal = walk.client(UNIT_LOGINS[0]).post(f"{walk.url}reveal/")
    assert reveal.status_code == 404
    said = page(walk, "dispatcher")
    assert "反映的是 埇桥区 须交监察中心办理" in said
    assert "反映的就是承办单位，收回工单" in said


def test_it_goes_to_the_centre_that_inspects_and_to_nobody_else(walk: Walk) -> None:
    walk.until("accept")
    named(walk, "unit", unit=str(unit_id(TARGET)))
    form = page(walk, "dispatcher", f"{walk.url}dispatch/")
    assert "只能交这个单位" in form
    assert "砀山县" not in form
    wrong = walk.post("dispatch", walk.form("dispatch", unit=str(unit_id(OTHER))))
    assert wrong.status_code == 422
    assert "须交监察中心办理" in wrong.content.decode()
    walk.unit = CENTRE
    walk.act("dispatch")
    done(walk, "sign_for", "jiancha-clerk")
    assert status(walk, "jiancha-deputy") == 200
    assert status(walk, UNIT_LOGINS[0]) == 404


def test_about_the_hotline_only_its_inspectors_read_it(walk: Walk) -> None:
    walk.until("accept")
    answer = walk.post("name_target", {"target": "hotline", "reason": "三次没人接"}, "operator")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/"), "the operator sees it no longer"
    for login in ("operator", "web", "dispatcher", "follow", "supervisor", "shift"):
        assert not finds(walk, *actor_of(login))
        assert status(walk, login) == 404
    for login in ("inspector", "jiancha"):
        assert finds(walk, *actor_of(login))
        assert status(walk, login) == 200
    walk.unit = CENTRE
    form = {"act_id": str(uuid4()), "kind": "complaint", "unit": str(unit_id(CENTRE))}
    assert walk.client("jiancha").post(walk.address("dispatch"), form).status_code == 303
    assert status(walk, "jiancha-clerk") == 200


@pytest.mark.parametrize(("login", "target", "unit"), [
    ("dispatcher", "staff", ""), ("yongqiao-deputy", "person", TARGET),
])  # fmt: skip
def test_a_person_reads_it_neither_at_their_post_nor_acting_for_another(
    walk: Walk, login: str, target: str, unit: str
) -> None:
    walk.until("sign_for")
    colleague = {"dispatcher": "shift", "yongqiao-deputy": "dangshan-clerk"}[login]
    where = {"unit": str(unit_id(unit))} if unit else {}
    named(walk, target, "supervisor", name=Person.objects.get(login=login).name, **where)
    assert not finds(walk, *actor_of(login))
    stand_in = actor_of(login, acting_for=colleague)
    assert desks.open_matter(*stand_in, walk.number) is None
    assert desks.open_matter(*actor_of(colleague, acting_for=login), walk.number) is None
    assert desks.open_matter(*actor_of("reviewer"), walk.number) is not None
