"""网络受理台成形: the queue of what came in writing, and what somebody has taken of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from hotline.casework.at_intake import Near
from hotline.casework.at_web import Written
from hotline.casework.desks import MANY, PAGE
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_APPROVE
from hotline.casework.records import Matter
from hotline.network import desks as network
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules import elements, office, refusals
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.claims import Claim
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.several import Portion
from hotline.surfaces.workbench.shaping.desk import Asked, counted, due_mark, row_view
from hotline.surfaces.workbench.shaping.forms import field_view
from hotline.surfaces.workbench.shaping.intake import desk_field, near_view
from hotline.surfaces.workbench.shaping.matter import CHANNELS, brief

ADDRESS = "/staff/desk/web/"
APPROVALS = "approvals"
ASKED = "ask_"
HALF = ("item", "category", "urgent", "urgent_reason", "time", "place")
TITLE, TO_BE_APPROVED = "等着受理的书面来件", "拟不受理，等您批准"
FIRST_KEY = "E"  # to the first field, past whatever stands before it
REASON = Field("reason", "理由", "textarea", max_length=1000, required=False,
               hint="不予受理的写具体理由，诉求人会看到；按广告拒办的可以空着")  # fmt: skip
DATES = {"dispatch_until": ("派出", "office_dates"), "source_due_at": ("来源要求", "sources"), "promised_at": ("答应", "")}
NO_NEAR = "没有看到同一个地方、同一类或者说法相近的未结事项。"
NO_AREA = "没有写县区、乡镇，找不了附近的；可以从上面的“查找”按字词找。"
ON_PAPER = s.Link("登记来信、来函", f"/staff/register/?channel={office.WRITTEN[1]}")
IN_DANGER = "来件里有危及生命的话，不能一个键就按广告拒；确实不受理的，从右边选情形，写明理由。"
NOBODY = "现在没有等着受理的书面来件。网上提交的、来信来函、省平台和市领导信箱转来的登记以后，会自动排进来。"


@dataclass(frozen=True, slots=True)
class Report:
    """上一次按下的结果: what to say, what was ticked, which reason was typed."""

    said: str = ""
    ticked: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在台上的: the case of taking it in, how many wait, whose it is until when, what was typed, what is wrong, what is
    alike."""

    case: Case[MatterDossier, Matter]
    waiting: int
    claim: Claim | None
    data: Mapping[str, Any]
    problems: Sequence[Problem]
    near: Sequence[Near]
    conflict: str = ""
    conflict_lines: Sequence[Any] = ()


def _binding(book: Rulebook, dates: Mapping[str, datetime | None], clause: str | None) -> tuple[str, Due | None]:
    """The date that falls first, and what it is for."""
    there = [(at, name) for name, at in dates.items() if at is not None]
    if not there:
        return "", None
    at, name = min(there)
    term, rests_on = DATES[name]
    rule = book.provision(rests_on) if rests_on else None
    return term, Due(at, rule.clause if rule else clause or "", rule.readings if rule else ())


def _source(book: Rulebook, row: Written) -> str:
    """Where it came from: the channel, or who passed it on."""
    return book.provision("sources").values["sorts"].get(row.source) or CHANNELS.get(row.channel, row.channel)


def _waited(length: timedelta) -> str:
    span = said.span(length, "天")
    return f"等了 {span}" if span else "刚到"


def _row(book: Rulebook, now: datetime, row: Written, held: Claim | None, report: Report) -> s.WrittenRow:
    dates = {name: getattr(row, name) for name in DATES}
    note, due = _binding(book, dates, row.promised_clause)
    mark = due_mark(book, due, row.since, now, urgent=row.urgent, short=True) if due else None
    whose = "" if held is None else "您取走" if held.mine else f"{held.name}取走"
    tags = (*(("险情",) if row.alarmed else ()), *(("紧急",) if row.urgent else ()))
    return s.WrittenRow(
        row.number, said.short_number(row.number), row.gist, book.kind(row.kind).term, f"/staff/m/{row.number}/",
        _source(book, row), _waited(now - row.since),
        f"{whose}，还留 {said.span(held.left)}" if held else "", mark, note, tags,
        held is None or held.mine, row.number in report.ticked,
    )  # fmt: skip


