"""班长台成形: proposals with their buttons, queues, people and drafts, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from hotline.casework import at_shift
from hotline.casework.at_home import Waiting
from hotline.casework.at_shift import Proposed
from hotline.casework.desks import MANY
from hotline.casework.lists import ESCALATED, UNREPORTED
from hotline.casework.transitions.proposing import ABUSE, ENDING, REFUSAL, RESTS_ON, REVIEW
from hotline.network import handing
from hotline.network.handing import Note
from hotline.network.records import Duty, Unit
from hotline.network.roles import TERMS, Role
from hotline.procedure.card import REGISTRY
from hotline.rules import abuse, endings
from hotline.rules.book import Rulebook
from hotline.rules.elements import left_after
from hotline.rules.verdicts import Due
from hotline.surfaces import sitting
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.portions import at, cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Count, Link, LyingLine, NoteLine, ProposedView, ShiftPage, SitLine, VerbView
from hotline.surfaces.workbench.shaping.desk import counted, cursor_at, desk_url, due_mark
from hotline.surfaces.workbench.shaping.home import list_line

URL = "/staff/desk/shift/"
# What decides each sort of proposal in place, the first granting it; what wants more than a word has a form of its own.
DECIDED = {REFUSAL: ("approve_refusal", "reject_refusal"), REVIEW: ("uphold_refusal",),
           ABUSE: ("approve_abuse", "reject_abuse"), ENDING: ("approve_end", "reject_end")}  # fmt: skip
FORMS = {REVIEW: ("accept_after_all",)}
IN_PLACE = {verb for verbs in DECIDED.values() for verb in verbs}
TERM = {REFUSAL: "提出不予受理", REVIEW: "请求复核", ABUSE: "提请标记骚扰", ENDING: "提请终止"}
KEYS = "132"  # of whichever proposal is chosen: grant it, refuse it, unfold the box of words
MINE = "是您自己提的，要由别的班长决定。"
ALARMING = (UNREPORTED, ESCALATED)  # alarms themselves stand in their banner


@dataclass(frozen=True, slots=True)
class Wrong:
    """没有办成: on which matter, why, and what was written."""

    number: str = ""
    because: str = ""
    words: str = ""


def _proposed(book: Rulebook, row: Proposed, now: datetime, me: frozenset[int], names: Mapping[int, str],
              wrong: Wrong) -> ProposedView:  # fmt: skip
    rule, own = book.provision(RESTS_ON[row.what]), row.person_id in me
    rests_on = row.clause if row.clause in book.clauses else rule.clause  # the very item that was proposed
    due = due_mark(book, Due(row.until, rests_on, rule.readings), row.asked_at, now, urgent=False, short=True)
    due = replace(due, readings=tuple(map(sure, rule.readings)))
    forms = tuple(VerbView(verb, REGISTRY[verb].term, f"/staff/m/{row.number}/{verb}/?desk=shift", True)
                  for verb in FORMS.get(row.what, ()))  # fmt: skip
    press = tuple(VerbView(verb, REGISTRY[verb].term, "", True, KEYS[place], primary=not place, act_id="1")
                  for place, verb in enumerate(DECIDED[row.what]))  # fmt: skip
    who = names.get(row.person_id, "") if row.person_id else TERMS[Role.CITIZEN]
    asked = f"{who} {said.instant(row.asked_at, book.tz, now.astimezone(book.tz).date())}"
    terms = {ABUSE: abuse.sorts, ENDING: endings.channels}.get(row.what, lambda book: {})(book)
    clause = link(row.clause) if row.clause and not terms else None
    what = f"{TERM[row.what]}：{terms[row.clause]}" if row.clause in terms else TERM[row.what]
    mine = wrong if wrong.number == row.number else Wrong()
    return ProposedView(
        row.number, said.short_number(row.number), f"/staff/m/{row.number}/", row.gist, what, row.reason,
        asked, f"{URL}?m={row.number}", str(uuid4()), row.seq, () if own else (*press, *forms),
        clause, due, MINE if own else "", mine.words, mine.because, KEYS[2],
    )  # fmt: skip


def _sitting(one: sitting.Sitting, now: datetime, left: timedelta) -> SitLine:
    typing = one.drafts and one.typed_at and now - one.typed_at < left
    doing = "，".join(filter(None, (f"正在录 {one.drafts} 件" if typing else "",
                                   f"取了 {one.claims} 件网上的" if one.claims else "")))  # fmt: skip
    seen = said.span(now - one.seen_at) or "不到 1 分钟"
    return SitLine(one.name, f"{one.unit}{TERMS[Role(one.role)]}", f"{seen}前", doing)


def _duty(turn: Duty, unit: Unit, book: Rulebook) -> SitLine:
    return SitLine(turn.name, unit.short, f"到 {said.limit(turn.until_at, book.tz)}", turn.phone)


def _note(one: Note, book: Rulebook, now: datetime, me: frozenset[int]) -> NoteLine:
    today = now.astimezone(book.tz).date()
    read = f"{one.reader} {said.instant(one.read_at, book.tz, today)} 接班" if one.read_at else "还没有人接班"
    confirm = "" if one.read_at or one.person_id in me else str(one.id)
    return NoteLine(one.writer, said.instant(one.at, book.tz, today), one.body, read, confirm, str(uuid4()))


def _keyed(notes: Sequence[NoteLine]) -> tuple[NoteLine, ...]:
    """The key confirms the first that one may confirm."""
    first = next((one for one in notes if one.confirm), None)
    return tuple(replace(one, key="E") if one is first else one for one in notes)


def _decisions(waiting: Sequence[Waiting], proposed: Sequence[Proposed]) -> tuple[str, tuple[Link, ...]]:
    """How many proposals wait, and the lists of which not all stand on this page."""
    lists = [one for one in waiting if one.spec in at_shift.LISTS]
    here = Counter(row.list for row in proposed)
    rest = tuple(Link(f"{one.spec.title}共 {counted(one.count)} 件，这里是最急的 {here[one.spec.name]} 件，看全部",
                      desk_url(one.spec.name)) for one in lists if one.count > here[one.spec.name])  # fmt: skip
    many = sum(max(min(one.count, MANY), here[one.spec.name]) for one in lists)
    return f"{many}{'+' if any(one.count > MANY for one in lists) else ''}", rest


def _rest(which: str, beyond: int, of: str, then: str = "") -> str:
    """What is said of those that are not shown."""
    return f"这里是{which}，另有 {beyond} {of}没有列出{'，' + then if then else ''}。" if beyond > 0 else ""


def _pages(notes: Sequence[Note], before: str) -> tuple[Link, ...]:
    """Back to the last notes, on to those before."""
    shown, beyond = cut(notes, handing.MOST)
    links = [Link("回到最近的", f"{URL}#shift-notes")] if before else []
    if beyond:
        links.append(Link("看更早的", f"{at(URL, notes=cursor_at(shown[-1].at, shown[-1].id))}#shift-notes"))
    return tuple(links)


def shift_page(book: Rulebook, now: datetime, wall: datetime, waiting: Sequence[Waiting], proposed: Sequence[Proposed],
               people: Sequence[sitting.Sitting], lying: Sequence[sitting.Lying],
               duty: Sequence[tuple[Duty, Unit]], me: frozenset[int], names: Mapping[int, str], desks: Sequence[Link],
               notes: Sequence[Note], wrong: Wrong, before: str = "") -> ShiftPage:  # fmt: skip
    """The whole page."""
    rows = [_proposed(book, row, now, me, names, wrong) for row in proposed]
    keyed = next((row for row in rows if row.buttons), None)
    alarms = tuple(Count(one.spec.title, counted(one.count), desk_url(one.spec.name)) for one in waiting
                   if one.spec in ALARMING and one.count)  # fmt: skip
    queues = tuple(list_line(one, now, desks) for one in waiting if one.count and not one.spec.across)
    left = left_after(book)
    minutes = int(left.total_seconds() // 60)
    asked, rest = _decisions(waiting, proposed)
    sit, lie = people[0].of if people else 0, lying[0].of if lying else 0
    return ShiftPage(
        f"{sit} 人坐着，{asked} 件等您决定", alarms,
        tuple(replace(row, keyed=row is keyed) for row in rows), queues,
        tuple(_duty(turn, unit, book) for turn, unit in duty), tuple(_sitting(one, wall, left) for one in people),
        tuple(LyingLine(str(one.act_id), one.name, f"{said.span(wall - one.saved_at)}没有动") for one in lying),
        f"录到一半放下 {minutes} 分钟以上的 {lie} 份" if lying else f"没有放下 {minutes} 分钟以上的草稿",
        _keyed([_note(one, book, now, me) for one in cut(notes, handing.MOST)[0]]), str(uuid4()),
        wrong.words if not wrong.number else "",
        "" if any(row.number == wrong.number for row in proposed) else wrong.because,
        rest, _rest("刚用过的", sit - len(people), "人"), _rest("放得最久的", lie - len(lying), "份", "处理掉几份就会列出来"),
        _pages(notes, before),
    )  # fmt: skip
