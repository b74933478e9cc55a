"""呈办成形: a matter as the leader before whom it lies reads it: what is said, what is proposed, what happens meanwhile,
what has to do with it, and the form; what became of earlier instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from hotline.casework import submissions
from hotline.casework.at_leader import ALIKE_THERE, Given, Related, Waits
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Submission
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.network import desks as network
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import Problem
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import cursor_at, due_mark
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shaping.matter import brief
from hotline.surfaces.workbench.shaping.submissions import STATES, units_said

URL, GIVEN = "/staff/desk/leaders/", "/staff/desk/leaders/given/"
BOX = "instruction"
AT_FIRST = 140  # so much of the citizen's words is shown at once
DONE = (MatterStatus.REPLIED, MatterStatus.CLOSED, MatterStatus.WITHDRAWN, MatterStatus.ENDED)
LINKS = "关联的事项"


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在面前的: the case of instructing, what may be done, where it stands, what was typed, what is wrong, what is
    related."""

    case: Case[MatterDossier, Matter]
    row: Submission
    offers: Sequence[Offer]
    place: s.Place
    action: str
    data: Mapping[str, Any]
    problems: Sequence[Problem]
    related: Sequence[Related]
    conflict: str = ""
    conflict_lines: Sequence[Any] = ()


def _waited(book: Rulebook, since: datetime, now: datetime) -> str:
    """How long somebody waits: working time, and where none of it was, the time by the clock."""
    worked = said.span(said.working_time(since, now, book.tz, book.calendar))
    return worked or said.span(now - since, "天") or "不到 1 分钟"


def waits_line(book: Rulebook, row: Waits, now: datetime, address: str, chosen: str) -> s.WaitsLine:
    """One that waits."""
    parts = ("紧急" if row.urgent else "", row.ground, f"等了 {_waited(book, row.at, now)}")
    return s.WaitsLine(row.number, said.short_number(row.number), row.gist, f"{address}?{urlencode({'m': row.number})}",
                       " · ".join(part for part in parts if part), row.number == chosen)  # fmt: skip


def _waits(posed: Posed) -> s.DueMark | None:
    """How long this one waits, and whether the leader has been reminded of it; nothing once something was said."""
    case, row = posed.case, posed.row
    if row.outcome:
        return None
    book, reminded = case.book, case.dossier.matter.leader_reminded_at is not None
    rule = book.provision("office_dates")
    words = ("提醒过：" if reminded else "") + f"等了 {_waited(book, row.submitted_at, case.now)}"
    at = row.submitted_at.astimezone(book.tz)
    return s.DueMark("soon" if reminded else "ontime", words, f"{said.instant(at, book.tz)} 呈报",
                     link(rule.clause), tuple(map(sure, rule.readings)),
                     at_iso=at.isoformat(timespec="minutes"))  # fmt: skip


def _meanwhile(posed: Posed, matter: s.MatterView) -> tuple[s.OrderView, ...]:
    """The units that have it in hand already, since when and until when."""
    book, pairs = posed.case.book, zip(posed.case.dossier.orders, matter.orders, strict=True)
    open_ones = [(view, said.instant(order.received_at, book.tz)) for order, view in pairs if order.ended_at is None]
    return tuple(replace(view, clocks=(), status_said=f"{since} 交办，{view.status_said}") for view, since in open_ones)


def _related(book: Rulebook, row: Related) -> s.NearView:
    why = (("同一诉求人", row.same_caller), ("同一地点", row.there), ("同一类别", row.same_category),
           ("说法相近", row.likeness >= ALIKE_THERE and not row.same_caller))  # fmt: skip
    now = MATTER_TERMS[MatterStatus(row.status)]
    parts = (*(word for word, so in why if so), now, f"{said.day(row.at.astimezone(book.tz).date())}登记")
    return s.NearView(row.number, said.short_number(row.number), row.gist, f"/staff/m/{row.number}/", " · ".join(parts))


def _verbs(posed: Posed) -> tuple[s.VerbView, ...]:
    return tuple(s.VerbView(o.card.name(), o.card.term, "", o.verdict.ok, o.card.key, o.verdict.because,
                            None if o.verdict.ok else link(o.verdict.clause), primary=i == 0 and o.verdict.ok)
                 for i, o in enumerate(posed.offers))  # fmt: skip


