"""保管期限 (retaining): when a file has been kept for as long as its class says, the clock proposes that what tells who
brought it be destroyed; two people agree, or it is kept longer for a reason (R-36)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.forgetting import FACTS, Forgets, nobody
from hotline.casework.transitions.ticking import ClockCard
from hotline.network.roles import DATA_OFFICERS, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import retention
from hotline.rules.verdicts import Verdict

NOTHING_WAITS = dict.fromkeys(("dispose_asked_at", "dispose_agreed_at", "dispose_at"))


class ProposeDestruction(ClockCard):
    """提请销毁个人信息: the time for which the file keeps them is over; nothing is destroyed before two people agree."""

    term = "提请销毁个人信息"
    rests_on = "retention"
    moves = moves(Matter, (S.ARCHIVED,))
    form = ()
    ledger = Line("destruction_proposed", ("retention", "retain_until"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It waits for the first of them."""
        case.update(case.subject, dispose_asked_at=case.now)
        return {"retention": case.subject.retention, "retain_until": case.subject.retain_until}


class DisposalCard(MatterCard, abstract=True):
    """What people do about what was proposed."""

    rests_on = "retention"
    reach = Reach.CITY
    moves = moves(Matter, (S.ARCHIVED,))
    deadline = UNCHANGED
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """It was proposed, and is not decided."""
        matter = case.subject
        waits = matter.dispose_asked_at is not None and matter.dispose_at is None
        return nobody(case) if waits else cls.no(case, "没有等着决定的销毁。")


class AgreeToDestroy(DisposalCard):
    """同意销毁: the first of two people."""

    term = "同意销毁个人信息"
    by = DATA_OFFICERS
    not_by = ()
    form = ()
    ledger = Line("destruction_agreed", ("retain_until",))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Once."""
        return cls.no(case, "已经有一人同意，等另一人批准。") if case.subject.dispose_agreed_at is not None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It waits for the second."""
        case.update(case.subject, dispose_agreed_at=case.now)
        return {"retain_until": case.subject.retain_until}


class ApproveDestruction(DisposalCard):
    """批准销毁: the second, another person than the first; what is to be destroyed is destroyed by the system then."""

    term = "批准销毁个人信息"
    by = (Role.SHIFT_LEADER,)
    not_by = (AgreeToDestroy,)
    form = ()
    ledger = Line("destruction_approved", ("retain_until",))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """After the first."""
        return cls.no(case, "先由监察员同意。") if case.subject.dispose_agreed_at is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """From here on nobody is asked any more."""
        case.update(case.subject, dispose_at=case.now)
        return {"retain_until": case.subject.retain_until}


class KeepLonger(DisposalCard):
    """继续保管: there is a reason to keep it, e.g. a suit; until a day, on which the clock proposes again."""

    term = "继续保管"
    by = (*DATA_OFFICERS, Role.SHIFT_LEADER)
    not_by = ()
    form = (
        Field("last_day", "保管到哪一天", "date"),
        Field("reason", "理由", "textarea", max_length=1000, hint="如：正在诉讼，写明案号；不写姓名"),
    )
    ledger = Line("kept_longer", ("retain_until", "reason_id"))

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A day ahead."""
        last: date = case.form["last_day"]
        ahead = last >= case.book.calendar.day_of(case.now)
        return () if ahead else [Problem("last_day", "要写今天或者以后的日子。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What was agreed to by one so far is agreed to no longer."""
        end = retention.through(case.book, case.form["last_day"])
        case.update(case.subject, retain_until=end, **NOTHING_WAITS)
        return {"retain_until": end, "reason_id": write_text(case, "keep_reason", case.form["reason"])}


class DestroyExpired(Forgets):
    """到期销毁: two people have agreed: what tells who one caller was is destroyed, as if they had asked for it."""

    term = "到期销毁"
    rests_on = "retention"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ARCHIVED,))
    form = (Field("citizen", "哪一位", required=False, max_length=20),)
    deadline = UNCHANGED
    ledger = Line("personal_data_destroyed", FACTS)
    needs = ("elsewhere",)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Never without both."""
        return cls.no(case, "还没有经两人同意。") if case.subject.dispose_at is None else None
