"""派单台成形: a matter as the dispatcher's desk shows it: what both sides have said, which units come into question, what
may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_DECIDE, TO_DECIDE_RETURN, DeskSpec
from hotline.casework.records import Designation, Matter, Order, ReturnRequest
from hotline.network import desks as network
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import Field, Problem
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.forms import effects, field_view
from hotline.surfaces.workbench.shaping.proposed import Found, MatterCase, dates, proposed
from hotline.surfaces.workbench.shaping.returns import OUTCOMES as OF_RETURN

DUE_SAID = {TO_DECIDE.name: "派发期限", TO_DECIDE_RETURN.name: "决定期限"}
KEYS = {"dispatch": "S", "take_back": "B", "refuse_return": "N", "propose_designation": "G",
        "withdraw_designation": "B"}  # fmt: skip
ASKED = ("kind", "urgent", "urgent_reason", "secrecy", "major")
WORDS = Field("words", "意见", "textarea", max_length=2000, required=False,
              hint="提请指定的，写职责怎样交叉、为什么建议这个单位；退回的，写同意或不同意的理由，申请单位会看到")  # fmt: skip
TO_UNIT, TO_WORDS = "U", "E"  # keys to the two boxes, past the list, the story and the proposed units
ANOTHER = "另选单位"  # by none of the buttons that name one
NO_CATEGORY = "这件事没有写类别，目录和先例都找不到。可以“改类别”，或者另选单位。"
NOT_LISTED = "目录里没有“{}”这一类，先例也没有，请另选单位。"
NO_PLACE = "没有写县区，属地是哪个单位要您来定。"


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在台上的: the matter, what is to be decided of it, what may be done, where it stands, what was typed and what is
    wrong."""

    case: MatterCase
    subject: Matter | Order
    offers: Sequence[Offer]
    spec: DeskSpec
    press: str
    place: s.Place
    action: str
    data: Mapping[str, Any]
    problems: Sequence[Problem]
    conflict: str = ""
    conflict_lines: Sequence[Any] = ()
    settling: Sequence[Offer] = ()


def _request(book: Rulebook, dossier: MatterDossier, request: ReturnRequest) -> s.SideText:
    """A unit that wants to be rid of it, and what was decided of that."""
    order = dossier.get(Order, request.order_id)
    agreed = f"，{said.instant(request.agreed_at, book.tz)} 单位负责同志同意" if request.agreed_at else ""
    body = dossier.body
    decided = OF_RETURN.get(request.outcome, "待热线办决定" if request.agreed_at else "待本单位负责同志同意")
    because = body(request.because_id)
    return s.SideText(f"{network.name(order.unit_id)} 申请退回", f"{said.instant(request.asked_at, book.tz)}{agreed}",
                      (("理由", body(request.reason_id)), ("依据", body(request.basis_id))),
                      f"{decided}：{because}" if because else decided)  # fmt: skip


def _designation(book: Rulebook, dossier: MatterDossier, row: Designation) -> s.SideText:
    """The office's proposal to the government, and what came of it."""
    body = dossier.body
    if row.designated_unit_id is not None:
        decided = f"政府指定 {network.name(row.designated_unit_id)}：{body(row.document_id)}"
    else:
        decided = f"已撤回：{body(row.because_id)}" if row.withdrawn else "待市领导指定"
    return s.SideText(f"热线办 提请指定 {network.name(row.unit_id)}", said.instant(row.proposed_at, book.tz),
                      (("意见", body(row.opinion_id)),), decided)  # fmt: skip


def sides(book: Rulebook, dossier: MatterDossier) -> tuple[s.SideText, ...]:
    """What units and office have said about whose it is, newest first."""
    rows = sorted((*((one.asked_at, _request(book, dossier, one)) for one in dossier.all(ReturnRequest)),
                   *((one.proposed_at, _designation(book, dossier, one)) for one in dossier.all(Designation))),
                  key=lambda pair: pair[0], reverse=True)  # fmt: skip
    return tuple(view for _, view in rows)


def _verbs(posed: Posed) -> tuple[s.VerbView, ...]:
    """What may be done here, a closed one with its reason; what has nothing to do with this list is not shown."""
    wanted = [o for o in posed.offers if o.verdict.ok or o.card.name() == posed.press or o.subject is posed.subject]
    # Between agreeing, refusing and putting it before the government nothing stands first.
    primary = next((o for o in wanted if o.verdict.ok), None) if posed.press == "dispatch" else None
    return tuple(s.VerbView(o.card.name(), _term(posed, o), "", o.verdict.ok, KEYS.get(o.card.name(), ""),
                            o.verdict.because, None if o.verdict.ok else link(o.verdict.clause), primary=o is primary)
                 for o in sorted(wanted, key=lambda o: list(KEYS).index(o.card.name())))  # fmt: skip


