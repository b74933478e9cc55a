"""紧急信息报送 (reporting emergencies): an emergency or a mass incident is reported to the government's duty room within
minutes; follow-up reports may come after (四（二）4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Matter, UrgentReport
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import OFFICE, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.rules import outside
from hotline.rules.verdicts import Due, Verdict

ALIVE = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND)
UNARCHIVED = tuple(status for status in S if status not in (S.ARCHIVED, S.ANSWERED))


def sort_choices(case: MatterCase) -> list[tuple[str, str]]:
    """What sorts of emergencies are reported."""
    return list(case.book.provision("urgent_report").values["sorts"].items())


def means_choices(case: MatterCase) -> list[tuple[str, str]]:
    """How the duty room is reached."""
    return list(case.book.provision("urgent_report").values["means"].items())


class RecogniseEmergency(MatterCard):
    """认定紧急信息: from this instant on the minutes run within which the duty room is to have it."""

    term = "认定紧急信息"
    rests_on = "urgent_report"
    by = OFFICE
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, ALIVE)
    form = (
        Field("sort", "哪一类", "choice", choices=sort_choices),
        Field("why", "凭什么认定", "textarea", max_length=1000),
    )
    deadline = UNCHANGED
    ledger = Line("emergency_recognised", ("sort", "why_id", "until"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Once for a matter."""
        return None if not case.subject.urgent_sort else cls.no(case, "已经认定为紧急信息。")

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """By when it must be reported."""
        return [Effect("报送期限", outside.report_until(case.book, case.now))]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The date is the office's own."""
        until, sort = outside.report_until(case.book, case.now).at, case.form["sort"]
        case.update(case.subject, urgent_sort=sort, urgent_report_until=until)
        return {"sort": sort, "why_id": write_text(case, "emergency", case.form["why"]), "until": until}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The hotline office's telephone is told: it has minutes."""
        case.tell("emergency_recognised", "office", case.subject.id, matter_id=case.subject.id)


class DutyRoomCard(MatterCard, abstract=True):
    """A report to the government's duty room."""

    rests_on = "urgent_report"
    by = (Role.OPERATOR, Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNARCHIVED)
    form = (
        Field("means", "报送方式", "choice", choices=means_choices),
        Field("taken_by", "值班室谁接的", max_length=60),
        Field("words", "报送的内容", "textarea", max_length=4000, hint="时间、地点、人数、现状、已采取的措施；不写诉求人的姓名电话"),
    )
    deadline = UNCHANGED

    @classmethod
    def reported(cls, case: MatterCase) -> dict[str, Any]:
        """A row for the report."""
        taken_by, words = (write_text(case, name, case.form[name]) for name in ("taken_by", "words"))
        row = UrgentReport(case.tools.ids.next(), case.subject.id, case.now, case.form["means"], taken_by, words)
        case.insert(row)
        return {"report_id": row.id, "means": row.means, "taken_by_id": taken_by, "words_id": words}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The government's own telephone is told that there is something to look at."""
        case.tell("emergency_reported", "duty_room", case.subject.id, matter_id=case.subject.id)


class ReportEmergency(DutyRoomCard):
    """紧急信息报送: the first report; it ends the minutes."""

    term = "紧急信息报送"
    ledger = Line("emergency_reported", ("report_id", "means", "taken_by_id", "words_id", "in_time"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Recognised, and not reported yet."""
        matter = case.subject
        owed = matter.urgent_report_until is not None and matter.urgent_reported_at is None
        return None if owed else cls.no(case, "没有认定为紧急信息，或者已经报过；有变化的用续报。")

    @classmethod
    def until(cls, case: MatterCase) -> Due | None:
        """The end of the minutes."""
        rule, at = cls.provision(case.book), case.subject.urgent_report_until
        return Due(at, rule.clause, rule.readings) if at is not None and case.now < at else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """In time means before the minutes have ended."""
        until = case.subject.urgent_report_until
        case.update(case.subject, urgent_reported_at=case.now)
        return {**cls.reported(case), "in_time": until is not None and case.now < until}


class FollowUpEmergency(DutyRoomCard):
    """续报: what has changed since."""

    term = "紧急信息续报"
    ledger = Line("emergency_followed_up", ("report_id", "means", "taken_by_id", "words_id"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """After the first one."""
        return None if case.subject.urgent_reported_at is not None else cls.no(case, "还没有报第一次。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """One more row."""
        return cls.reported(case)


class NoteEmergencyLate(ClockCard):
    """记紧急信息迟报: the duty room had no report when the minutes ended; on record, and the office is told."""

    term = "记紧急信息迟报"
    rests_on = "urgent_report"
    moves = moves(Matter, UNARCHIVED)
    form = ()
    ledger = Line("emergency_report_late", ("fell_at",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Once for a matter."""
        fell_at = when_due(case)
        case.update(case.subject, urgent_noted_at=case.now)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The hotline office is told."""
        case.tell("emergency_report_late", "office", case.subject.id, matter_id=case.subject.id)
