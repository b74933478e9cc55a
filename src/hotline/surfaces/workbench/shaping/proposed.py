"""建议的单位成形: the units that come into question for a matter, why, by when each would have to answer, and why one of
them cannot be given an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hotline.casework import conflicts
from hotline.casework.at_dispatch import Before, Precedent
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter
from hotline.casework.statuses import OrderStatus
from hotline.network import desks as network
from hotline.network.catalogue import Duty, is_local
from hotline.network.records import Unit
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.rules import dating, doors, limits
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.rulings import because, who

MatterCase = Case[MatterDossier, Matter]
DOES = {True: "派给它", False: "提请指定它"}
KEYS = "123456789"
LEADS, ASSISTS = "职责目录：牵头", "职责目录：协办"
NO_BASIS = "目录没有写依据"
LACKING = "还缺承办人、签批人或值班电话，不能接单。"


@dataclass(frozen=True, slots=True)
class Found:
    """找到的: what the catalogue says, which county it is, what was settled and done before."""

    duties: Sequence[Duty]
    county: Unit | None
    before: Before


@dataclass(slots=True)
class _Unit:
    unit: Unit
    assists: bool = False
    ruling: str = ""  # the number of the matter in which it was settled that this unit answers
    because: list[s.Because] = field(default_factory=list)


def _of_catalogue(book: Rulebook, duty: Duty) -> s.Because:
    local = "，属地" if duty.local else ""
    return s.Because((LEADS if duty.lead else ASSISTS) + local, duty.basis or NO_BASIS,
                     clause=link(REGISTRY["dispatch"].provision(book).clause))  # fmt: skip


def _of_the_past(one: Precedent, county: Unit | None) -> s.Because:
    near = f"，其中{county.short}的 {one.nearby} 件" if county and one.nearby else ""
    return s.Because(f"同类办结过 {one.count} 件{near}", f"最近一件 {said.short_number(one.newest)}",
                     f"/staff/m/{one.newest}/")  # fmt: skip


def _of_another_place(unit: Unit, county: Unit | None) -> bool:
    """Whether a unit answers for a place, and for another one."""
    return county is not None and is_local(unit) and county.id not in (unit.id, unit.level2_id)


def gathered(book: Rulebook, found: Found, instead: Unit | None) -> list[_Unit]:
    """Each unit once, in the order in which they come into question: whom the matter must go to, if it must (R-21);
    else by what was settled before, as the catalogue names them, then by what was done before."""
    units: dict[int, _Unit] = {}
    if instead is not None:
        clause = link(book.provision("complaint_against").clause)
        units[instead.id] = _Unit(instead, because=[s.Because("须回避，只能交这个单位", clause=clause)])
    names = who(found.before.settled)
    for ruling in found.before.settled:
        unit = network.unit(ruling.unit_id)
        if unit is not None and unit.status == "open" and not _of_another_place(unit, found.county):
            one = units.setdefault(unit.id, _Unit(unit, ruling=ruling.number))
            one.because += because(book, ruling, names)
    for duty in found.duties:
        one = units.setdefault(duty.unit.id, _Unit(duty.unit, not duty.lead))
        one.because.append(_of_catalogue(book, duty))
    for precedent in found.before.precedents:
        unit = network.unit(precedent.unit_id)
        if unit is not None and unit.status == "open" and not _of_another_place(unit, found.county):
            units.setdefault(unit.id, _Unit(unit)).because.append(_of_the_past(precedent, found.county))
    return list(units.values())


def _closed(case: MatterCase, unit: Unit, able: Iterable[str]) -> tuple[str, s.Clause | None]:
    """Why it cannot be given the matter, with the clause."""
    verdict = conflicts.may_get(case.book, case.dossier.matter, unit.id, unit.level2_id)
    if not verdict.ok:
        return verdict.because, link(verdict.clause)
    return ("", None) if str(unit.id) in able else (LACKING, link(case.book.provision("receiving").clause))


def dates_of(case: MatterCase, kind: str, urgent: bool) -> tuple[s.DueMark | None, s.DueMark | None]:
    """By when a lead would have to answer, and whoever assists it, were it dispatched now."""
    book, steps = case.book, (dating.delivered(kind, case.now, urgent=urgent),)
    lead = dating.fold(book, steps)
    share = dating.fold(book, (dating.assisting(case.now, steps, urgent=urgent),)) if lead else None
    return _mark(case, lead, urgent), _mark(case, share, urgent)


def _mark(case: MatterCase, due: Due | None, urgent: bool) -> s.DueMark | None:
    return due_mark(case.book, due, case.now, case.now, urgent=urgent, short=False) if due else None


def proposed(case: MatterCase, found: Found, able: Sequence[str], data: Mapping[str, Any],
             verb: str) -> tuple[s.ProposedUnit, ...]:  # fmt: skip
    """The units on the desk, those that can be given it with a key each."""
    matter = case.dossier.matter
    kind, urgent = str(data.get("kind") or matter.kind), bool(data.get("urgent"))
    try:
        due, share = dates_of(case, kind, urgent) if kind in case.book.kinds else (None, None)
    except UncoveredYear:
        due = share = None
    views: list[s.ProposedUnit] = []
    gave_back = {order.unit_id for order in case.dossier.orders if order.status == OrderStatus.RETURNED}
    gives_back = {order.unit_id for order in case.dossier.open_orders() if order.return_filed_at is not None}
    gives, keys = verb == "dispatch", iter(KEYS)  # else it is put before the government
    for one in gathered(case.book, found, network.unit(matter.goes_to_unit_id)):
        closed, clause = _closed(case, one.unit, able)
        if one.unit.id in gave_back:
            one.because.append(s.Because("这件事它退回过，热线办同意了"))
        if one.unit.id in gives_back:
            one.because.append(s.Because("这件事它正在申请退回"))
        ticked = gives and (one.unit.code in data["assist"] if "assist" in data else one.assists and not closed)
        key = "" if closed or not verb else next(keys, "")
        rests = f":{one.ruling}" if one.ruling and gives else ""
        value, first = f"{verb}:{one.unit.id}{rests}" if verb else "", gives and key == KEYS[0]
        views.append(s.ProposedUnit(value, one.unit.code, one.unit.short, tuple(one.because), due,
                                    share if ticked else None, key, ticked, closed, clause, first,
                                    DOES[gives], gives))  # fmt: skip
    return tuple(views)


def dates(case: MatterCase, kind: str, urgent: bool) -> tuple[s.Fact, ...]:
    """What else would run from now on for whoever gets it: by when to sign, to return, to speak to the citizen; and the
    date that each other kind would bring."""
    book, now = case.book, case.now
    try:
        due = limits.due(book, kind, now, urgent=urgent)
        door = doors.return_until(book, now, urgent=urgent)
        contact = limits.contact_until(book, kind, now, urgent=urgent, due=due)
        runs = (("签收", limits.sign_until(book, now, urgent=urgent, due=due)), ("可退回", door), ("联系", contact))
        facts = [s.Fact(label, due=_mark(case, one, urgent)) for label, one in runs if one]
        share = dates_of(case, kind, urgent)[1]
        facts += [s.Fact("协办", due=share)] if share else []
        at_once = None if urgent else limits.due(book, kind, now, urgent=True)
        facts += [s.Fact("如是紧急", due=_mark(case, at_once, True))] if at_once else []
        others = ((one.term, limits.due(book, one.id, now)) for one in book.kinds.values() if one.id != kind)
        return (*facts, *(s.Fact(f"如是{term}", due=_mark(case, one, False)) for term, one in others if one))
    except UncoveredYear as missing:
        return (s.Fact("期限", f"{missing}。"),)
