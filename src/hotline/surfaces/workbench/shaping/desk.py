"""清单成形: a desk's rows as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from hotline.casework import desks
from hotline.casework.lists import ALARMS, HANDED_DOWN, TO_HANDLE, TO_LAPSE, TO_SIGN, DeskSpec
from hotline.casework.rows import Row
from hotline.casework.statuses import OPEN_ORDERS, MatterStatus, OrderStatus, stage
from hotline.network import desks as network
from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.rules import marks
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import sure
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui.shapes import (
    CardMark,
    Desk,
    DeskGroup,
    DeskRow,
    DueMark,
    Filter,
    FilterGroup,
    Link,
    Place,
    VerbView,
)
from hotline.surfaces.workbench.shaping.drawing import rule_facts, rule_said

LARGEST_ID = 2**63 - 1
LONGEST_CURSOR = 60
SINCE = {"registered_at": "登记", "received_at": "送达", "filed_at": "报送", "escalated_at": "升级",
         "before_leader_at": "呈报", "asked_at": "提醒"}
AGAIN = "再提醒班长"  # of what is told of again until somebody takes it: no limit that anybody keeps
TOGETHER = VerbView("sign_together", "一起签收", f"/staff/desk/{TO_SIGN.name}/sign/", True, "2")
DOWN = VerbView("hand_down_together", "一起下派", "/staff/desk/handed-down/several/", True, "3")


@dataclass(frozen=True, slots=True)
class Asked:
    """要看哪一页: whose list, which one, behind which row, and which matter stands open beside it."""

    actor: Actor
    unit: Unit | None
    spec: DeskSpec
    now: datetime
    after: str = ""
    chosen: str = ""

    @property
    def url(self) -> str:
        """The list's first page."""
        return desk_url(self.spec.name)

    def opening(self, number: str) -> str:
        """This page with a matter open beside it, scrolled to its row."""
        wanted = {"after": self.after, "m": number} if self.after else {"m": number}
        return f"{self.url}?{urlencode(wanted)}#row-{number}"

    def closing(self) -> str:
        """This page with nothing open."""
        return f"{self.url}?{urlencode({'after': self.after})}" if self.after else self.url


@dataclass(frozen=True, slots=True)
class Page:
    """一页清单: what its page shows, the rows' numbers in order, and how many rows each of the post's lists has."""

    desk: Desk
    numbers: Sequence[str]
    counts: Mapping[str, int]


def desk_url(name: str) -> str:
    """The first page of a list."""
    return f"/staff/desk/{name}/"


def due_mark(book: Rulebook, due: Due, received: datetime, now: datetime, *, urgent: bool, short: bool,
             settled_at: datetime | None = None, reminded: bool = False, ticking: bool = False) -> DueMark:  # fmt: skip
    """A due mark; it turns to `soon` when the clock has `reminded` of the date, or the yellow card would fall."""
    soon = marks.yellow_at(book, due, received, urgent=urgent).at
    calendar = None if urgent else book.calendar
    return marking.due_mark(
        due, now, book.tz, sure, calendar=calendar, soon_from=soon, settled_at=settled_at, short=short,
        reminded=reminded, ticking=ticking,
    )


def since_said(at: datetime, column: str, now: datetime) -> str:
    """How long ago that was, and what it was."""
    event, ago = SINCE.get(column, "提出"), said.span(now - at, "天")
    return f"{ago}前{event}" if ago else f"刚刚{event}"


def card_mark(book: Rulebook, colour: str, cause: str = "", lifted_said: str = "") -> CardMark:
    """A card, with the clause that gives it."""
    because = marks.causes(book, colour).get(cause, "")
    clause = sure(book.provision("cards").clause) if cause else None
    if colour == "red":
        return CardMark("red", "红牌", because, clause, lifted_said)
    return CardMark("yellow", "黄牌", because, clause, lifted_said)


def _mark(book: Rulebook, row: Row, asked: Asked) -> DueMark | None:
    if row.due_at is None or (asked.spec.begins and row.due_at <= asked.now):
        return None  # where nothing is owed by a limit, nothing is overdue
    clause = row.due_clause or _clause(book, row, asked.spec)
    due = Due(row.due_at, clause, (), row.provisional)
    return due_mark(book, due, row.received_at, asked.now, urgent=row.urgent, short=True,
                    settled_at=_filed_at(row, asked.spec),
                    reminded=row.reminded and (not asked.spec.by or row.due_at == row.own_at))  # fmt: skip


