"""查看 (looking): a reveal of masked personal data leaves a line in the looker's own chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from hotline.network.roles import OFFICE, UNIT
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of


@dossier_of("lookup")
class LookUpDossier(Dossier):
    """查看卷宗: one chain per person who looks; it never enters a matter's chain."""

    RECORDS = ()
    ROOT = Record
    LINES: ClassVar[bool] = False

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Everybody writes only into their own."""
        return actor.person_id == self.chain.id


class Reveal(Card):
    """显示个人信息: who looked at whose name and phone, for which matter and why."""

    chain = "lookup"
    term = "显示"
    rests_on = "masking"
    by = (*OFFICE, *UNIT)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Record, ("",))
    form = (Field("matter_id", "事项", max_length=20),)
    deadline = UNCHANGED
    ledger = Line("revealed", ("matter_id",))
    opens = True
    disturbs = False

    @classmethod
    def accepts(cls, case: Case[Any, Any]) -> Sequence[Problem]:
        """A matter's number in the database, nothing else."""
        typed = case.form["matter_id"]
        return () if typed.isascii() and typed.isdigit() else [Problem("matter_id", "没有这个事项。")]

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """The matter is named by number only."""
        return {"matter_id": int(case.form["matter_id"])}
