"""值班: turns of duty are set and fall away; no name stands in a line."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.network.models import Duty
from hotline.network.records import Duty as DutyRow
from hotline.network.transitions.duties import CancelDuty, RosterDuty
from hotline.procedure.actor import Actor
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform
from network.acts import NOW, do, opened
from support import ledger

HOUR = timedelta(hours=1)
TURN = {"name": "兰明远", "phone": "0000-0000007", "from_at": NOW.isoformat(), "until_at": (NOW + 8 * HOUR).isoformat()}


def problems(unit: int, admin: Actor, **form: Any) -> list[str]:
    with pytest.raises(FormErrors) as caught:
        do(RosterDuty, unit, admin, **{**TURN, **form})
    return [problem.field for problem in caught.value.problems]


@pytest.mark.clause("五段1")
def test_a_turn_is_set_and_falls_away(admin: Actor) -> None:
    unit = opened(admin, "X1")
    do(RosterDuty, unit.id, admin, **TURN)
    row = Duty.objects.get(unit=unit)
    assert (row.name, row.phone, row.from_at, row.until_at) == ("兰明远", "0000-0000007", NOW, NOW + 8 * HOUR)
    subject = Subject("unit", unit.id, (DutyRow, row.id))
    perform(CancelDuty, subject, {}, actor=admin, now=NOW)
    row.refresh_from_db()
    assert (row.status, row.ended_at) == ("ended", NOW)
    with pytest.raises(Refused):
        perform(CancelDuty, subject, {}, actor=admin, now=NOW)
    text = "".join(line.text for line in ledger.lines("chain_id = %s", unit.id))
    assert "duty_rostered" in text
    assert not any(word in text for word in ("兰明远", "0000-0000007"))


def test_a_turn_has_a_name_a_number_and_a_span_ahead(admin: Actor) -> None:
    unit = opened(admin, "X1")
    do(RosterDuty, unit.id, admin, **TURN)
    assert problems(unit.id, admin) == ["name"]
    assert problems(unit.id, admin, name="", phone="") == ["name", "phone"]
    assert problems(unit.id, admin, phone="无") == ["phone"]
    assert problems(unit.id, admin, until_at=NOW.isoformat()) == ["until_at"]
    old = {"from_at": (NOW - 9 * HOUR).isoformat(), "until_at": (NOW - HOUR).isoformat()}
    assert problems(unit.id, admin, **old) == ["until_at"]
    do(RosterDuty, unit.id, admin, **{**TURN, "name": "梅问雪"})
    assert Duty.objects.filter(unit=unit).count() == 2
