"""职责目录 (the duty catalogue): which unit answers for a category, from which day on. An entry is added, changed or ended
by the administrator; what holds on a day already gone is not altered, for orders were dispatched by it. The law of an
entry is a text of its own, of which a line holds the hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from hotline.network.dossier import UnitDossier
from hotline.network.naming import said_units
from hotline.network.records import CatalogueEntry, Category, NetworkText, Unit
from hotline.network.roles import Role
from hotline.network.sorts import LOCAL, PLACES
from hotline.network.transitions.kept_by_office import OFFICE, AnyCase, OfficeCard, said_day, today
from hotline.procedure.card import Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules import receiving

WHO = (
    Field("lead", "牵头单位", max_length=80, hint="简称、名称或编码；由事项所在的县区、园区牵头的，写“属地”"),
    Field("assisting", "协办单位", required=False, max_length=300, hint="几个单位用顿号隔开，可以写“属地”"),
    Field("basis", "法律依据", required=False, max_length=200, hint="法律、法规、规章或三定方案的名称和文号"),
    Field("from_on", "起用日", "date", max_length=10, hint="从这一天起派单照它提示，不早于今天"),
)
FACTS = ("category", "county", "lead", "assisting", "from_on")


def _assisting(case: AnyCase) -> tuple[str, ...]:
    return said_units(str(case.form["assisting"]))


def _called(case: AnyCase, said: str) -> Any:
    """The unit that a name means, with the roles of its posts (`Receiving`); None for none or several."""
    return case.tools.extra["answering"].get(said)


def _code(case: AnyCase, said: str) -> str:
    """A unit as an entry keeps it: by its code, which no other unit ever gets."""
    found = _called(case, said)
    return LOCAL if said == LOCAL or found is None else found.unit.code


class CatalogueCard(OfficeCard, abstract=True):
    """A card on the catalogue, which the hotline's office keeps."""

    rests_on = "way:dispatch"
    needs: ClassVar[tuple[str, ...]] = ("answering",)

    @classmethod
    def problems(cls, case: AnyCase, category: str, county: str) -> Iterator[Problem]:
        """What is wrong with an entry as the form has it."""
        form = case.form
        if not any(row.name == category and row.holds(form["from_on"]) for row in case.dossier.all(Category)):
            yield Problem("category", f"没有“{category}”这个类别，或者那时已经停用，请先增设类别，或者从列出的里面选。")
        if form["from_on"] < today(case):
            yield Problem("from_on", "起用日不能早于今天：以前的单是照当时的目录派的。")
        assisting = (("assisting", one) for one in _assisting(case))
        for name, said in (("county", county), ("lead", form["lead"]), *assisting):
            if said and (said != LOCAL or name == "county"):
                yield from cls._unit_problems(case, name, said)
        codes = [_code(case, one) for one in (form["lead"], *_assisting(case))]
        if len(set(codes)) < len(codes):
            yield Problem("assisting", "同一个单位写了两次；牵头的不再写进协办。")

    @classmethod
    def _unit_problems(cls, case: AnyCase, name: str, said: str) -> Iterator[Problem]:
        found = _called(case, said)
        if found is None:
            yield Problem(name, f"没有叫“{said}”的单位，或者有几个同名的，请写编码。")
        elif found.unit.status != "open":
            yield Problem(name, f"“{said}”已经撤销，请写承接它的单位。")
        elif name == "county":
            if found.unit.sort not in PLACES:
                yield Problem(name, f"“{said}”不是县区或园区。")
        elif case.actor.role != Role.SYSTEM:  # a city is given its catalogue before it has anybody to answer
            yield from cls._unable(case, name, found)

    @classmethod
    def _unable(cls, case: AnyCase, name: str, found: Any) -> Iterator[Problem]:
        """Why a unit cannot be given orders."""
        rule = case.book.provision("receiving")
        if found.level2_id is None:
            yield Problem(name, f"“{found.unit.short}”是平台自己的单位，不接工单。", rule.clause)
        elif receiving.lacks(case.book, found.roles, found.unit.phone):
            yield Problem(name, f"“{found.unit.short}”还缺承办人、签批人或值班电话，不能接工单。", rule.clause)

    @classmethod
    def entered(cls, case: AnyCase, category: str, county: str) -> CatalogueEntry:
        """The new row, with its law."""
        form, basis_id = case.form, None
        if form["basis"]:
            basis_id = case.tools.ids.next()
            salt = case.salted(basis_id, form["basis"])
            case.insert(NetworkText(basis_id, case.dossier.chain.id, form["basis"], salt))
        row = CatalogueEntry(case.tools.ids.next(), case.dossier.chain.id, "open", category, county,
                             _code(case, form["lead"]), "、".join(_code(case, one) for one in _assisting(case)),
                             basis_id, form["from_on"])  # fmt: skip
        case.insert(row)
        return row


