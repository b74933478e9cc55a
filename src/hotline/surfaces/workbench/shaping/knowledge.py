"""词条成形: entries as lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from hotline.knowledge.desks import Listed
from hotline.knowledge.dossier import EntryDossier
from hotline.knowledge.records import Version
from hotline.knowledge.statuses import VERSION_TERMS, EntryStatus, VersionStatus
from hotline.network import desks as network
from hotline.procedure.engine import Offer
from hotline.rules import knowledge
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui.shapes import DueMark, EntryRow, EntryView, Fact, FactGroup, Link, VerbView, VersionLink
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.timeline import lines

STATES = {"withdrawn": "已撤下", "expired": "已失效", "in_force": "现行", "new": "待确认"}
URL = "/staff/knowledge/e/{}/"
EXCERPT = 60
# What is done first, before what may be done besides.
ORDER = ("confirm_entry", "send_entry_back", "reconfirm_entry", "revise_entry", "withdraw_entry")
LAST = ORDER[-1]  # never what is to be pressed now


def cited(number: str, version: int) -> str:
    """An entry as an answer cites it."""
    return f"{number} 第 {version} 版"


def _state(one: Listed, now: datetime) -> str:
    state = STATES[one.state]
    if one.state == "in_force":
        over = one.valid_until is not None and one.valid_until <= now
        state = STATES["expired"] if over else "请重新确认" if one.asked_at else state
    if one.decide_until is None:
        return "已退回" if one.state == "new" else state
    late = "，已超期" if one.decide_until <= now else ""
    return f"待确认{late}" if one.state == "new" else f"{state}，第 {one.version} 版待确认{late}"


def _confirmed_by(book: Rulebook, at: datetime, now: datetime, *, short: bool) -> DueMark:
    """The office's own date, like any other that is owed."""
    rule = book.provision("knowledge")
    return due_mark(book, Due(at, rule.clause), now, now, urgent=False, short=short)


def _good_for(book: Rulebook, until: datetime, now: datetime) -> DueMark:
    """How long an entry holds yet, by the calendar; from when on its unit is asked whether it still does it is soon."""
    return marking.due_mark(Due(until, book.provision("knowledge").clause), now, book.tz, sure, calendar=None,
                            soon_from=knowledge.ask_at(book, until))  # fmt: skip


def ends_soon(book: Rulebook, until: datetime | None, now: datetime) -> DueMark | None:
    """How long an entry holds yet, once its unit would be asked whether it still does; nothing before, nor after."""
    if until is None or not knowledge.ask_at(book, until) <= now < until:
        return None
    return _good_for(book, until, now)


def rows(book: Rulebook, found: Sequence[Listed], now: datetime, *, waits: bool = False,
         states: bool = False) -> tuple[EntryRow, ...]:  # fmt: skip
    """Entries in a list. `waits`: the date is the office's own; `states`: what became of each is told."""
    sorts = knowledge.sorts(book)

    def row(one: Listed) -> EntryRow:
        at, decides = one.valid_until, one.decide_until if waits else None
        return EntryRow(
            one.number, one.title, sorts.get(one.sort, one.sort), network.name(one.unit_id),
            _state(one, now) if states else "", said.short_limit(at, book.tz, book.calendar.day_of(now)) if at else "—",
            URL.format(one.number) + (f"?v={one.version}" if waits else ""),
            one.body[:EXCERPT] + ("…" if len(one.body) > EXCERPT else ""), str(one.uses or ""),
            _confirmed_by(book, decides, now, short=True) if decides else ends_soon(book, at, now),
        )  # fmt: skip

    return tuple(map(row, found))


def _state_of(dossier: EntryDossier, version: Version, now: datetime) -> str:
    entry = dossier.entry
    if entry.status != EntryStatus.OPEN:
        return STATES["withdrawn"]
    if version.status != VersionStatus.CONFIRMED:
        return VERSION_TERMS[VersionStatus(version.status)]
    if version.number != entry.version:
        return "旧版"
    over = entry.expired_at is not None or (entry.valid_until is not None and entry.valid_until <= now)
    return STATES["expired" if over else "in_force"]