def _term(posed: Posed, offer: Offer) -> str:
    return f"{offer.card.term}给另选的单位" if offer.card.name() == posed.press else offer.card.term


def _outcomes(posed: Posed) -> tuple[s.FactGroup, ...]:
    """What deciding will bring."""
    case = posed.case
    cases = (Case(o.card, case.dossier, o.subject, case.actor, case.now, case.book, case.tools)
             for o in posed.offers if o.verdict.ok and o.card.name() != "dispatch")  # fmt: skip
    found = ((one.card.term, effects(one)) for one in cases)
    return tuple(s.FactGroup(term, facts) for term, facts in found if facts)


def _due(posed: Posed) -> s.DueMark | None:
    """The office's own date, or the government's."""
    case, subject = posed.case, posed.subject
    at, rule = getattr(subject, posed.spec.sorted_by), case.book.provision(posed.spec.rests_on)
    if at is None or subject.status not in posed.spec.statuses:  # or it is off the list meanwhile
        return None
    since = subject.return_filed_at if isinstance(subject, Order) else subject.accepted_at
    due = Due(at, rule.clause, rule.readings)
    return due_mark(case.book, due, since or case.dossier.matter.registered_at, case.now, urgent=subject.urgent,
                    short=False)  # fmt: skip


def _fields(posed: Posed, data: Mapping[str, Any]) -> dict[str, s.FieldView]:
    """What is asked: the unit that none of the buttons names, who assists, what else a dispatch says, the words."""
    case, wrong = posed.case, {p.field: p for p in posed.problems}
    dispatching = posed.press == "dispatch"
    asked = [f for f in case.card.fields(case.book) if f.name == "unit" or (dispatching and f.name != "unit")]
    views = {f.name: field_view(f, case, str(data.get(f.name) or ""), wrong.get(f.name)) for f in (*asked, WORDS)}
    views[WORDS.name] = replace(views[WORDS.name], key=TO_WORDS)
    unit = replace(views["unit"], label=ANOTHER, key=TO_UNIT, required=False, error=_named_here(views["unit"].error))
    return {**views, "unit": unit} if posed.press else {"unit": unit, WORDS.name: views[WORDS.name]}


def _named_here(error: str) -> str:
    """What is said of the unit, by the name that its field has here."""
    return error.replace("“建议的承办单位”", f"“{ANOTHER}”").replace("“承办单位”", f"“{ANOTHER}”")


def _note(posed: Posed, found: Found, units: Sequence[s.ProposedUnit]) -> str:
    """Why nothing, or not everything, is proposed."""
    matter = posed.case.dossier.matter
    if not matter.category:
        return NO_CATEGORY
    if not units:
        return NOT_LISTED.format(matter.category)
    return NO_PLACE if found.county is None else ""


def _form(posed: Posed, fields: Mapping[str, s.FieldView]) -> s.FormView:
    of_all = [p for p in posed.problems if p.field not in fields]
    return s.FormView("派单台", posed.action, tuple(fields.values()), None, str(uuid4()), posed.case.dossier.head.seq,
                      problem="；".join(p.because for p in of_all), conflict=posed.conflict,
                      problem_clause=link(next((p.clause for p in of_all if p.clause), None)),
                      conflict_lines=tuple(posed.conflict_lines))  # fmt: skip


def dispatch_view(posed: Posed, found: Found, matter: s.MatterView) -> s.DispatchView:
    """The whole desk."""
    case, data = posed.case, posed.data
    fields, verbs = _fields(posed, data), _verbs(posed)
    press = next((one for one in verbs if one.name == posed.press), None)
    pressing = posed.press if press and press.open else ""
    units = proposed(case, found, [one.value for one in fields["unit"].choices], data, pressing)
    kind, urgent = str(data.get("kind") or case.dossier.matter.kind), bool(data.get("urgent"))
    running = dates(case, kind, urgent) if posed.press == "dispatch" and kind in case.book.kinds else ()
    names = (*(("unit", "assisting") if pressing else ()), *ASKED, *(("ruling",) if pressing else ()), WORDS.name)
    if any(one.primary for one in units):  # one thing to press first: the unit that comes first
        verbs = tuple(replace(one, primary=False) for one in verbs)
    shown = {name: fields[name] for name in names if name in fields}
    may = any(o.card.name() == "record_ruling" and o.verdict.ok for o in posed.settling)
    settle = s.Link("记裁定", f"{matter.url}record_ruling/?desk=dispatch") if may else None
    return s.DispatchView(
        _form(posed, shown), matter, posed.place, DUE_SAID.get(posed.spec.name, "指定期限"), _due(posed),
        sides(case.book, case.dossier), units, _note(posed, found, units), running, tuple(shown.values()),
        _outcomes(posed), verbs, settle,
    )  # fmt: skip
