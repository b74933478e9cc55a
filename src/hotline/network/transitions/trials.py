"""试拨 (trial calls): whether anybody answers a unit's duty telephone (五段1, R-40). No number stands in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import TrialCall, Unit
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Choices, Field
from hotline.rules import rosters

UnitCase = Case[UnitDossier, Unit]


def outcomes(case: UnitCase) -> Choices:
    """What may come of it, in the rulebook's words."""
    return list(rosters.trial(case.book).outcomes.items())


class TryDutyPhone(Card):
    """试拨值班电话: somebody above the unit calls the telephone under which it is on duty, and says what came of it."""

    chain = "unit"
    term = "试拨值班电话"
    rests_on = "trial_calls"
    by = (Role.SUPERVISOR, Role.INSPECTOR, Role.SHIFT_LEADER, *UNIT)
    not_by = ()
    reach = Reach.OVER
    moves = moves(Unit, ("open",))
    form = (Field("outcome", "结果", "choice", choices=outcomes), Field("phone", "拨的号码", "phone"),
            Field("remark", "备注", required=False, max_length=60, hint="例如接电话的人说了什么。"))  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("duty_phone_tried", ("trial_id", "outcome", "good"))
    disturbs = False

    @classmethod
    def change(cls, case: UnitCase) -> Mapping[str, Any]:
        """The row; whether it was good is settled now, whatever the rulebook says later."""
        outcome = case.form["outcome"]
        row = TrialCall(case.tools.ids.next(), case.subject.id, "open", case.now, outcome,
                        outcome in rosters.trial(case.book).good, case.form["phone"], case.actor.post_id,
                        case.form["remark"])  # fmt: skip
        case.insert(row)
        return {"trial_id": row.id, "outcome": outcome, "good": row.good}

    @classmethod
    def notices(cls, case: UnitCase) -> None:
        """Whoever is responsible for the unit hears of it at once."""
        if case.form["outcome"] not in rosters.trial(case.book).good:
            case.tell("duty_phone_unanswered", "unit", case.subject.id)
