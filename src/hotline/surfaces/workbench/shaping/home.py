"""总览成形: the lists with what waits on each, what falls due today, what others did, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hotline.casework import at_home
from hotline.casework.at_home import Change, DueToday, Waiting
from hotline.casework.desks import MANY
from hotline.casework.left import Left
from hotline.casework.lists import (
    ALARMS,
    DESKS,
    OVERDUE,
    SUBMITTED,
    TO_ACCEPT,
    TO_DECIDE,
    TO_FOLLOW_UP,
    TO_INSTRUCT,
    TO_REVIEW,
    TO_SIGN_OFF,
    DeskSpec,
)
from hotline.knowledge.at_home import ASKED, TO_CONFIRM, Stands
from hotline.network import desks as network
from hotline.network.roles import TERMS, Role
from hotline.procedure.card import REGISTRY
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import ChangeLine, Count, HomePage, Link, ListLine, NoticesPage, TodayLine
from hotline.surfaces.workbench.shaping.desk import counted, desk_url, due_mark, first_clause, since_said
from hotline.surfaces.workbench.shaping.timeline import read_once, sentence
from hotline.surfaces.workbench.shell import MY_WAYS, NEWS

News = Change | Left
SEEN = "/staff/seen/"
SHOWN = 12
# With whom the rows of a list are that no post waits for.
OTHERS = {SUBMITTED.name: TERMS[Role.LEADER], ALARMS.name: TERMS[Role.SHIFT_LEADER]}
UNITS = "承办单位"
AS_FAR = f"只列最近的 {at_home.MOST_CHANGED} 件，每张清单只看最前面的 {at_home.GLANCE} 件；其余的到各张清单里看。"
GONE, UNREADABLE = "已收回，不再由本单位办理", "已不在您这里，内容不能再看。"
# Lists of the knowledge base: their title, where they are, and what happened to a row when it came there.
ENTRIES = {TO_CONFIRM: ("待确认的词条", "/staff/knowledge/waiting/", "proposed_at"),
           ASKED: ("请重新确认的词条", "/staff/knowledge/mine/", "asked_at")}  # fmt: skip
# Which list a desk of one thing after the other takes from.
TAKES_FROM = {"/staff/desk/web/": TO_ACCEPT, "/staff/desk/dispatch/": TO_DECIDE, "/staff/desk/review/": TO_REVIEW,
              "/staff/desk/follow-up/": TO_FOLLOW_UP, "/staff/desk/sign-off/": TO_SIGN_OFF,
              "/staff/desk/leaders/": TO_INSTRUCT}  # fmt: skip


def list_line(waits: Waiting, now: datetime, desks: Sequence[Link]) -> ListLine:
    """One list, with the way to the desk that takes from it."""
    spec = waits.spec
    desk = next((link for link in desks if TAKES_FROM.get(link.url) is spec), None)
    return ListLine(
        spec.title, desk_url(spec.name), counted(waits.count), _since(waits, now),
        f"逾期 {waits.overdue}" if waits.overdue else "", f"今天到期 {waits.today}" if waits.today else "", desk,
    )  # fmt: skip


def entry_lines(found: Sequence[Stands], now: datetime) -> tuple[ListLine, ...]:
    """What waits in the knowledge base, as lists like any other."""
    return tuple(
        ListLine(ENTRIES[one.name][0], ENTRIES[one.name][1], counted(one.count),
                 since_said(one.since, ENTRIES[one.name][2], now), f"逾期 {one.overdue}" if one.overdue else "",
                 f"今天到期 {one.today}" if one.today else "")
        for one in found
    )  # fmt: skip


def city_lines(city: Sequence[Waiting], now: datetime) -> tuple[ListLine, ...]:
    """The queues of the whole city on which something waits; their rows are others' to open: it is said whose."""
    return tuple(replace(list_line(one, now, ()), url="", by=_by(one.spec)) for one in city if one.count)


def _by(spec: DeskSpec) -> str:
    """Who works on a list; the shift leader, who does most things, where nobody else does."""
    roles = [Role(role) for role, specs in DESKS.items() if spec in specs and spec.awaits(role)]
    said_ = "、".join(TERMS[one] for one in roles if one != Role.SHIFT_LEADER or len(roles) == 1)
    return said_ or OTHERS.get(spec.name, UNITS)


def city_said(city: Sequence[Waiting], cards: Mapping[str, int]) -> str:
    """How many cards were given lately, and how many queues are empty."""
    given = "，".join(f"{term} {counted(cards.get(colour, 0))}" for colour, term in (("yellow", "黄牌"), ("red", "红牌")))
    idle = sum(not one.count for one in city)
    return f"近一周亮牌：{given}" + (f"；另有 {idle} 队没有等着的" if idle else "")


def _since(waits: Waiting, now: datetime) -> str:
    """How long ago the first of them came to where it stands; of what lies ahead, nothing."""
    if waits.since is None or waits.since > now:
        return ""
    return since_said(waits.since, at_home.waits_since(waits.spec), now)


def _today(book: Rulebook, row: DueToday, now: datetime) -> TodayLine:
    _, rests_on = at_home.owed_by(row.spec)
    none = first_clause(book, row.urgent) if row.spec.first else book.provision("limit").clause
    clause = book.provision(rests_on).clause if rests_on else row.clause or none
    mark = due_mark(book, Due(row.at, clause, (), row.provisional), row.received_at, now, urgent=row.urgent, short=True)
    return TodayLine(said.short_number(row.number), f"{desk_url(row.spec.name)}?m={row.number}", row.gist,
                     book.kind(row.kind).term, row.spec.title, mark)  # fmt: skip