def _filters(waiting: int, counts: Mapping[str, int], of: str) -> tuple[s.FilterGroup, ...]:
    lists = [s.Filter("书面来件", counted(waiting), ADDRESS + "?of=all", of != APPROVALS)]
    if TO_APPROVE.name in counts:
        lists.append(s.Filter("拟不受理", counted(counts[TO_APPROVE.name]), f"{ADDRESS}?of={APPROVALS}", of == APPROVALS))
    return (s.FilterGroup("网络受理台", tuple(lists)),)


def _form(term: str, report: Report, action: str) -> s.FormView:
    return s.FormView(term, action, act_id=str(uuid4()), problem=report.said)


def _behind(row: str) -> str:
    return f"{ADDRESS}?{urlencode({'of': 'all', 'after': row})}"


def queue(book: Rulebook, now: datetime, rows: Sequence[Written], held: Mapping[int, Claim], counts: Mapping[str, int],
          report: Report, after: str) -> s.WrittenQueue:  # fmt: skip
    """What waits, first what falls due first, with who has what."""
    (shown, beyond), of = cut(rows, PAGE), rows[0].of if rows else 0
    ground, because = refusals.advertising(book)
    reason = s.FieldView("reason", "理由", value=report.reason or because, max_length=1000,
                         hint="每一件都照这样告诉诉求人")  # fmt: skip
    term = f"提请按广告不予受理（{ground.id}），班长批准" if ground.approver else f"按广告不予受理（{ground.id}）"
    here = _behind(after) if after else f"{ADDRESS}?of=all"
    return s.WrittenQueue(
        TITLE, _filters(of, counts, ""), tuple(_row(book, now, row, held.get(row.id), report) for row in shown),
        _form(TITLE, report, here), s.VerbView("refuse_all", term, "", bool(shown), "G"), reason,
        s.VerbView("next", "取下一件", "", bool(shown), "N", primary=True),
        _behind(f"{shown[-1].place}~{shown[-1].id}") if beyond else "",
        f"{ADDRESS}?of=all" if after else "", NOBODY,
        f"共 {counted(of) if of > MANY else of} 件，最先到期的在前", enter=ON_PAPER,
    )  # fmt: skip


def approvals(book: Rulebook, now: datetime, page: Portion, waiting: int, counts: Mapping[str, int],
              report: Report) -> s.WrittenQueue:  # fmt: skip
    """The refusals that wait for a shift leader."""
    asked = Asked(None, None, TO_APPROVE, now)  # type: ignore[arg-type]
    views = [row_view(book, row, asked) for row in page.rows]
    shown = tuple(s.WrittenRow(v.number, v.number_short, v.gist, v.kind_term, f"/staff/m/{v.number}/", v.status_term,
                               "", due=v.due, due_note="决定", ticked=v.number in report.ticked)
                  for v in views)  # fmt: skip
    reason = s.FieldView("reason", "意见", value=report.reason, max_length=1000, required=False, hint="诉求人看不到")
    return s.WrittenQueue(
        TO_BE_APPROVED, _filters(waiting, counts, APPROVALS), shown,
        _form(TO_BE_APPROVED, report, page.address),
        s.VerbView("approve_all", "批准勾选的", "", bool(shown), "Y", primary=True), reason,
        next_url=page.next_url, first_url=page.first_url,
        empty_said=f"{'这一页' if page.next_url or page.first_url else ''}没有等您批准的不予受理。", note="先点开看一眼原话；不同意的从它自己的页面不批准",
        heads=("状态", "", "要您做的"),
    )  # fmt: skip


def _fields(posed: Posed, wrong: Mapping[str, Problem]) -> tuple[tuple[s.FieldView, bool], ...]:
    """What taking it in asks for, filled with what the citizen has told already."""
    case = posed.case
    views = [desk_field(case.book, field_view(f, case, str(posed.data.get(f.name) or ""), wrong.get(f.name)))
             for f in case.card.fields(case.book)]  # fmt: skip
    views[:1] = [replace(one, key=FIRST_KEY) for one in views[:1]]
    told = elements.terms(case.book)
    return tuple((replace(one, required=True, missing_said="") if one.name in told else one, one.name in HALF)
                 for one in views)  # fmt: skip


