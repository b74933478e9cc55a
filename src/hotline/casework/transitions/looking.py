"""查看 (looking): a reveal of masked personal data leaves a line in the looker's own chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from hotline.network.roles import DATA_OFFICERS, OFFICE, UNIT, Role
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of

PURPOSES = (("handling", "办理这些事项"), ("checking", "督办检查"), ("figures", "统计分析"), ("leaders", "向领导报告"),
            ("meeting", "会商、现场办理"))  # fmt: skip


@dossier_of("lookup")
class LookUpDossier(Dossier):
    """查看卷宗: one chain per person who looks; it never enters a matter's chain."""

    RECORDS = ()
    ROOT = Record
    LINES: ClassVar[bool] = False

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Everybody writes only into their own."""
        return actor.person_id == self.chain.id


class LookUp(Card, abstract=True):
    """查看的卡: written into the looker's own chain, which the first look opens."""

    chain = "lookup"
    rests_on = "masking"
    not_by = ()
    reach = Reach.OWN
    moves = moves(Record, ("",))
    deadline = UNCHANGED
    opens = True
    disturbs = False


class FindByPhone(LookUp, abstract=True):
    """按电话找: how many were found, and never by which number, nor whose they are."""

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """How many there were; whom, a later act says."""
        return {"found": case.form["found"]}


class Reveal(LookUp):
    """显示个人信息: who looked at whose name and phone, for which matter and why."""

    term = "显示"
    by = (*OFFICE, *UNIT)
    form = (Field("matter_id", "事项", max_length=20),)
    ledger = Line("revealed", ("matter_id",))
    needs = ("secret", "looked")

    @classmethod
    def accepts(cls, case: Case[Any, Any]) -> Sequence[Problem]:
        """A matter's number in the database, nothing else. Who asked to be kept secret is hidden from the unit; the
        office makes the contact."""
        typed = case.form["matter_id"]
        if not (typed.isascii() and typed.isdigit()):
            return [Problem("matter_id", "没有这个事项。")]
        if case.actor.role in UNIT and case.tools.extra["secret"]:
            return [Problem("", "诉求人要求保密，请通过热线办联系。", cls.provision(case.book).clause)]
        return ()

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """The matter is named by number only."""
        return {"matter_id": int(case.form["matter_id"])}

    @classmethod
    def notices(cls, case: Case[Any, Any]) -> None:
        """Who looks at very many people within an hour is looked at."""
        _, unit_id = case.tools.extra["looked"]
        if unit_id is not None and case.actor.person_id is not None:
            case.tell("many_revealed", "unit", unit_id, person_id=case.actor.person_id)


class SeekPerson(FindByPhone):
    """查找诉求人: by telephone, for somebody who asks for their own data; stands in the looker's own chain."""

    term = "查找诉求人"
    by = DATA_OFFICERS
    form = (Field("found", "找到几人", "number"),)
    ledger = Line("person_sought", ("found",))


class LookUpCaller(FindByPhone):
    """查来电: who took a call looked for what came from this telephone before; stands in the looker's own chain."""

    term = "查来电"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    form = (Field("found", "找到几件", "number"),)
    ledger = Line("caller_looked_up", ("found",))


class SeekCaller(FindByPhone):
    """按电话查事项: which matters a telephone number brought, for whoever takes its call; stands in the looker's own
    chain."""

    term = "按电话查事项"
    by = OFFICE
    form = (Field("found", "找到几人", "number"),)
    ledger = Line("caller_sought", ("found",))


class ExportMatters(LookUp):
    """导出事项: what somebody's search had found, taken away as a sheet; how many, and what for."""

    term = "导出事项"
    by = (*OFFICE, *UNIT, Role.LEADER)
    form = (Field("purpose", "用途", "choice", choices=PURPOSES), Field("matters", "几件事项", "number"))
    ledger = Line("matters_exported", ("purpose", "matters"))

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """What for and how many; not by which words."""
        return {"purpose": case.form["purpose"], "matters": case.form["matters"]}


class ExportFigures(LookUp):
    """导出统计: how one's own unit and those below it stand, taken away as a sheet; of how many units, and what for."""

    term = "导出统计"
    by = UNIT
    form = (Field("purpose", "用途", "choice", choices=PURPOSES), Field("units", "几个单位", "number"))
    ledger = Line("figures_exported", ("purpose", "units"))

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """What for, and of how many."""
        return {"purpose": case.form["purpose"], "units": case.form["units"]}


class ExportPerson(LookUp):
    """导出个人信息: all there is of one person, handed to them; who took it out and when."""

    term = "导出个人信息"
    by = DATA_OFFICERS
    form = (Field("citizen", "诉求人", "number"), Field("matters", "几件事项", "number"))
    ledger = Line("person_exported", ("citizen_id", "matters"))

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """By number only."""
        return {"citizen_id": case.form["citizen"], "matters": case.form["matters"]}
