"""单位 (units): opening, amending and ending a unit of the network. No name or telephone stands in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import CalendarYear, CatalogueEntry, Category, DangerWord, MessageText, Unit
from hotline.network.roles import Role
from hotline.network.sorts import DESKS, SORTS, why_misplaced
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Choices, Field, Problem
from hotline.rules import receiving

UnitCase = Case[UnitDossier, Unit]


def levels(case: Any) -> Choices:
    """The levels, by the rulebook's own names."""
    names: Mapping[Any, str] = case.book.provision("levels").values["names"]
    return [(str(level), name) for level, name in names.items()]


KEPT = (CatalogueEntry, Category, MessageText, DangerWord)  # by the office while any of them holds
NAME = Field("name", "名称", max_length=80)
SHORT = Field("short", "简称", max_length=20)
PLACE = Field("place", "区划代码", required=False, max_length=12)
PHONE = Field("phone", "值班电话", "phone", required=False)


class OpenUnit(Card):
    """增设单位: a unit joins the network at one of the three levels (二段1)."""

    chain = "unit"
    term = "增设单位"
    rests_on = "levels"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Unit, (), "open")
    form = (
        Field("code", "编码", max_length=32),
        NAME,
        SHORT,
        Field("level", "级别", "choice", choices=levels),
        Field("parent", "上级单位编码", required=False, max_length=32),
        Field("sort", "类别", "choice", choices=tuple(SORTS.items())),
        Field("desk", "职能", "choice", required=False, choices=tuple(DESKS.items())),
        PLACE,
        PHONE,
    )
    deadline = UNCHANGED
    ledger = Line("unit_opened", ("code", "level", "parent_id", "sort", "desk"))
    creates = True
    needs = ("parent", "namesake")

    @classmethod
    def accepts(cls, case: UnitCase) -> Sequence[Problem]:
        """The code is free, the parent is open, and level, kind and parent agree."""
        form, parent = case.form, case.tools.extra["parent"]
        if case.tools.extra["namesake"]:
            return [Problem("code", f"编码“{form['code']}”已有单位使用。")]
        if form["parent"] and (parent is None or parent.status != "open"):
            return [Problem("parent", f"没有编码为“{form['parent']}”的在册单位。")]
        wrong = why_misplaced(int(form["level"]), form["sort"], form["desk"], parent.level if parent else None)
        return [Problem(*wrong, cls.clauses(case)[0])] if wrong else []

    @classmethod
    def change(cls, case: UnitCase) -> Mapping[str, Any]:
        """The unit's row; the line holds its code and its place in the tree."""
        form, parent = case.form, case.tools.extra["parent"]
        unit = Unit(
            id=case.subject.id, status="open", code=form["code"], name=form["name"], short=form["short"],
            level=int(form["level"]), parent_id=parent.id if parent else None, sort=form["sort"], desk=form["desk"],
            phone=form["phone"], place=form["place"],
        )  # fmt: skip
        case.insert(unit)
        case.figures["unit_id"] = unit.id
        return {name: getattr(unit, name) for name in cls.ledger.facts}


class AmendUnit(Card):
    """变更单位: a unit's name, place or duty telephone changes; its place in the tree does not."""

    chain = "unit"
    term = "变更单位"
    rests_on = "levels"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Unit, ("open",))
    form = (NAME, SHORT, PLACE, PHONE)
    deadline = UNCHANGED
    ledger = Line("unit_amended", ("changed",))

    @staticmethod
    def changed(case: UnitCase) -> dict[str, str]:
        """The fields that differ from what they were."""
        return {name: value for name, value in case.form.items() if value != getattr(case.subject, name)}

    @classmethod
    def accepts(cls, case: UnitCase) -> Sequence[Problem]:
        """Something must change."""
        return () if cls.changed(case) else [Problem("name", "与原来的内容一样，没有要变更的。")]

    @classmethod
    def change(cls, case: UnitCase) -> Mapping[str, Any]:
        """The new values; the line says which fields, not what they hold."""
        changed = cls.changed(case)
        case.update(case.subject, **changed)
        return {"changed": sorted(changed)}


class EndUnit(Card):
    """撤销单位: a unit ends, never is deleted. Its open orders go to its successor, with every date as it was; without
    one a unit that has open orders does not end. `open_orders` is looked up by the room that has the orders."""

    chain = "unit"
    term = "撤销单位"
    rests_on = "levels"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Unit, ("open",), "ended")
    form = (Field("successor", "承接单位编码", required=False, max_length=32),)
    deadline = UNCHANGED
    ledger = Line("unit_ended", ("code", "successor_id"))
    needs = ("below", "successor", "open_orders")

    @classmethod
    def accepts(cls, case: UnitCase) -> Sequence[Problem]:
        """No open unit below, no open post; a successor, if orders stand open, that can take them over."""
        below = case.tools.extra["below"]
        if below.units:
            return [Problem("", f"还有 {below.units} 个下级单位在册，请先撤销或另设。")]
        if below.posts:
            return [Problem("", f"还有 {below.posts} 个岗位在任，请先结束这些岗位。")]
        kept = (row for record in KEPT for row in case.dossier.all(record))
        if any(row.status == "open" for row in kept) or any(case.dossier.all(CalendarYear)):
            return [Problem("", "职责目录、类别、用语、险情词和日历记在它名下，不能撤销；要改名的，用“变更单位”。")]
        if case.form["successor"]:
            return cls._successor_problems(case)
        if count := case.tools.extra["open_orders"]:
            return [Problem("successor", f"还有 {count} 件工单没有办结，请写明由哪个单位承接。")]
        return ()

    @staticmethod
    def _successor_problems(case: UnitCase) -> list[Problem]:
        found, unit = case.tools.extra["successor"], case.subject
        if found is None or found.unit.status != "open" or found.unit.id == unit.id:
            return [Problem("successor", "承接单位须是另一个在册单位。")]
        if found.unit.level != unit.level:
            return [Problem("successor", "承接单位须与本单位同级。")]
        if case.tools.extra["open_orders"] and receiving.lacks(case.book, found.roles, found.unit.phone):
            clause = case.book.provision("receiving").clause
            return [Problem("successor", "承接单位还缺承办人、签批人或值班电话，不能接工单。", clause)]
        return []

    @classmethod
    def change(cls, case: UnitCase) -> Mapping[str, Any]:
        """When it ended, and who carries on."""
        successor = case.tools.extra["successor"]
        successor_id = successor.unit.id if successor else None
        case.update(case.subject, ended_at=case.now, successor_id=successor_id)
        return {"code": case.subject.code, "successor_id": successor_id}

    @classmethod
    def notices(cls, case: UnitCase) -> None:
        """The successor is told once, not for each order."""
        if case.tools.extra["successor"] and case.tools.extra["open_orders"]:
            case.tell("inherits", "unit", case.tools.extra["successor"].unit.id, ended_id=case.subject.id)
