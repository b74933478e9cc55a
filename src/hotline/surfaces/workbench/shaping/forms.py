"""表单成形: a card's form as fields on a page, with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from hotline.casework.records import Mark, Matter
from hotline.network import desks as network
from hotline.network import rosters
from hotline.network.records import Unit
from hotline.procedure.card import Effect
from hotline.procedure.case import Case
from hotline.procedure.forms import TICKED, Field, Problem
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Due
from hotline.surfaces import receiving
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import Choice, Clause, DueMark, Fact, FieldView, FormView, Link
from hotline.surfaces.workbench.shaping.desk import card_mark, due_mark

ON_PHONE = "on_phone"  # a unit to be called: with who is on duty there now
UNITS = ("unit", "any_unit", "unit_below", ON_PHONE)  # those that may be given orders; all below the platform
PLACE = "place"  # a county or township, by its code
LEADER = "leader"  # the post of a city leader
LISTED = (*UNITS, LEADER, PLACE)  # chosen from what the network holds
KINDS = {"flag": "checkbox", **dict.fromkeys(LISTED, "choice"), "pairs": "textarea", "instant": "datetime"}
UNCOUNTED = (*TICKED, *LISTED, "files")
ROWS = {"reply": 8, "answer": 6, "words": 6, "course": 4, "citations": 2}


GOES_TO = "这件事须回避，只能交这个单位"
NOT_LISTED = "另有 {} 个单位还缺承办人、签批人或值班电话，不能接单，没有列出"


def _named(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(str(u.id), ("　" if u.level > 2 else "") + u.name) for u in units]


def _callable(units: Sequence[Unit], now: datetime) -> list[tuple[str, str]]:
    """Units, each with who answers its telephone now."""
    turns = rosters.on_duty({u.id for u in units}, now)
    calls = {u.id: "、".join(f"{t.name} {t.phone}" for t in turns.get(u.id, ())) or u.phone for u in units}
    return [(id_, f"{said} · {calls[int(id_)] or '没有值班电话'}") for id_, said in _named(units)]


def _units(field: Field, case: Case[Any, Any]) -> tuple[list[tuple[str, str]], str]:
    """The units, or the leaders, to choose from, and what is said of units left out."""
    if field.kind == LEADER:
        return [(str(post_id), who) for post_id, who in network.leaders()], ""
    if field.kind == PLACE:
        return network.places(), ""
    if field.kind == "any_unit":
        return _named(network.units_below()), ""
    if field.kind == ON_PHONE:
        return _callable(network.units_below(), case.now), ""
    matter = case.dossier.find(Matter, case.dossier.chain.id)
    instead = network.unit(matter.goes_to_unit_id) if matter and matter.goes_to_unit_id else None
    if instead is not None:
        return _named([instead]), GOES_TO
    able, others = network.units_that_receive(case.book)
    if field.kind == "unit_below":
        return _named([u for u in able if u.id != case.actor.unit_id and u.level2_id == case.actor.unit_id]), ""
    return _named(able), NOT_LISTED.format(others) if others else ""


def _choices(
    field: Field, case: Case[Any, Any], value: str, units: Sequence[tuple[str, str]]
) -> tuple[Choice, ...]:
    if field.kind == "files":
        held = receiving.shown({field.name: value}, field.name)
        return tuple(Choice(token, name, chosen=True) for token, name in held)
    if field.kind == "tick":
        return (Choice("1", field.label, chosen=value in ("1", "True", "on")),)
    if field.kind == "flag":
        return (Choice("1", "是", chosen=value in ("1", "True", "on")),)
    options = units if field.kind in LISTED else field.options(case)
    named = ((str(v), f"{v} {label}" if v in case.book.clauses else label) for v, label in options)
    return tuple(Choice(v, label, chosen=v == value) for v, label in named)


def _hint(field: Field, left_out: str) -> str:
    return receiving.hint() if field.kind == "files" else field.hint or left_out


def field_view(field: Field, case: Case[Any, Any], value: str, problem: Problem | None) -> FieldView:
    """One field, with its value and what is wrong with it."""
    units, left_out = _units(field, case) if field.kind in LISTED else ([], "")
    return FieldView(
        field.name, field.label, KINDS.get(field.kind, field.kind), value, (), _choices(field, case, value, units),
        problem.because if problem else "", _hint(field, left_out), field.required and field.kind not in TICKED,
        None if field.choices or field.kind in UNCOUNTED else field.max_length, ROWS.get(field.name, 3),
        missing_said=field.missing_said, clause=link(problem.clause) if problem and problem.clause else None,
        section=field.section, section_note=field.section_note,
        short=field.kind == "text" and field.max_length <= 60,
    )  # type: ignore[arg-type]  # fmt: skip


def _typed(field: Field, data: Mapping[str, Any]) -> str:
    value = data.get(field.name)
    return "" if value is None else str(value)


def _names(case: Case[Any, Any]) -> set[str]:
    return {f.name for f in case.card.fields(case.book)}


def _elsewhere(case: Case[Any, Any], problems: Sequence[Problem]) -> str:
    known = _names(case)
    return "；".join(p.because for p in problems if p.field not in known)


def _clause_elsewhere(case: Case[Any, Any], problems: Sequence[Problem]) -> Clause | None:
    known = _names(case)
    return link(next((p.clause for p in problems if p.field not in known and p.clause), None))


def _effect(case: Case[Any, Any], effect: Effect) -> Fact:
    """What the button will do: a date as a mark with its clause, a card as a card, else words."""
    label, value = effect.label, effect.value
    if isinstance(value, Due):
        return Fact(label, due=_mark(case, value))
    if isinstance(value, Mark):
        return Fact(label, card=card_mark(case.book, value.colour, value.cause))
    return Fact(label, str(value))


def _mark(case: Case[Any, Any], due: Due, *, ticking: bool = False) -> DueMark:
    received, urgent = getattr(case.subject, "received_at", case.now), getattr(case.subject, "urgent", False)
    return due_mark(case.book, due, received, case.now, urgent=urgent, short=False, ticking=ticking)


def _until(case: Case[Any, Any]) -> tuple[Fact, ...]:
    """Until when this may still be done, and how long that is from now."""
    due = case.card.until(case)
    label = "可申请至" if case.card.term.startswith("申请") else "可办至"
    return (Fact(label, due=_mark(case, due, ticking=True)),) if due else ()


def effects(case: Case[Any, Any]) -> tuple[Fact, ...]:
    """Until when it may be done, and what the button will do."""
    try:
        return (*_until(case), *(_effect(case, effect) for effect in case.card.effects(case)))
    except UncoveredYear as missing:
        return (Fact("期限", f"{missing}。"),)


def form_view(case: Case[Any, Any], action: str, *, data: Mapping[str, Any], problems: Sequence[Problem] = (),
              seen_seq: int | None = None, act_id: str = "", back: Link | None = None, conflict: str = "",
              conflict_lines: Sequence[Any] = (), skip: Sequence[str] = ()) -> FormView:  # fmt: skip
    """A card's form. `data` is what was typed, or what it starts with; `skip` names fields the page does not ask."""
    by_field = {p.field: p for p in problems}
    asked = (f for f in case.card.fields(case.book) if f.name not in skip)
    fields = tuple(field_view(f, case, _typed(f, data), by_field.get(f.name)) for f in asked)
    return FormView(
        case.card.term, action, fields, link(case.card.section(case.book)), act_id or str(uuid4()), seen_seq,
        problem=_elsewhere(case, problems), problem_clause=_clause_elsewhere(case, problems), conflict=conflict,
        conflict_lines=tuple(conflict_lines), effects=effects(case), back=back,
    )  # fmt: skip