def _clause(book: Rulebook, row: Row, spec: DeskSpec) -> str:
    """On what the date rests that a list goes by; of several dates on what the first of them does."""
    if spec.first and row.due_at == row.own_at:
        return row.own_clause or first_clause(book, row.urgent)
    return first_clause(book, row.urgent) if spec.first else book.provision(spec.rests_on).clause


def first_clause(book: Rulebook, urgent: bool) -> str:
    """On what a date of a matter not taken in yet rests that is sooner than the one promised: it is to be dispatched at
    once, or whoever passed it on wants it by then."""
    return book.provision("office_dates" if urgent else "sources").clause


def _filed_at(row: Row, spec: DeskSpec) -> datetime | None:
    """When what its unit owed was filed; another date than the unit's is not met by that."""
    return row.filed_at if spec.filed or not spec.by else None


def _owed_first(rows: Sequence[Row], asked: Asked) -> list[Row]:
    """In the order of their dates, but what is overdue stands before what has been filed, whenever it was due."""
    return sorted(rows, key=lambda row: (0 if row.due_at is None or row.due_at > asked.now else
                                         -1 if _filed_at(row, asked.spec) else -2))  # fmt: skip


def _stands(row: Row) -> tuple[str, str]:
    """Where its matter stands, where that is another word, and where it stands itself."""
    told = stage(row.matter_status or row.status, [row.status] if row.matter_status else ())
    whole, colon, step = told.partition("：")
    return (whole + colon, step) if step else ("", whole)


def _status_said(book: Rulebook, row: Row, asked: Asked) -> str:
    """The status; that it is urgent; how often the letter came back, while it has not been approved since; the dates
    that the list does not go by; and since when it waits, where it is owed by no date."""
    since = row.at if row.due_at is None and row.at is not None and row.at <= asked.now else None
    since = None if asked.spec is ALARMS else since
    parts = (_stands(row)[1], "紧急" if row.urgent else "", f"退回 {row.send_backs} 次" if row.send_backs else "",
             *_beside(book, row, asked),
             since_said(since, asked.spec.sorted_by, asked.now) if since else "")  # fmt: skip
    return " · ".join(part for part in parts if part)


def _beside(book: Rulebook, row: Row, asked: Asked) -> tuple[str, ...]:
    """By when the unit is to answer, or that it did and whether in time, and by when level 2 wants it, where the list
    goes by another date; of a matter the date that its list has beside."""
    if not asked.spec.orders:
        return _of_matter(book, row, asked)
    owed, inner = row.own_at if row.status in OPEN_ORDERS and row.own_at != row.due_at else None, row.inner_at
    told = f"承办期限 {said.short_limit(owed, book.tz)}（{row.own_clause}）" if owed else ""
    if owed and row.status == OrderStatus.FILED and row.filed_at:
        told += "，逾期报送" if row.filed_at >= owed else "，按时报送"
    within = inner if inner and inner not in (row.due_at, row.own_at) else None
    return told, f"内部期限 {said.short_limit(within, book.tz)}" if within else ""


def _of_matter(book: Rulebook, row: Row, asked: Asked) -> tuple[str, ...]:
    """By when the citizen was promised an answer, where it goes by a sooner date; when the clock archives it, if
    nothing keeps it open then; when the shift leader is told again."""
    if asked.spec is ALARMS and row.at is not None:
        return (f"{said.short_limit(row.at, book.tz)} {AGAIN}",)
    if row.own_at is None or row.own_at == row.due_at:
        return ()
    at = said.short_limit(row.own_at, book.tz)
    if asked.spec is TO_LAPSE:
        return (f"{at} 归档" if row.own_at > asked.now else f"{at} 已到，还有没了结的",)
    return (f"答应 {at} 前（{row.own_clause}）",)


def _unit_said(row: Row) -> str:
    """Who has it; of a matter that waits for a unit again, who had it."""
    name = network.name(row.unit_id)
    return f"原 {name}" if name and row.status == MatterStatus.ACCEPTED else name


def row_view(book: Rulebook, row: Row, asked: Asked) -> DeskRow:
    """One row of a list."""
    return DeskRow(
        row.number, said.short_number(row.number), row.gist, book.kind(row.kind).term,
        (row.because or "") if asked.spec.told else _unit_said(row),
        _status_said(book, row, asked), asked.opening(row.number), _mark(book, row, asked), row.number == asked.chosen,
        card_mark(book, row.colour) if row.colour else None, _stands(row)[0],
    )  # fmt: skip