def facts_of(row: CatalogueEntry) -> dict[str, Any]:
    """What a line says of an entry."""
    return {"entry_id": row.id, **{name: getattr(row, name) for name in FACTS}, "from_on": row.from_on.isoformat()}


class AddCatalogueEntry(CatalogueCard):
    """目录增项: from a day on a unit answers for a category, in the whole city or in one county."""

    term = "目录增项"
    moves = moves(Unit, ("open",))
    form = (
        Field("category", "类别", max_length=60),
        Field("county", "县区", required=False, max_length=80, hint="只对这个县区、园区；不写是全市"),
        *WHO,
    )
    ledger = Line("catalogue_entry_added", ("entry_id", *FACTS))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """Kept by the office; whoever is named can be given orders; nothing holds for the same on the same day."""
        if case.subject.desk != OFFICE:
            return [Problem("", "职责目录记在热线办名下。")]
        category, county = case.form["category"], case.form["county"]
        found = list(cls.problems(case, category, county))
        return found or cls._double(case, category, _code(case, county) if county else "")

    @staticmethod
    def _double(case: Case[UnitDossier, Unit], category: str, county: str) -> list[Problem]:
        where = f"“{case.form['county']}”" if county else "全市"
        for one in case.dossier.all(CatalogueEntry):
            if (one.category, one.county) == (category, county):
                if one.ends_on is None:
                    since = said_day(case, one.from_on)
                    return [Problem("category", f"“{category}”{where}已有一条，{since}起用，请变更它，或者先停用。")]
                if case.form["from_on"] < one.ends_on:
                    ends = said_day(case, one.ends_on)
                    return [Problem("from_on", f"“{category}”{where}原来的一条用到{ends}前一天，请从那天起用。")]
        return []

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The row."""
        county = _code(case, case.form["county"]) if case.form["county"] else ""
        return facts_of(cls.entered(case, case.form["category"], county))


class ChangeCatalogueEntry(CatalogueCard):
    """目录变更: what holds ends, and another takes its place on the same day."""

    term = "目录变更"
    moves = moves(CatalogueEntry, ("open",), "ended")
    form = WHO
    ledger = Line("catalogue_entry_changed", ("before_id", "entry_id", *FACTS))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, CatalogueEntry]) -> Sequence[Problem]:
        """As a new one; and something is another."""
        row, form = case.subject, case.form
        if found := list(cls.problems(case, row.category, row.county)):
            return found
        if form["from_on"] < row.from_on:
            return [Problem("from_on", f"原来的一条 {said_day(case, row.from_on)} 才起用，新的不能更早。")]
        who = (_code(case, form["lead"]), "、".join(_code(case, one) for one in _assisting(case)), form["basis"])
        same = who == (row.lead, row.assisting, case.dossier.text(row.basis_id))
        return [Problem("lead", "与原来的一样，没有要变更的。")] if same else []

    @classmethod
    def change(cls, case: Case[UnitDossier, CatalogueEntry]) -> Mapping[str, Any]:
        """The old one's last day, and the new one."""
        case.update(case.subject, ends_on=case.form["from_on"])
        return {"before_id": case.subject.id, **facts_of(cls.entered(case, case.subject.category, case.subject.county))}


class EndCatalogueEntry(CatalogueCard):
    """目录停用: from a day on nothing is proposed by this entry; it stays readable."""

    term = "目录停用"
    moves = moves(CatalogueEntry, ("open",), "ended")
    form = (Field("ends_on", "停用日", "date", max_length=10, hint="从这一天起不再照它提示，不早于今天"),)
    ledger = Line("catalogue_entry_ended", ("entry_id", "ends_on"))
    needs = ()

    @classmethod
    def accepts(cls, case: Case[UnitDossier, CatalogueEntry]) -> Sequence[Problem]:
        """Not in the past, and not before it begins."""
        first = max(today(case), case.subject.from_on)
        if case.form["ends_on"] < first:
            return [Problem("ends_on", f"停用日不能早于 {said_day(case, first)}。")]
        return []

    @classmethod
    def change(cls, case: Case[UnitDossier, CatalogueEntry]) -> Mapping[str, Any]:
        """The day."""
        case.update(case.subject, ends_on=case.form["ends_on"])
        return {"entry_id": case.subject.id, "ends_on": case.form["ends_on"].isoformat()}
