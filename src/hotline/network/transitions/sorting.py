"""类别 (categories): the administrator adds one, gives it another name, retires it, each from a day on. What was sorted
before keeps the word under which it was sorted; a day already gone is not altered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import Category, Unit
from hotline.network.transitions.kept_by_office import OFFICE, AnyCase, OfficeCard, said_day, today
from hotline.procedure.card import Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem

NAME = Field("name", "名称", max_length=20, hint="受理台上看到的叫法，不写括号和顿号")
FROM = Field("from_on", "起用日", "date", max_length=10, hint="从这一天起可以选，不早于今天")
FORBIDDEN = set("、，,；;›/|（）()\"'<>")


class CategoryCard(OfficeCard, abstract=True):
    """A card on the tree of categories, which the hotline's office keeps."""

    rests_on = "change_of_kind"

    @classmethod
    def name_problems(cls, case: AnyCase, own: Category | None = None) -> list[Problem]:
        """The name can be written in a list, and no other category has it on that day; the day is not gone."""
        name, on = case.form["name"], case.form["from_on"]
        if FORBIDDEN & set(name) or len(name.split()) != 1:
            return [Problem("name", "名称里不要有空格、标点和括号。")]
        if on < today(case):
            return [Problem("from_on", "起用日不能早于今天。")]
        others = [row for row in case.dossier.all(Category) if row.name == name and row is not own]
        if any(row.ends_on is None or on < row.ends_on for row in others):
            return [Problem("name", f"已有“{name}”这个类别。")]
        return []


def holding(case: AnyCase, name: str, on: date) -> Category | None:
    """The category of this name on a day."""
    return next((row for row in case.dossier.all(Category) if row.name == name and row.holds(on)), None)


def below(case: AnyCase, top: Category, on: date) -> list[Category]:
    """What stands below a first-level category from a day on."""
    return [row for row in case.dossier.all(Category)
            if row.above == top.name and (row.ends_on is None or row.ends_on > on)]  # fmt: skip


class AddCategory(CategoryCard):
    """增设类别: one more name to sort by, of the first level or below one of it."""

    term = "增设类别"
    moves = moves(Unit, ("open",))
    form = (NAME, Field("above", "上级类别", required=False, max_length=20, hint="不选就是一级类别"), FROM)
    ledger = Line("category_added", ("category_id", "name", "above", "from_on"))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """Kept by the office; below a category of the first level that there is."""
        form = case.form
        if case.subject.desk != OFFICE:
            return [Problem("", "类别记在热线办名下。")]
        top = holding(case, form["above"], form["from_on"]) if form["above"] else None
        if form["above"] and (top is None or top.above):
            return [Problem("above", f"“{form['above']}”不是一级类别，或者那时已经停用。")]
        return cls.name_problems(case)

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The row."""
        form = case.form
        row = Category(case.tools.ids.next(), case.subject.id, "open", form["name"], form["above"], form["from_on"])
        case.insert(row)
        return {"category_id": row.id, "name": row.name, "above": row.above, "from_on": row.from_on.isoformat()}


class RenameCategory(CategoryCard):
    """类别改名: from a day on it has another name; what stands below it stands there still."""

    term = "类别改名"
    moves = moves(Category, ("open",), "ended")
    form = (NAME, FROM)
    ledger = Line("category_renamed", ("before_id", "category_id", "name", "from_on"))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Category]) -> Sequence[Problem]:
        """Another name, not before the old one held."""
        if case.form["name"] == case.subject.name:
            return [Problem("name", "与原来的名称一样。")]
        if case.form["from_on"] < case.subject.from_on:
            return [Problem("from_on", f"原来的名称 {said_day(case, case.subject.from_on)} 才起用，新的不能更早。")]
        return cls.name_problems(case, case.subject)

    @classmethod
    def change(cls, case: Case[UnitDossier, Category]) -> Mapping[str, Any]:
        """The old name's last day, and the new name."""
        old, form = case.subject, case.form
        row = Category(case.tools.ids.next(), old.unit_id, "open", form["name"], old.above, form["from_on"])
        case.update(old, ends_on=form["from_on"], successor=form["name"], renamed=True)
        case.insert(row)
        return {"before_id": old.id, "category_id": row.id, "name": row.name, "from_on": row.from_on.isoformat()}


class RetireCategory(CategoryCard):
    """停用类别: from a day on it cannot be chosen for what is taken in; another one may be proposed in its place."""

    term = "停用类别"
    moves = moves(Category, ("open",), "ended")
    form = (
        Field("ends_on", "停用日", "date", max_length=10, hint="从这一天起不能再选，不早于今天；以前归在它下面的照旧"),
        Field("successor", "改用哪一类", required=False, max_length=20, hint="选了它的，会提示改用这一类"),
    )
    ledger = Line("category_retired", ("category_id", "ends_on", "successor"))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Category]) -> Sequence[Problem]:
        """Not in the past; nothing stands below it; whatever takes its place is there then."""
        row, form = case.subject, case.form
        first = max(today(case), row.from_on)
        if form["ends_on"] < first:
            return [Problem("ends_on", f"停用日不能早于 {said_day(case, first)}。")]
        if not row.above and (left := below(case, row, form["ends_on"])):
            return [Problem("", f"它下面还有 {len(left)} 个类别（{'、'.join(one.name for one in left[:5])}），请先停用它们。")]
        instead = form["successor"]
        if instead and (instead == row.name or not holding(case, instead, form["ends_on"])):
            return [Problem("successor", f"“{instead}”那时不能选，请另选一类。")]
        return []

    @classmethod
    def change(cls, case: Case[UnitDossier, Category]) -> Mapping[str, Any]:
        """The day, and what carries on."""
        form = case.form
        case.update(case.subject, ends_on=form["ends_on"], successor=form["successor"])
        return {"category_id": case.subject.id, "ends_on": form["ends_on"].isoformat(), "successor": form["successor"]}
