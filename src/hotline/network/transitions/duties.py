"""值班 (duty): who answers a unit's telephone, and when. No name or telephone stands in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import Duty, Unit
from hotline.network.roles import Role
from hotline.network.transitions.spans import FROM, UNTIL, instant, span_problems
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem


class RosterDuty(Card):
    """排班: somebody is on duty in a unit from one instant until another, under a telephone number."""

    chain = "unit"
    term = "排班"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Unit, ("open",))
    form = (Field("name", "值班人", max_length=40), Field("phone", "电话", "phone"), FROM, UNTIL)
    deadline = UNCHANGED
    ledger = Line("duty_rostered", ("duty_id", "from_at", "until_at"))
    disturbs = False

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """A span that is not over; the same person not twice for the very same turn."""
        if problems := span_problems(case):
            return problems
        begin, end = instant(case, "from_at"), instant(case, "until_at")
        same = (case.form["name"], begin, end)
        twice = any(d.status == "open" and (d.name, d.from_at, d.until_at) == same for d in case.dossier.all(Duty))
        return [Problem("name", "这个人这一班已经排上了。")] if twice else []

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The row; several may be on duty at once."""
        row = Duty(case.tools.ids.next(), case.subject.id, "open", case.form["name"], case.form["phone"],
                   instant(case, "from_at"), instant(case, "until_at"))  # fmt: skip
        case.insert(row)
        return {"duty_id": row.id, "from_at": row.from_at, "until_at": row.until_at}


class CancelDuty(Card):
    """撤班: a turn of duty falls away."""

    chain = "unit"
    term = "撤班"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Duty, ("open",), "ended")
    form = ()
    deadline = UNCHANGED
    ledger = Line("duty_cancelled", ("duty_id",))
    disturbs = False

    @classmethod
    def change(cls, case: Case[UnitDossier, Duty]) -> Mapping[str, Any]:
        """When it fell away."""
        case.update(case.subject, ended_at=case.now)
        return {"duty_id": case.subject.id}