def _form(posed: Posed) -> s.FormView:
    """The verb's own form; its box is the one of the whole desk."""
    case = posed.case
    form = form_view(case, posed.action, data=posed.data, problems=posed.problems, seen_seq=case.dossier.head.seq,
                     conflict=posed.conflict, conflict_lines=posed.conflict_lines)  # fmt: skip
    hint = "承办单位会看到批示的话，诉求人不会；退回呈件的，写理由，只有热线办看到"
    return replace(form, fields=tuple(replace(f, hint=hint, rows=5) if f.name == BOX else f for f in form.fields))


def leaders_view(posed: Posed, matter: s.MatterView) -> s.LeadersView:
    """The whole of it."""
    case, row = posed.case, posed.row
    book, dossier, form = case.book, case.dossier, _form(posed)
    words = matter.words.text if matter.words else ""
    short = words if len(words) <= AT_FIRST else f"{words[:AT_FIRST]}……"
    why = (s.Fact("理由", row.ground, clause=link(book.provision("submitting").clause)),
           s.Fact("拟办单位", units_said(row.proposed_units) or "没有拟"))  # fmt: skip
    linked = tuple(fact for group in matter.fact_groups if group.title == LINKS for fact in group.facts)
    return s.LeadersView(
        form, replace(matter, fact_groups=brief(book, matter.fact_groups)), posed.place, _waits(posed), short,
        words if short != words else "", dossier.body(row.opinion_id), why, _meanwhile(posed, matter), linked,
        tuple(_related(book, one) for one in posed.related), form.fields, _verbs(posed),
        f"/staff/m/{matter.number}/sheet/?of={row.id}", f"/staff/m/{matter.number}/pdf/sheet/?of={row.id}",
    )  # fmt: skip


def _held_to(book: Rulebook, row: Given, now: datetime) -> s.DueMark | None:
    """The date of the unit that answers for the whole."""
    if row.due_at is None or row.received_at is None or row.ended_at is not None:
        return None
    due = Due(row.due_at, row.due_clause or book.provision("limit").clause, (), row.provisional)
    return due_mark(book, due, row.received_at, now, urgent=row.urgent, short=True, settled_at=row.filed_at)


def _wanted(book: Rulebook, row: Given, now: datetime) -> s.DueMark | None:
    """The day by which the leader asked for the result, by the calendar."""
    if row.wanted_on is None:
        return None
    ends = datetime.combine(row.wanted_on + timedelta(days=1), time(), book.tz)
    mark = marking.due_mark(Due(ends, book.provision("submitting").clause), now, book.tz, sure, calendar=None,
                            soon_from=ends - timedelta(days=1), settled_at=row.reported_at, short=True)  # fmt: skip
    return replace(mark, said=mark.said.replace("办结", "报告"))


def _now(row: Given) -> str:
    """Where it stands, in words."""
    status = MatterStatus(row.status)
    if row.outcome == submissions.GIVEN_BACK:
        return f"热线办另行处理，现在{MATTER_TERMS[status]}"
    if row.reported_at is not None:
        return "已报告结果"
    if row.departing:
        return "还没有照批示交办"
    return f"{MATTER_TERMS[status]}，等热线办报告结果" if status in DONE else MATTER_TERMS[status]


def given_line(book: Rulebook, row: Given, now: datetime) -> s.GivenLine:
    """One instruction given before, and what became of it."""
    at, today = row.at.astimezone(book.tz), now.astimezone(book.tz).date()
    holds = row.ended_at is None and row.outcome == submissions.INSTRUCTED
    reported = f"{said.instant(row.reported_at, book.tz, today)} 报告" if row.reported_at else ""
    return s.GivenLine(
        row.number, said.short_number(row.number), row.gist, f"/staff/m/{row.number}/",
        said.instant(at, book.tz, today), at.isoformat(timespec="minutes"), STATES[row.outcome], row.words,
        network.name(row.unit_id) if row.unit_id and holds else "", _now(row),
        _held_to(book, row, now) if holds else None, _wanted(book, row, now), row.report, reported,
    )  # fmt: skip


def given_page(book: Rulebook, rows: Sequence[Given], now: datetime, most: int, after: str) -> s.GivenPage:
    """A page of them, with the way on and back to the first."""
    shown, beyond = cut(rows, most)
    more = f"{GIVEN}?{urlencode({'after': cursor_at(shown[-1].at, shown[-1].id)})}" if beyond else ""
    return s.GivenPage("批示过的", tuple(given_line(book, row, now) for row in shown), GIVEN if after else "", more)