def change_line(book: Rulebook, change: News, now: datetime) -> ChangeLine:
    """What somebody did, and from which post; no names, which are a matter's own page's to tell."""
    read = read_once(change.line)
    role, at = Role(read.role), change.line.at.astimezone(book.tz)
    unit = network.name(read.unit_id) if read.unit_id and change.line.person_id else ""
    when = said.clock(at, book.tz) if at.date() == now.astimezone(book.tz).date() else said.short_instant(at, book.tz)
    url = f"/staff/m/{change.number}/#line-{change.line.seq}"
    line = ChangeLine(said.short_number(change.number), url, change.gist, sentence(read),
                      f"{unit}{TERMS[role]}", when, at.isoformat(timespec="minutes"))  # fmt: skip
    return _left(book, change, line, read.clauses) if isinstance(change, Left) else line


def _left(book: Rulebook, change: Left, line: ChangeLine, clauses: Sequence[str]) -> ChangeLine:
    """The same of what left; of whatever was taken away, as of any recall, not why and not by whom (R-21)."""
    line = replace(line, clause=link(clauses[0] if clauses else None))
    if change.recalled:
        line = replace(line, said=GONE, who="", clause=link(REGISTRY["recall"].provision(book).clause))
    return line if change.shown else replace(line, url="", gist=UNREADABLE)


def changes_said(changes: Sequence[News]) -> str:
    """How many, as far as they are counted."""
    return f"{at_home.MOST_CHANGED}+" if len(changes) > at_home.MOST_CHANGED else str(len(changes))


def notices_page(book: Rulebook, now: datetime, fresh: Sequence[News], older: Sequence[News]) -> NoticesPage:
    """What is new, and what was looked at lately."""
    new, before = (tuple(change_line(book, one, now) for one in some) for some in (fresh, older))
    count = f"{changes_said(fresh)} 件有新的" if fresh else "没有新的"
    whole = len(new) + len(before) <= at_home.MOST_CHANGED
    return NoticesPage("消息", count, new, before, SEEN, now.isoformat(), "" if whole else AS_FAR,
                       Link("通知方式：也发短信、邮件", MY_WAYS))  # fmt: skip


def home_page(book: Rulebook, now: datetime, since: datetime, waiting: Sequence[Waiting], own: Sequence[Waiting],
              today: Sequence[DueToday], changes: Sequence[News], desks: Iterable[Link]) -> HomePage:  # fmt: skip
    """The whole page: of all the post's lists its `own` wait for something that it does."""
    sit, busy = list(desks), [one for one in own if one.count]
    owed, late = sum(one.today for one in own), sum(one.overdue for one in own)
    over = "+" if any(one.count > MANY for one in own) else ""  # no list is looked through further
    heads = [f"{n}{over} {what}" for n, what in ((sum(min(one.count, MANY) for one in own), "件等着"), (late, "件逾期"),
                                                 (owed, "件今天到期")) if n]  # fmt: skip
    lately, beyond = cut(changes, SHOWN)
    until = said.instant(since, book.tz, now.astimezone(book.tz).date())
    return HomePage(
        "等我办的", "，".join(heads), (*_late(waiting), *(list_line(one, now, sit) for one in busy)),
        tuple(_link(one.spec) for one in waiting if not one.count and not one.spec.across),
        tuple(Count(one.spec.title, counted(one.count), desk_url(one.spec.name)) for one in waiting
              if one.spec.across or (one.count and one not in own)),
        tuple(_today(book, row, now) for row in today), f"今天到期 {owed}{over} 件" if owed else "今天没有到期的",
        tuple(change_line(book, one, now) for one in lately),
        f"{until} 以来，{_said(changes)}",
        f"有什么变化 {changes_said(changes)}", SEEN, now.isoformat(), _rest_of(today, owed, over),
        Link(f"这里是最近的 {SHOWN} 件，看全部", NEWS) if beyond else None,
    )  # fmt: skip


def _late(waiting: Sequence[Waiting]) -> tuple[ListLine, ...]:
    """What is overdue with the unit, whichever of its people has it now, before everything else."""
    return tuple(ListLine(one.spec.title, desk_url(one.spec.name), counted(one.count), "",
                          f"逾期 {counted(one.count)}")
                 for one in waiting if one.spec is OVERDUE and one.count)  # fmt: skip


def _rest_of(today: Sequence[DueToday], owed: int, over: str) -> str:
    """What is said of those due today that are not shown."""
    rest = owed - len(today)
    return f"这里是最急的 {len(today)} 件，另有 {rest}{over} 件在各张清单里，最急的在前。" if rest > 0 else ""


def _said(changes: Sequence[News]) -> str:
    gone = sum(isinstance(one, Left) for one in changes)
    left = f"离手 {gone} 件" if gone else ""
    acted = f"别人在等我办的件上办了 {changes_said(changes[gone:])} 件" if len(changes) > gone else ""
    return "，".join(filter(None, (acted, left))) or "等我办的件上没有别人办的事。"


def _link(spec: DeskSpec) -> Link:
    return Link(spec.title, desk_url(spec.name))
