"""来源 (sources): what the province, a leader's mailbox or an emergency service passes to the hotline bears a number and
perhaps a day of its own; the source is told in the end (二段2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Matter, Source
from hotline.casework.statuses import DONE
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import outside
from hotline.rules.verdicts import Verdict

OPEN = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND)


def source_choices(case: MatterCase) -> list[tuple[str, str]]:
    """Where matters come from besides the citizen's own call or letter."""
    return list(case.book.provision("sources").values["sorts"].items())


class RecordSource(MatterCard):
    """记来源: from whom it came, under which number of theirs, and by which day they want to hear. The statutory date
    stays; the earlier of the two binds the office. Written down wrongly, it is written down again."""

    term = "记来源"
    rests_on = "sources"
    by = (Role.OPERATOR, Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, OPEN)
    form = (
        Field("source", "从哪里来", "choice", choices=source_choices),
        Field("number", "来源的编号", max_length=60),
        Field("due_on", "来源要求的日子", "date", required=False, hint="来源没有写日子的空着"),
    )
    deadline = UNCHANGED
    ledger = Line("source_recorded", ("source_id", "sort", "number_id", "due_on"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """What was told the source stands."""
        told = any(one.fed_back_at is not None for one in case.dossier.all(Source))
        return cls.no(case, "已经向来源反馈过，不能再改。") if told else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A day within the years known."""
        due_on, today = case.form["due_on"], case.book.calendar.day_of(case.subject.registered_at)
        if not due_on or due_on >= today:
            return ()
        return [Problem("due_on", "来源要求的日子不能早于登记那一天。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """One source to a matter; a correction replaces it, and the line of the first stays."""
        sort, due_on = case.form["source"], case.form["due_on"] or None
        number = write_text(case, "source_number", case.form["number"])
        row = next(iter(case.dossier.all(Source)), None)
        if row is None:
            row = Source(case.tools.ids.next(), case.subject.id, sort, case.now, number, due_on)
            case.insert(row)
        else:
            case.update(row, sort=sort, recorded_at=case.now, number_id=number, due_on=due_on)
        until = outside.source_due(case.book, due_on).at if due_on else None
        owed = case.now if outside.fed_back(case.book, sort) else None
        case.update(case.subject, source=sort, source_due_at=until, feedback_owed_at=owed)
        said = due_on.isoformat() if due_on else None
        return {"source_id": row.id, "sort": sort, "number_id": number, "due_on": said}


class FeedBack(MatterCard):
    """反馈来源: the source is told what came of the matter; until then the file stays open."""

    term = "反馈来源"
    rests_on = "sources"
    by = (Role.DISPATCHER, Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, DONE)
    form = (Field("feedback", "反馈的内容", "textarea", max_length=8000, hint="照这样报给来源；不写诉求人的姓名电话"),)
    deadline = UNCHANGED
    ledger = Line("fed_back", ("source_id", "feedback_id", "in_time"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """The source waits for it."""
        return None if case.subject.feedback_owed_at is not None else cls.no(case, "没有要反馈的来源。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """In time by the source's own day."""
        (row,), until = case.dossier.all(Source), case.subject.source_due_at
        feedback = write_text(case, "feedback", case.form["feedback"])
        case.update(row, fed_back_at=case.now, feedback_id=feedback)
        case.update(case.subject, feedback_owed_at=None)
        return {"source_id": row.id, "feedback_id": feedback, "in_time": until is None or case.now < until}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """By the channel to those above."""
        (row,) = case.dossier.all(Source)
        case.tell("fed_back", "province", row.id, matter_id=case.subject.id)
