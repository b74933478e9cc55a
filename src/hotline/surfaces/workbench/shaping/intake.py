"""受理台成形: a call as the operator's desk shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.casework import at_intake
from hotline.casework.at_intake import Near
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.casework.transitions.handing_over import number_choices
from hotline.casework.transitions.linking import stands
from hotline.network import desks as network
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.forms import Problem
from hotline.rules import abuse, elements, limits, refusals, repeats, ways
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Due
from hotline.surfaces import drafts
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.drafts import Draft
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.intake import recording
from hotline.surfaces.workbench.shaping import categories
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.forms import field_view

AnyCase = Case[Any, Any]
AREA, COMMUNITY = "area", "community"
CALLER, MORE, ABSENCE = ("phone", "name"), ("caller", "contact", "credit_code", "channel", "files"), "absence"
RADIO, TICKS = ("kind", "publish_wish"), ("secrecy", "urgent")
ORDER = ("kind", "publish_wish", "item", "category", "secrecy", "urgent", "urgent_reason", ABSENCE)
ROWS = {"course": 4, "outcome": 2}
ADDRESS = "/staff/desk/intake/"
PROPOSE = "/staff/knowledge/propose/"
RECORD_KEY = "E"
RESCUE_KEYS, WAYS = "789", ("answer_at_once", "connect", "dispatch", "submit")
NO_NUMBER = "填好来电号码，按“查来电”，就看得到这个号码以前反映过什么。"
NOT_LOOKED = "号码还没有查过。查一次，您的查看台账里记一次。"
NO_SUCH = "这不是一个电话号码，没有查。改好再查。"
NO_AREA = "选好县区、乡镇，这里列出附近说同一件事的。"
NOT_SOUGHT = "写字词，或者先写事由，这里列出知识库里说得最近的。"
NOT_FOUND = "现行有效的词条里没有说这件事的。"
NOTHING = "这个号码以前没有来过电话。"
FURTHER_BACK = s.Link(f"这里是 {at_intake.MOST} 件，未结的和最近的在前；更早的凭电话到“查找”里看", "/staff/search/")


@dataclass(frozen=True, slots=True)
class Beside:
    """台旁的: what else was begun; what came from this telephone before, and its cautions; None: not looked for."""

    drafts: Sequence[Draft] = ()
    earlier: Sequence[Near] | None = None
    cautions: Sequence[tuple[str, datetime]] = ()
    near: Sequence[Near] = ()
    communities: tuple[str, ...] = ()
    entries: tuple[s.EntryBeside, ...] = ()
    find: str = ""


def near_view(book: Rulebook, one: Near, now: datetime, key: str = "", unit: str = "") -> s.NearView:
    """A matter beside the call, in two lines."""
    kind = book.kinds[one.kind].term if one.kind in book.kinds else ""
    told = (kind, MATTER_TERMS[MatterStatus(one.status)], said.day(one.at.astimezone(book.tz).date()), unit)
    mark = None
    if one.due_at is not None and stands(one.status) == repeats.OPEN:
        due = Due(one.due_at, one.due_clause or book.provision("office_dates").clause, (), one.provisional)
        mark = due_mark(book, due, one.received_at, now, urgent=one.urgent, short=True,
                        settled_at=one.filed_at)  # fmt: skip
    return s.NearView(one.number, said.short_number(one.number), one.gist, f"/staff/m/{one.number}/",
                      " · ".join(filter(None, told)), mark, key)  # fmt: skip


def caller_view(book: Rulebook, beside: Beside, phone: str, now: datetime, *, wrong: bool = False) -> s.CallerView:
    """Who calls: cautions, what is open, what came before."""
    if beside.earlier is None:
        return s.CallerView(NO_SUCH if wrong else NOT_LOOKED if phone else NO_NUMBER)
    terms, clause = abuse.sorts(book), link(book.provision("abuse").clause)
    cautions = tuple(s.Fact(terms.get(sort, sort), f"到 {said.limit(until, book.tz)} 为止", clause=clause)
                     for sort, until in beside.cautions)  # fmt: skip
    listed, beyond = cut(beside.earlier, at_intake.MOST)
    is_open = [one for one in listed if stands(one.status) == repeats.OPEN]
    past = [near_view(book, one, now) for one in listed if one not in is_open]
    opened = [near_view(book, one, now, "" if i else "G") for i, one in enumerate(is_open)]
    return s.CallerView("" if beside.earlier else NOTHING, cautions, tuple(opened), tuple(past),
                        FURTHER_BACK if beyond else None)  # fmt: skip


def _views(case: AnyCase, data: Mapping[str, Any], problems: Sequence[Problem]) -> dict[str, s.FieldView]:
    by_field = {p.field: p for p in problems}
    found = {f.name: field_view(f, case, str(data.get(f.name, "") or ""), by_field.get(f.name))
             for f in recording.fields(case.book)}  # fmt: skip
    return {name: desk_field(case.book, one) for name, one in found.items()}


def desk_field(book: Rulebook, one: s.FieldView) -> s.FieldView:
    """As this page has it: few choices side by side, a yes as one box, categories from the city's tree, no headings
    between."""
    kind = "radio" if one.name in RADIO else "tick" if one.name in TICKS else one.kind
    if one.name == "category" and (listed := categories.choices(one.value)):
        choices = tuple(s.Choice(value, label, chosen=value == one.value) for value, label in listed)
        return replace(one, kind="choice", choices=choices, short=False)
    choices = tuple(replace(c, label=one.label) for c in one.choices) if kind == "tick" else one.choices
    return replace(one, section="", section_note="", short=False, kind=kind, choices=choices,
                   rows=ROWS.get(one.name, one.rows))  # fmt: skip


def _sorting(views: Mapping[str, s.FieldView], placed: set[str]) -> tuple[s.FieldView, ...]:
    """What is sorted out of the record, in the order in which it is asked; then what is not known here."""
    rest = [name for name in views if name not in placed and name not in ORDER]
    return tuple(views[name] for name in (*ORDER, *rest) if name in views)


def _elements(book: Rulebook, views: Mapping[str, s.FieldView]) -> tuple[s.ElementField, ...]:
    """The elements of the record; whoever cannot tell one need not, the reason stands below."""
    short = recording.derived(book).get("gist", ())[:1]
    every = [s.ElementField(replace(views[id_], required=True, missing_said=""), bool(views[id_].value.strip()),
                            views[id_].kind == "text" and id_ not in short)
             for id_ in elements.terms(book)]  # fmt: skip
    if every:  # what came from this telephone before, and what was begun, stands between: one key goes past it
        every[0] = replace(every[0], field=replace(every[0].field, key=RECORD_KEY))
    at = sum(one.half for one in every)  # behind the short ones: where it is, by its code
    third = bool(at % 2)  # the last of them shares its line with the places
    if third:
        every[at - 1] = replace(every[at - 1], half=False, third=True)
    places = (views[AREA], replace(views[COMMUNITY], suggests="communities"))
    return (*every[:at], *(s.ElementField(one, False, not third, False, third) for one in places), *every[at:])


def _ways(case: AnyCase, data: Mapping[str, Any]) -> tuple[s.VerbView, ...]:
    """The four ways of handling, each with its key; who does not do one passes it on by the same key."""
    return tuple(_way(case, name, str(at), str(data.get("kind", ""))) for at, name in enumerate(WAYS, 1))


def _way(case: AnyCase, name: str, key: str, kind: str) -> s.VerbView:
    card, role = REGISTRY[name], case.actor.role
    may = ways.may_connect(case.book, kind, case.now) if name == "connect" and kind else None
    if may is not None and not may.ok:
        return s.VerbView(name, card.term, "", False, key, f"{may.because}。", link(may.clause))
    term = card.term if role in card.by else f"{card.term}，交派单员"
    return s.VerbView(name, term, "", True, key, primary=name == "dispatch")


def _limit(case: AnyCase, data: Mapping[str, Any]) -> tuple[s.Fact, ...]:
    """By when it would have to be done if it were dispatched now."""
    book, kind, urgent = case.book, str(data.get("kind", "")), data.get("urgent") == "1"
    if kind not in book.kinds:
        return (s.Fact("期限", "选好种类，这里写现在转办要在哪一天前办结。"),)
    try:
        due = limits.due(book, kind, case.now, urgent=urgent)
    except UncoveredYear as missing:
        return (s.Fact("期限", f"{missing}。"),)
    if due is None:
        return (s.Fact("期限", f"{book.kind(kind).term}没有办理期限。"),)
    mark = due_mark(book, due, case.now, case.now, urgent=urgent, short=False)
    return (s.Fact("现在转办", due=replace(mark, readings=())),)


def _near(book: Rulebook, beside: Beside, now: datetime) -> tuple[s.NearView, ...]:
    """What looks the same nearby; with whom it is, where somebody has it already."""
    return tuple(near_view(book, one, now, "" if i else "J", network.name(one.unit_id))
                 for i, one in enumerate(beside.near))  # fmt: skip


def _refused(one: refusals.Refusal) -> str:
    """What pressing it does."""
    return "登记，移交紧急救助" if one.hand_over else "登记，提请班长" if one.approver else "登记，不予受理"


def _refusals(book: Rulebook) -> tuple[s.RefusalView, ...]:
    return tuple(s.RefusalView(sure(one.id), one.term, one.told, one.channel,
                               _refused(one))
                 for one in refusals.items(book).values())  # fmt: skip


def _rescues(case: AnyCase) -> tuple[s.Rescue, ...]:
    """One key to each emergency service."""
    pairs = zip(number_choices(case), RESCUE_KEYS, strict=False)
    return tuple(s.Rescue(number, term.removeprefix(number).strip(), key) for (number, term), key in pairs)


def _drafts(book: Rulebook, others: Sequence[Draft]) -> tuple[tuple[s.Link, ...], str]:
    """The newest, and what is said of those before."""
    shown, beyond = cut(others, drafts.MOST)
    links = tuple(s.Link(recording.begun(book, one.data, one.saved_at), f"{ADDRESS}?draft={one.act_id}")
                  for one in shown)  # fmt: skip
    return links, f"这里是最近的 {drafts.MOST} 份，还有更早的；登记或收起几份，就会列出来。" if beyond else ""


def _summary(case: AnyCase, draft: Draft, views: Mapping[str, s.FieldView], problems: Sequence[Problem]) -> s.FormView:
    """What is wrong, as every form says it."""
    of_all = [p for p in problems if p.field not in views]
    clause = next((p.clause for p in of_all if p.clause), None)
    top = dict.fromkeys((*CALLER, *MORE, *elements.terms(case.book)))  # as they stand on the page
    asked = tuple(views[name] for name in {**top, **dict.fromkeys(views)} if name in views)
    return s.FormView("受理台", ADDRESS, asked, act_id=str(draft.act_id),
                      problem="；".join(p.because for p in of_all), problem_clause=link(clause))  # fmt: skip


def intake_view(case: AnyCase, draft: Draft, beside: Beside, problems: Sequence[Problem]) -> s.IntakeView:
    """The whole desk."""
    book, data = case.book, draft.data
    views = _views(case, data, problems)
    placed = {AREA, COMMUNITY, *CALLER, *MORE, *elements.terms(book)}
    form = _summary(case, draft, views, problems)
    begun, more_begun = _drafts(book, beside.drafts)
    sought = beside.find or data.get("cause")
    return s.IntakeView(
        form, tuple(views[n] for n in CALLER), tuple(views[n] for n in MORE),
        caller_view(book, beside, str(data.get("phone", "")), case.now, wrong=bool(views["phone"].error)),
        "记录", elements.title(book), sure(REGISTRY["register"].provision(book).clause), _elements(book, views),
        recording.complete(book, data), _sorting(views, placed),
        _rescues(case), _ways(case, data), _refusals(book), _limit(case, data),
        f"{recording.clock(book, draft.saved_at)} 已保存在服务器" if draft.saved_at else "", begun,
        f"{ADDRESS}?new=1", _near(book, beside, case.now), "" if data.get("area") else NO_AREA,
        beside.find, beside.entries, NOT_FOUND if sought else NOT_SOUGHT, more_begun, beside.communities,
        PROPOSE if sought else "",
    )  # fmt: skip
