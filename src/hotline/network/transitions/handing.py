"""交接班 (handing over): what the shift leader who leaves tells the next, and that the next has read it. No word of it
stands in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import ShiftNote, Unit
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules.verdicts import Verdict

COVER = "＊"

class WriteShiftNote(Card):
    """写交接班记录: at the end of a shift; one that waits to be read may be followed by another."""

    chain = "unit"
    term = "写交接班记录"
    rests_on = "responsibility"
    by = (Role.SHIFT_LEADER,)
    not_by = ()
    reach = Reach.OVER
    moves = moves(Unit, ("open",))
    form = (Field("body", "交给下一班", "textarea", max_length=2000, hint="没有办完的、要盯着的、设备和人员；不写诉求人的姓名电话"),)
    deadline = UNCHANGED
    ledger = Line("shift_note_written", ("note_id", "length"))
    disturbs = False

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """Of one's own unit."""
        return [] if case.actor.unit_id == case.subject.id else [Problem("", "只写本单位的交接班记录。")]

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The row; its words are not the ledger's."""
        row = ShiftNote(case.tools.ids.next(), case.subject.id, "open", case.now, case.actor.person_id or 0,
                        case.form["body"])  # fmt: skip
        case.insert(row)
        return {"note_id": row.id, "length": len(row.body)}


class ConfirmShiftNote(Card):
    """接班确认: the next shift leader has read it; never whoever wrote it."""

    chain = "unit"
    term = "接班确认"
    rests_on = "responsibility"
    by = (Role.SHIFT_LEADER,)
    not_by = ()
    reach = Reach.OVER
    moves = moves(ShiftNote, ("open",), "ended")
    form = ()
    deadline = UNCHANGED
    ledger = Line("shift_note_confirmed", ("note_id",))
    disturbs = False

    @classmethod
    def guard(cls, case: Case[UnitDossier, ShiftNote]) -> Verdict | None:
        """By another, of the same unit."""
        own, theirs = case.subject.person_id in case.actor.persons(), case.actor.unit_id != case.subject.unit_id
        if not own and not theirs:
            return None
        rule = cls.provision(case.book)
        because = "交接班记录由下一班确认，写的人自己不能确认。" if own else "这是别的单位的交接班记录。"
        return Verdict(False, rule.clause, because, rule.readings)

    @classmethod
    def change(cls, case: Case[UnitDossier, ShiftNote]) -> Mapping[str, Any]:
        """Who read it, and when."""
        case.update(case.subject, ended_at=case.now, reader_id=case.actor.person_id)
        return {"note_id": case.subject.id}


class BlankShiftNote(Card):
    """隐去交接班记录里的人: somebody was forgotten, and is named in it. Letters may be covered, nothing else changed."""

    chain = "unit"
    term = "隐去交接班记录里的人"
    rests_on = "responsibility"
    by = ("system",)
    not_by = ()
    reach = Reach.ALL
    moves = moves(ShiftNote, ("open", "ended"))
    form = (Field("body", "隐去以后的记录", "textarea", max_length=2000),)
    deadline = UNCHANGED
    ledger = Line("shift_note_blanked", ("note_id",))
    disturbs = False

    @classmethod
    def accepts(cls, case: Case[UnitDossier, ShiftNote]) -> Sequence[Problem]:
        """Of each letter, it or what covers it."""
        now, before = case.form["body"], case.subject.body
        covered = len(now) == len(before) and all(one in (was, COVER) for one, was in zip(now, before, strict=True))
        return [] if covered else [Problem("body", "只能隐去，不能改写。")]

    @classmethod
    def change(cls, case: Case[UnitDossier, ShiftNote]) -> Mapping[str, Any]:
        """The row as it may be read from now on."""
        case.update(case.subject, body=case.form["body"])
        return {"note_id": case.subject.id}
