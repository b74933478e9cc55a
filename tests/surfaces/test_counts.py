"""清单的件数: the question is composed once for all who ask alike, and asked with the numbers of who asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.casework import alike, desks
from hotline.casework.lists import DESKS
from hotline.network.records import Unit
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Actor
from support import line


def posts() -> list[tuple[Actor, Unit | None]]:
    """All sorts that have lists: plain, acting for somebody, holding other posts, at a desk of the hotline's."""
    found: list[tuple[Actor, Unit | None]] = []
    for role in DESKS:
        unit = line.UNIT if role in UNIT else line.OFFICE_UNIT
        plain = Actor(role, 11, 21, unit.id)
        found += [(plain, unit), (replace(plain, person_id=12, post_id=22, for_person_id=13), unit),
                  (replace(plain, elsewhere=frozenset({unit.id, 7050})), unit),
                  (replace(plain, elsewhere=frozenset({7051, 7052}), desks=frozenset({7051})), unit),
                  (replace(plain, desks=frozenset({unit.id})), unit), (replace(plain, unit_id=7002), line.OTHER),
                  (replace(plain, unit_id=line.BELOW.id, person_id=19), line.BELOW)]  # fmt: skip
    return found


@pytest.mark.usefixtures("city")
def test_a_question_composed_once_is_the_one_composed_for_whoever_asks() -> None:
    alike._composed.clear()
    for actor, unit in [*posts(), *posts()]:
        asked, anew = alike.asked(desks._compose, actor, unit), desks._compose(actor, unit)
        assert asked[0] == anew[0]
        assert sorted(map(repr, asked[1])) == sorted(map(repr, anew[1]))
    assert len(alike._composed) < len(posts())


@pytest.mark.usefixtures("city")
def test_who_asks_is_never_kept() -> None:
    """What a process keeps of a question has nobody's number in it."""
    alike._composed.clear()
    asker = Actor(Role.CLERK, 987_654_321, 987_654_322, 987_654_323, 987_654_324, frozenset({987_654_325}))
    alike.asked(desks._compose, asker, replace(line.UNIT, id=987_654_323))
    assert "98765432" not in repr(alike._composed)