def _groups(book: Rulebook, rows: Sequence[Row], asked: Asked) -> tuple[DeskGroup, ...]:
    if asked.spec.begins:  # a day that begins at its 00:00, not one that ends there
        rows = [replace(row, due_at=row.due_at and row.due_at + timedelta.resolution) for row in rows]
    found = [(row.due_at, _filed_at(row, asked.spec) is not None, row_view(book, row, asked)) for row in rows]
    groups = marking.due_groups(found, asked.now, book.tz)
    undated = "先来的在前"
    return tuple(
        DeskGroup(f"{undated if rows_[0].due is None else title} {len(rows_)}", tuple(rows_)) for title, rows_ in groups
    )


def counted(number: int) -> str:
    """A count as shown: exact up to 1,000, else "1000+"."""
    return f"{desks.MANY}+" if number > desks.MANY else str(number)


def _filters(asked: Asked, counts: Mapping[str, int]) -> FilterGroup:
    rows = [Filter(d.title, counted(counts[d.name]), desk_url(d.name), d.name == asked.spec.name)
            for d in desks.desks_of(asked.actor)]  # fmt: skip
    return FilterGroup("要我办", tuple(rows))


def cursor_said(row: Row) -> str:
    """A keyset cursor for the address."""
    return cursor_at(row.at, row.id)


def cursor_at(at: datetime | None, row_id: int) -> str:
    """The same for an instant and a number."""
    return f"{at.timestamp()!r}_{row_id}" if at else f"_{row_id}"


def cursor_read(text: str) -> tuple[datetime | None, int] | None:
    """The reverse of `cursor_said`; nothing for anything else."""
    at, _, row_id = text.partition("_")
    if len(text) > LONGEST_CURSOR:
        return None
    try:
        cursor = (datetime.fromtimestamp(float(at), UTC) if at else None, int(row_id))
    except (ValueError, OverflowError, OSError):
        return None
    return cursor if abs(cursor[1]) <= LARGEST_ID else None


def _together(asked: Asked, count: int) -> tuple[VerbView, ...]:
    """What is done on several rows at once, where there are several."""
    unit = asked.unit
    if asked.spec is TO_SIGN:
        return (TOGETHER,) if count > 1 else ()
    heads = unit is not None and unit.level == 2 and asked.spec in (TO_HANDLE, HANDED_DOWN)
    return (DOWN,) if heads else ()


def _told(book: Rulebook, spec: DeskSpec) -> dict[str, Any]:
    """By which rule rows come to a list of those who are called."""
    if not spec.told:
        return {}
    return {"unit_term": "为什么回访", "rule_said": rule_said(book), "rule": rule_facts(book)}


def _undated(rows: Sequence[Row]) -> dict[str, Any]:
    """How rows are sorted of which none has a date."""
    return {"sorted_said": "期限"} if rows and not any(row.due_at for row in rows) else {}


def desk_page(book: Rulebook, asked: Asked, verbs: tuple[VerbView, ...]) -> Page:
    """One page of a list with its neighbours' counts."""
    counts = desks.counts(asked.actor, asked.unit, asked.now)
    rows = desks.page(asked.actor, asked.unit, asked.spec, cursor_read(asked.after), asked.now)
    (shown, beyond), spec = cut(rows, desks.PAGE), asked.spec
    ordered = _owed_first(shown, asked)
    more = f"{asked.url}?{urlencode({'after': cursor_said(shown[-1])})}" if beyond else ""
    page = Desk(
        spec.title, _groups(book, ordered, asked), (_filters(asked, counts),),
        f"{spec.title} {counted(counts[spec.name])} 件", asked.url if asked.after else "", more,
        empty_said=f"现在没有{spec.title}的件。", empty_hint="有新的会自动排进来，最急的在前。",
        verbs=(*verbs, *_together(asked, counts[spec.name])), **_told(book, spec), **_undated(ordered),
    )  # fmt: skip
    return Page(page, [row.number for row in ordered], counts)


def place_of(page: Page, asked: Asked) -> Place | None:
    """Where on this page the open matter stands, with the ones before and after it."""
    if asked.chosen not in page.numbers:
        return None
    at = page.numbers.index(asked.chosen)
    near = {i: asked.opening(page.numbers[i]) for i in (at - 1, at + 1) if 0 <= i < len(page.numbers)}
    return Place(f"{at + 1} / {len(page.numbers)}", near.get(at - 1, ""), near.get(at + 1, ""))


def next_of(page: Page, asked: Asked) -> Link | None:
    """What to take up next: the most urgent row that is not the one open now."""
    number = next((one for one in page.numbers if one != asked.chosen), "")
    return Link(f"下一件 {said.short_number(number)}", asked.opening(number)) if number else None
