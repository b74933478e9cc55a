"""Units open, change and end; posts begin and end; passwords are set. Nothing of it names anybody in the ledger."""

from typing import Any

import pytest
from django.db.utils import DatabaseError

from hotline.network import passwords
from hotline.network.models import Person, Post, Unit
from hotline.network.transitions.posts import AppointPost, ChangePassword, EndPost, SetPassword
from hotline.network.transitions.units import AmendUnit, EndUnit, OpenUnit
from hotline.procedure.actor import Actor
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from network.acts import NOW, PASSWORD, PERSON, appointed, do, opened
from support import ledger


def problems(card: Any, row: int | None, actor: Actor, **form: Any) -> list[str]:
    with pytest.raises(FormErrors) as caught:
        do(card, row, actor, **form)
    return [problem.field for problem in caught.value.problems]


def texts(chain: int) -> list[str]:
    return [line.text for line in ledger.lines("chain_id = %s", chain)]


def test_a_unit_opens_changes_and_ends(admin: Actor) -> None:
    unit = opened(admin, "X1", phone="0557-0009999")
    do(AmendUnit, unit.id, admin, name="改名局", short="改名", place="", phone="0557-0009998")
    heir = opened(admin, "X2")
    do(EndUnit, unit.id, admin, successor="X2")
    unit.refresh_from_db()
    assert (unit.name, unit.status, unit.successor_id, unit.ended_at) == ("改名局", "ended", heir.id, NOW)
    lines = texts(unit.id)
    assert ['"unit_opened"' in lines[0], '["name","phone","short"]' in lines[1], "unit_ended" in lines[2]] == [True] * 3
    assert not any(word in line for line in lines for word in ("新设", "改名", "000999"))


@pytest.mark.clause("二段1")
def test_a_unit_stands_where_its_level_says(admin: Actor) -> None:
    opened(admin, "X1")
    usual = {"name": "某局", "short": "某局", "sort": "department", "parent": "X1", "level": "3"}
    bad: list[tuple[dict[str, str], list[str]]] = [
        ({"code": "X1"}, ["code"]),
        ({"level": "2"}, ["parent"]),
        ({"parent": ""}, ["parent"]),
        ({"parent": "nowhere"}, ["parent"]),
        ({"sort": "county"}, ["sort"]),
        ({"desk": "web"}, ["desk"]),
        ({"level": "4"}, ["level"]),
    ]
    for change, fields in bad:
        assert problems(OpenUnit, None, admin, **{"code": "X9", **usual, **change}) == fields
    with pytest.raises(DatabaseError):
        Unit.objects.create(id=9, code="X9", name="某", short="某", level=3, sort="department", parent=None)


def test_a_unit_with_open_children_or_posts_does_not_end(admin: Actor) -> None:
    unit = opened(admin, "X1")
    child = opened(admin, "X11", parent="X1", level="3")
    assert problems(EndUnit, unit.id, admin) == [""]
    post = appointed(admin, child, "clerk")
    assert problems(EndUnit, child.id, admin) == [""]
    do(EndPost, post.id, admin)
    assert problems(EndUnit, child.id, admin, successor="X1") == ["successor"]
    assert problems(EndUnit, child.id, admin, successor="X11") == ["successor"]
    do(EndUnit, child.id, admin)
    do(EndUnit, unit.id, admin)
    with pytest.raises(Refused):
        do(AmendUnit, unit.id, admin, name="某", short="某", place="", phone="")
    assert problems(AppointPost, None, admin, unit=str(unit.id), role="clerk", **PERSON) == ["unit"]


def test_one_person_in_two_posts(admin: Actor) -> None:
    first, second = opened(admin, "X1"), opened(admin, "X2")
    clerk = appointed(admin, first, "clerk")
    head = appointed(admin, second, "head", name="", phone="", password="")
    assert clerk.person_id == head.person_id
    assert Person.objects.get(id=clerk.person_id).must_change_password
    again = {"unit": str(first.id), "role": "clerk"}
    assert problems(AppointPost, None, admin, **again, login=PERSON["login"]) == ["role"]
    assert problems(AppointPost, None, admin, **again, login=PERSON["login"], name="另一人") == ["login"]
    assert problems(AppointPost, None, admin, **again, login="new") == ["name", "password"]
    assert problems(AppointPost, None, admin, **again, login="new", name="某", password="短") == ["password"]
    assert problems(AppointPost, None, admin, **again, login="n w", name="某", password=PASSWORD) == ["login"]
    assert problems(AppointPost, None, admin, unit=str(first.id), role="operator", login=PERSON["login"]) == ["role"]
    with pytest.raises(DatabaseError):
        Post.objects.create(id=9, person_id=clerk.person_id, unit_id=first.id, role="clerk", began_at=NOW)
    do(EndPost, clerk.id, admin)
    assert appointed(admin, first, "clerk", name="", password="").person_id == clerk.person_id


def test_the_last_administrator_stays(admin: Actor) -> None:
    assert problems(EndPost, admin.post_id, admin) == [""]
    other = appointed(admin, Unit.objects.get(desk="office"), "admin")
    do(EndPost, admin.post_id, admin)
    assert Post.objects.get(role="admin", status="open") == other


def test_passwords(admin: Actor) -> None:
    post = appointed(admin, opened(admin, "X1"), "clerk")
    me = Actor("clerk", post.person_id, post.id, post.unit_id)
    new = "高山流水遇知音啊"
    assert problems(ChangePassword, post.id, me, old="wrong", password=new) == ["old"]
    assert problems(ChangePassword, post.id, me, old=PASSWORD, password=PASSWORD) == ["password"]
    assert problems(ChangePassword, post.id, me, old=PASSWORD, password="短") == ["password"]
    with pytest.raises(Refused):
        do(ChangePassword, post.id, admin, old=PASSWORD, password="高山流水遇知音难觅也")
    do(ChangePassword, post.id, me, old=PASSWORD, password="高山流水遇知音难觅也")
    person = Person.objects.get(id=post.person_id)
    assert passwords.fits("高山流水遇知音难觅也", person.password)
    assert not person.must_change_password
    assert problems(SetPassword, post.id, admin, password="12345678901") == ["password"]
    do(SetPassword, post.id, admin, password="一次性口令一二三四五")
    person.refresh_from_db()
    assert passwords.fits("一次性口令一二三四五", person.password)
    assert person.must_change_password


def test_no_line_names_anybody(admin: Actor) -> None:
    post = appointed(admin, opened(admin, "X1"), "clerk")
    me = Actor("clerk", post.person_id, post.id, post.unit_id)
    do(ChangePassword, post.id, me, old=PASSWORD, password="高山流水遇知音难觅也")
    rows = Person.objects.values_list("login", "name", "phone", "password")
    said_anyway = {"admin", "operator", "dispatcher", "reviewer", "supervisor", "inspector", "leader", "web"}
    rows = Person.objects.values_list("login", "name", "phone", "password")
    said_anyway = {"admin", "operator", "dispatcher", "reviewer", "supervisor", "inspector", "leader", "web"}
    secret = {value for row in rows for value in row if value} - said_anyway
    names = set(Unit.objects.values_list("name", flat=True))
    lines = "\n".join(line.text for line in ledger.lines("chain_kind IN (2, 3)"))
    assert lines.count("post_appointed") > 50
    assert [word for word in secret | names | {PASSWORD, PERSON["phone"]} if f'"{word}"' in lines] == []
    assert PERSON["login"] not in lines
