"""批示 (instructing): the leader instructs or gives back what was submitted; what came of it is reported to the leader
(四（二）4, 二段2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import submissions
from hotline.casework.records import Matter, Submission
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.submitting import WITH_LEADER, from_leader, named_units, units_of, units_unfit
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict

TO_BE_DONE = (S.SUBMITTED, S.ACCEPTED, S.IN_HAND)


class LeadersCard(MatterCard, abstract=True):
    """What a leader says of a submission that waits for just this post, be it by whoever acts for the leader."""

    rests_on = "way:submit"
    by = (Role.LEADER,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, WITH_LEADER)
    deadline = UNCHANGED

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """It was put before this very post."""
        row = submissions.pending(case.dossier)
        mine = row is not None and row.post_id == case.actor.post_id
        return None if mine else cls.no(case, "没有呈给您、等您批示的呈件。")

    @classmethod
    def row(cls, case: MatterCase) -> Submission:
        """The submission it is about."""
        found = submissions.pending(case.dossier)
        assert found is not None, "it pertains to one that waits"
        return found

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What no unit has is at the desk again."""
        return from_leader(case)


class Instruct(LeadersCard):
    """批示: the leader's words, perhaps the units and the day; the office dispatches as instructed, and reports back."""

    term = "批示"
    key = "I"
    form = (
        Field("instruction", "批示内容", "textarea", max_length=4000, hint="承办单位会看到批示的话，诉求人不会"),
        *named_units("交哪个单位办", "协办单位"),
        Field("wanted_on", "哪一天以前报结果", "date", required=False),
    )
    ledger = Line("instructed", ("submission_id", "instruction_id", "unit_ids", "as_proposed", "wanted_on"))
    needs = ("unit", "assisting")

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Units that may be given it; a day to come."""
        wanted_on, today = case.form["wanted_on"], case.book.calendar.day_of(case.now)
        past = bool(wanted_on) and wanted_on < today
        clause = cls.provision(case.book).clause
        return [*units_unfit(case), *([Problem("wanted_on", "请写今天或以后的日子。", clause)] if past else [])]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The words are kept; a report is owed; where others hold it than those named, the office has to see to it."""
        row, units, matter = cls.row(case), units_of(case), case.subject
        words, wanted_on = write_text(case, "instruction", case.form["instruction"]), case.form["wanted_on"] or None
        case.update(row, outcome=submissions.INSTRUCTED, decided_at=case.now, words_id=words,
                    instructed_units=submissions.written(units), wanted_on=wanted_on)  # fmt: skip
        to_do = matter.status in TO_BE_DONE and not submissions.carried_out(case.dossier, units)
        case.update(matter, instructed_at=case.now, before_leader_at=None, report_owed_at=case.now,
                    carry_out_at=case.now if to_do else None)  # fmt: skip
        as_proposed = not units or submissions.written(units) == row.proposed_units
        return {"submission_id": row.id, "instruction_id": words, "unit_ids": units, "as_proposed": as_proposed,
                "wanted_on": wanted_on.isoformat() if wanted_on else None}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The office is told, and every unit that is at work on it."""
        matter_id = case.subject.id
        case.tell("leader_instructed", "office", matter_id, matter_id=matter_id)
        for order in case.dossier.open_orders():
            case.tell("leader_instructed", "unit", order.unit_id, matter_id=matter_id)


class GiveBack(LeadersCard):
    """退回呈件: the leader does not instruct, and says why; the office decides anew."""

    term = "退回呈件"
    form = (Field("because", "理由", "textarea", max_length=2000, hint="只有热线办会看到"),)
    ledger = Line("given_back", ("submission_id", "because_id"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It waits no longer."""
        row, because = cls.row(case), write_text(case, "submission_because", case.form["because"])
        case.update(row, outcome=submissions.GIVEN_BACK, decided_at=case.now, words_id=because)
        case.update(case.subject, before_leader_at=None)
        return {"submission_id": row.id, "because_id": because}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The office is told."""
        case.tell("given_back", "office", case.subject.id, matter_id=case.subject.id)


class ReportToLeader(MatterCard):
    """报告办理结果: what came of an instruction is told to the leader who gave it (二段2). Until then the file stays open."""

    term = "报告办理结果"
    rests_on = "level_duties:1"
    by = (Role.DISPATCHER, Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REPLIED, S.CLOSED, S.WITHDRAWN, S.ENDED))
    form = (Field("came_of_it", "办理结果", "textarea", max_length=8000, hint="批示的领导会看到"),)
    deadline = UNCHANGED
    ledger = Line("reported_to_leader", ("submission_ids", "report_id", "in_time"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """A leader waits for it."""
        return cls.no(case, "没有要报告的批示。") if case.subject.report_owed_at is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """To every leader who has instructed and not heard yet."""
        rows, report = submissions.unreported(case.dossier), write_text(case, "came_of_it", case.form["came_of_it"])
        today = case.book.calendar.day_of(case.now)
        for row in rows:
            case.update(row, reported_at=case.now, report_id=report)
        case.update(case.subject, report_owed_at=None)
        return {"submission_ids": [row.id for row in rows], "report_id": report,
                "in_time": all(row.wanted_on is None or today <= row.wanted_on for row in rows)}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """They are told."""
        for row in case.dossier.all(Submission):
            if row.reported_at == case.now:
                case.tell("reported", "leader", row.post_id, matter_id=case.subject.id)