def _facts(book: Rulebook, dossier: EntryDossier, version: Version, uses: int, now: datetime) -> FactGroup:
    entry, tz = dossier.entry, book.tz
    until = entry.valid_until if version.number == entry.version else None
    proposed = version.proposed_at.astimezone(tz).date()
    wished = said.day_and_weekday(version.last_day, proposed) if version.last_day else "最长"
    waits = version.status == VersionStatus.PROPOSED
    found = (
        Fact("种类", knowledge.sorts(book).get(version.sort, version.sort)), Fact("类别", version.category),
        Fact("提出单位", network.name(entry.unit_id)), Fact("来源", dossier.said(version.number, "source")),
        Fact("文号", dossier.said(version.number, "document")),
        _valid(book, until, now), Fact("拟用到", wished if waits else ""),
        Fact("确认期限", due=_confirmed_by(book, version.decide_until, now, short=False) if waits else None),
        Fact("公开", "可以公开" if version.public else "内部使用"), Fact("引用", f"{uses} 次" if uses else "还没有"),
        Fact("来自事项", version.from_matter, url=f"/staff/m/{version.from_matter}/" if version.from_matter else ""),
    )  # fmt: skip
    return FactGroup("词条", tuple(fact for fact in found if fact.said or fact.due))


def _valid(book: Rulebook, until: datetime | None, now: datetime) -> Fact:
    """Until when it holds; or that it did."""
    if until is None or now < until:
        return Fact("有效到", due=_good_for(book, until, now) if until else None)
    return Fact("有效到", said.limit(until, book.tz), "已过", link(book.provision("knowledge").clause))


def _versions(book: Rulebook, dossier: EntryDossier, shown: Sequence[Version],
              chosen: Version) -> tuple[VersionLink, ...]:  # fmt: skip
    def one(version: Version) -> VersionLink:
        at = said.short_instant(version.decided_at or version.proposed_at, book.tz)
        return VersionLink(f"第 {version.number} 版", f"{VERSION_TERMS[VersionStatus(version.status)]} {at}",
                           f"{URL.format(dossier.entry.number)}?v={version.number}", version is chosen)  # fmt: skip

    return tuple(map(one, shown))


def _because(dossier: EntryDossier, version: Version) -> str:
    gone = dossier.said(dossier.versions[-1].number, "withdrawn")
    back = dossier.said(version.number, "sent_back")
    return f"撤下的原因：{gone}" if gone else f"退回的原因：{back}" if back else ""


def verb_views(dossier: EntryDossier, offers: Sequence[Offer]) -> tuple[VerbView, ...]:
    """What this post may do here, at once where nothing is asked, or with the reason why not."""
    url, places = URL.format(dossier.entry.number), {name: at for at, name in enumerate(ORDER)}
    ranked = sorted(offers, key=lambda o: (not o.verdict.ok, places.get(o.card.name(), len(ORDER))))
    return tuple(
        VerbView(o.card.name(), o.card.term, f"{url}{o.card.name()}/", o.verdict.ok, because=o.verdict.because,
                 clause=link(o.verdict.clause), primary=at == 0 and o.verdict.ok and o.card.name() != LAST,
                 act_id="" if o.card.form else str(uuid4()), seen_seq=dossier.head.seq)
        for at, o in enumerate(ranked)
    )  # fmt: skip


def entry_view(book: Rulebook, dossier: EntryDossier, shown: Sequence[Version], version: Version, uses: int,
               offers: Sequence[Offer], now: datetime, tabs: tuple[Link, ...], whole: bool) -> EntryView:  # fmt: skip
    """One version of an entry; its history for whoever may read all of it."""
    state = _state_of(dossier, version, now)
    return EntryView(
        dossier.entry.number, dossier.said(version.number, "title"), state, f"第 {version.number} 版",
        dossier.said(version.number, "body"), _facts(book, dossier, version, uses, now),
        _versions(book, dossier, shown, version), lines(dossier.lines, book) if whole else (),
        sure(book.provision("knowledge").clause), state == STATES["in_force"], _because(dossier, version),
        verb_views(dossier, offers), tabs,
    )  # fmt: skip
