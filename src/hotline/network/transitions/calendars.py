"""日历 (calendars): the administrator publishes a calendar year, as the loader would read it, in place of what stood. The
line names year, notice and digest; the content lies beside it, in the same transaction (ADR 0035)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import CalendarYear, NetworkText, Unit
from hotline.network.transitions.kept_by_office import OFFICE, OfficeCard
from hotline.procedure.card import Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules import calendars
from hotline.rules.errors import RulebookError
from hotline.rules.worktime import Year

UnitCase = Case[UnitDossier, Unit]
LONGEST = 20_000
NOTICE_LENGTH = 100
OFFICIAL = "official"


def standing(case: UnitCase, number: int) -> CalendarYear | None:
    """What the office has published of a year so far."""
    mine = (row for row in case.dossier.all(CalendarYear) if row.year == number and row.ended_at is None)
    return next(mine, None)


def in_force(case: UnitCase, number: int) -> Year | None:
    """The year as it holds now: as the office published it, or else as the rulebook brought it."""
    row, calendar = standing(case, number), case.book.calendar
    if row is None:
        return calendar.years.get(number)
    return calendars.sent(case.dossier.text(row.text_id), calendar.weekend)


class PublishCalendar(OfficeCard):
    """发布日历: a year holds from now on as this file has it; open dates are worked out anew by the loops."""

    term = "发布日历"
    rests_on = "limit"
    moves = moves(Unit, ("open",))
    form = (
        Field("content", "日历内容", "textarea", max_length=LONGEST, hint="可以在这里改了再发布，发布时照样逐项检查"),
        Field("replaces", "替换现行的正式日历", "flag", required=False),
    )
    ledger = Line("calendar_published", ("calendar_year_id", "year", "state", "notice", "digest", "text_id",
                                         "replaced_id"))  # fmt: skip

    @classmethod
    def clauses(cls, case: UnitCase) -> tuple[str, ...]:
        """What heads all limits: a calendar moves those of every kind."""
        return (cls.section(case.book) or cls.provision(case.book).clause,)

    @classmethod
    def accepts(cls, case: UnitCase) -> Sequence[Problem]:
        """Kept by the office; a file that the loader would take, and that changes something."""
        content = case.form["content"]
        if case.subject.desk != OFFICE:
            return [Problem("", "日历记在热线办名下。")]
        try:
            entry = calendars.sent(content, case.book.calendar.weekend)
        except RulebookError as wrong:
            return [Problem("content", calendars.told(content, wrong))]
        if len(entry.notice or "") > NOTICE_LENGTH:
            return [Problem("content", f"notice 一项：文号最多 {NOTICE_LENGTH} 个字。")]
        return cls._in_the_way(case, entry)

    @classmethod
    def _in_the_way(cls, case: UnitCase, entry: Year) -> list[Problem]:
        """The same year as it holds already; an official one is replaced only where that is said."""
        before = in_force(case, entry.year)
        if before == entry:
            return [Problem("content", f"{entry.year} 年的日历与现行的一样，没有要改的。")]
        if before is None or before.status != OFFICIAL or case.form["replaces"]:
            return []
        said = f"{entry.year} 年已有正式日历（{before.notice or '没有文号'}），与这一份不同；"
        return [Problem("replaces", f"{said}确要替换，请选“是”。")]

    @classmethod
    def change(cls, case: UnitCase) -> Mapping[str, Any]:
        """The year with its content; what the office had published of it before ends."""
        content, unit_id, ids = case.form["content"], case.subject.id, case.tools.ids
        entry, text_id = calendars.sent(content, case.book.calendar.weekend), ids.next()
        case.insert(NetworkText(text_id, unit_id, content, case.salted(text_id, content)))
        row = CalendarYear(ids.next(), unit_id, entry.year, entry.status, entry.notice or "", calendars.digest(content),
                           text_id, case.now)  # fmt: skip
        if before := standing(case, entry.year):
            case.update(before, ended_at=case.now)
        case.insert(row)
        return {"calendar_year_id": row.id, "year": row.year, "state": row.state, "notice": row.notice,
                "digest": row.digest, "text_id": text_id, "replaced_id": before.id if before else None}  # fmt: skip