def _asked(posed: Posed, wrong: Mapping[str, Problem]) -> tuple[s.FieldView, ...]:
    """What asking for facts asks for, under names of its own; required only where one asks."""
    case = replace_card(posed.case, "ask_for_facts")
    return tuple(replace(field_view(f, case, str(posed.data.get(ASKED + f.name) or ""), wrong.get(ASKED + f.name)),
                         name=ASKED + f.name, required=False, short=False)
                 for f in case.card.fields(case.book))  # fmt: skip


def replace_card(case: Case[MatterDossier, Matter], name: str) -> Case[MatterDossier, Matter]:
    """The same, of another card."""
    return Case(REGISTRY[name], case.dossier, case.subject, case.actor, case.now, case.book, case.tools)


def _refusals(book: Rulebook) -> tuple[s.RefusalView, ...]:
    ways = {one.id: "移交紧急救助" if one.hand_over else "提请班长不予受理" if one.approver else "不予受理"
            for one in refusals.items(book).values()}  # fmt: skip
    return tuple(s.RefusalView(sure(one.id), one.term, one.told, one.channel, ways[one.id])
                 for one in refusals.items(book).values())  # fmt: skip


def _verbs(case: Case[MatterDossier, Matter]) -> tuple[s.VerbView, ...]:
    safe = case.subject.alarm_at is None
    advert = s.VerbView("advert", "按广告拒办", "", safe, "G", "" if safe else IN_DANGER,
                        None if safe else link(case.book.provision("danger").clause))  # fmt: skip
    return (s.VerbView("accept", "受理", "", True, "A", primary=True),
            s.VerbView("ask_for_facts", "请诉求人补充", "", True, "Q"),
            advert, s.VerbView("skip", "交回，换一件", "", True, "B"),
            s.VerbView("hand_back", "交回", "", True, "Z"))  # fmt: skip


def _held(posed: Posed) -> str:
    claim = posed.claim
    if claim is None or claim.number != posed.case.subject.number:
        return "已经不在您手上"
    return f"您取的，还留 {said.span(claim.left)}"


def written_view(posed: Posed, matter: s.MatterView) -> s.WrittenView:
    """What one has taken, whole."""
    case, wrong = posed.case, {p.field: p for p in posed.problems}
    fields, asked, subject = _fields(posed, wrong), _asked(posed, wrong), case.subject
    reason = field_view(REASON, case, str(posed.data.get("reason") or ""), wrong.get("reason"))
    every = (*(one for one, _ in fields), *asked, reason)
    of_all = [p for p in posed.problems if p.field not in {one.name for one in every}]
    form = s.FormView("网络受理台", f"{ADDRESS}?m={subject.number}", every, None, str(uuid4()), case.dossier.head.seq,
                      problem="；".join(p.because for p in of_all), conflict=posed.conflict,
                      problem_clause=link(next((p.clause for p in of_all if p.clause), None)),
                      conflict_lines=tuple(posed.conflict_lines))  # fmt: skip
    note, due = _binding(case.book, {name: getattr(subject, name) for name in DATES}, subject.promised_clause)
    since = subject.supplied_at or subject.registered_at
    near = tuple(near_view(case.book, one, case.now, "" if i else "J", network.name(one.unit_id))
                 for i, one in enumerate(posed.near))  # fmt: skip
    return s.WrittenView(
        form, replace(matter, fact_groups=brief(case.book, matter.fact_groups)),
        s.Place(f"连这件还有 {counted(posed.waiting)} 件"), _held(posed), note,
        due_mark(case.book, due, since, case.now, urgent=subject.urgent, short=False) if due else None, fields, asked,
        near, "" if near else NO_NEAR if subject.area else NO_AREA, _refusals(case.book), reason, _verbs(case),
        (s.Link("看整个队", f"{ADDRESS}?of=all"),), any(one.error for one in asked), bool(reason.error),
    )  # fmt: skip
