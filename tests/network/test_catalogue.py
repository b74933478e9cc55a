"""The duty catalogue: each city is born with one that names a unit for every category of its tree, by a law where it
can; entries begin and end on days, by cards alone; a sheet changes all of it or nothing."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

import pytest

from hotline.network import catalogue as kept
from hotline.network import desks, first_lists
from hotline.network.categories import FILE
from hotline.network.folders import RULEBOOKS, folder
from hotline.network.models import CatalogueEntry, Unit
from hotline.network.seed import UNITS
from hotline.network.sheet import SheetError
from hotline.network.sheets import loading
from hotline.network.sheets.export import export
from hotline.network.sorts import LOCAL
from hotline.network.transitions.cataloguing import AddCatalogueEntry, ChangeCatalogueEntry, EndCatalogueEntry
from hotline.network.transitions.posts import EndPost
from hotline.network.transitions.units import EndUnit
from hotline.procedure import verify
from hotline.procedure.actor import Actor
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from network.acts import NOW, appointed, do, opened
from network.sheet_files import csv_of, load
from support import ledger

CITIES = ("suzhou-2018", "example-city")
HEADS = ["类别", "县区", "牵头", "协办", "依据", "起用", "状态"]
TODAY = NOW.date()
LATER, LATEST = TODAY + timedelta(days=7), TODAY + timedelta(days=30)


@pytest.mark.parametrize("city", CITIES)
def test_every_category_has_a_lead_that_there_is(city: str) -> None:
    with (folder(city) / first_lists.CATALOGUE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (RULEBOOKS / city / FILE).open(encoding="utf-8-sig", newline="") as file:
        leaves = [leaf for _, leaf in csv.reader(file)][1:]
    with (folder(city) / UNITS).open(encoding="utf-8-sig", newline="") as file:
        second = {row["code"] for row in csv.DictReader(file) if row["level"] != "1"}
    assert [row["类别"] for row in rows] == leaves
    named = {code for row in rows for code in (row["牵头"], *row["协办"].split("、")) if code}
    assert named - second == {LOCAL}
    assert sum(bool(row["依据"]) for row in rows) > 5


def on(entry: CatalogueEntry) -> tuple[type[Any], int]:
    from hotline.network.records import CatalogueEntry as Record

    return Record, entry.id


def act(card: Any, admin: Actor, entry: CatalogueEntry | None = None, **form: Any) -> Any:
    office = Unit.objects.get(desk="office").id
    form = {"assisting": "", "basis": "", **form} if "lead" in form else form
    desks.forget()
    return perform(card, Subject("unit", office, on(entry) if entry else None), form, actor=admin, now=NOW)


def wrong(card: Any, admin: Actor, entry: CatalogueEntry | None = None, **form: Any) -> dict[str, str]:
    with pytest.raises(FormErrors) as caught:
        act(card, admin, entry, **form)
    return {problem.field: problem.because for problem in caught.value.problems}


def answering(category: str, day: Any = TODAY, county: str = "") -> list[str]:
    desks.forget()
    return [duty.unit.code for duty in kept.duties(category, desks.tree().by_code(county), day)]


def able(admin: Actor, code: str) -> Unit:
    """A unit that can be given orders."""
    unit = opened(admin, code, phone="0557-0009999")
    for role in ("clerk", "head"):
        appointed(admin, unit, role, login=f"{code}.{role}".lower())
    return unit


@pytest.mark.clause("四（二）3")
def test_entries_begin_change_and_end_on_days(admin: Actor) -> None:
    born = able(admin, "X1") and CatalogueEntry.objects.get(category="供水")
    assert answering("供水") == ["301", "204"]
    act(ChangeCatalogueEntry, admin, born, lead="X1局", assisting="属地", basis="《新条例》", from_on=LATER.isoformat())
    assert (answering("供水"), answering("供水", LATER, "341302")) == (["301", "204"], ["X1", "341302"])
    fresh = CatalogueEntry.objects.get(category="供水", status="open")
    act(EndCatalogueEntry, admin, fresh, ends_on=LATEST.isoformat())
    assert (answering("供水", LATEST - timedelta(days=1)), answering("供水", LATEST)) == (["X1"], [])
    act(AddCatalogueEntry, admin, category="供水", lead="X1", county="埇桥区", from_on=LATEST.isoformat())
    assert (answering("供水", LATEST), answering("供水", LATEST, "341302")) == ([], ["X1"])
    lines = [line.text for line in ledger.lines("chain_id = %s", Unit.objects.get(desk="office").id)]
    assert [sum(f'"catalogue_entry_{said}"' in line for line in lines) for said in ("changed", "ended")] == [1, 1]
    assert not any("新条例" in line for line in lines)  # the law is a text: the line holds its hash
    assert verify.verify().ok


@pytest.mark.clause("四（二）3")
def test_what_is_wrong_with_an_entry_is_said(admin: Actor) -> None:
    able(admin, "X1")
    opened(admin, "X2")
    gone = opened(admin, "X3")
    do(EndUnit, gone.id, admin)
    form = {"category": "供水", "lead": "X1", "county": "", "from_on": LATER.isoformat()}
    yesterday, born = (TODAY - timedelta(days=1)).isoformat(), CatalogueEntry.objects.get(category="供水")
    act(EndCatalogueEntry, admin, CatalogueEntry.objects.get(category="供热"), ends_on=LATEST.isoformat())
    bad: list[tuple[dict[str, str], str, str]] = [
        ({"category": "没有的"}, "category", "没有“没有的”这个类别"), ({}, "category", "已有一条"),
        ({"category": "供热"}, "from_on", "用到"), ({"from_on": yesterday}, "from_on", "不能早于今天"),
        ({"lead": "没有的局"}, "lead", "没有叫"), ({"lead": "X3"}, "lead", "已经撤销"),
        ({"lead": "X2"}, "lead", "不能接工单"), ({"lead": "10"}, "lead", "不接工单"),
        ({"county": "X1"}, "county", "不是县区"), ({"assisting": "X1局"}, "assisting", "写了两次"),
    ]  # fmt: skip
    for changed, field, because in bad:
        assert because in wrong(AddCatalogueEntry, admin, **{**form, **changed})[field]
    same = {"lead": born.lead, "assisting": born.assisting, "from_on": LATER.isoformat()}
    assert wrong(ChangeCatalogueEntry, admin, born, **{**same, "lead": "X2"})["lead"]
    assert "不能早于" in wrong(EndCatalogueEntry, admin, born, ends_on=yesterday)["ends_on"]
    assert "职责目录" in wrong_at(admin, Unit.objects.get(code="X1"), **form)


def wrong_at(admin: Actor, unit: Unit, **form: Any) -> str:
    with pytest.raises(FormErrors) as caught:
        perform(AddCatalogueEntry, Subject("unit", unit.id), form, actor=admin, now=NOW)
    return caught.value.problems[0].because


def test_an_ended_unit_is_followed_by_its_successor_(admin: Actor) -> None:
    able(admin, "X1")
    act(AddCatalogueEntry, admin, category="供水", county="埇桥区", lead="X1", from_on=TODAY.isoformat())
    able(admin, "X2")
    unit = Unit.objects.get(code="X1")
    for post in unit.posts.filter(status="open"):
        do(EndPost, post.id, admin)
    do(EndUnit, unit.id, admin, successor="X2")
    assert answering("供水", TODAY, "341302") == ["X2"]


def test_a_city_is_given_its_catalogue_once(admin: Actor) -> None:
    assert CatalogueEntry.objects.count() == 101
    assert first_lists.load(current(), NOW) == 0


def test_a_sheet_adds_changes_and_ends_all_or_nothing(admin: Actor) -> None:
    able(admin, "X1")
    data = export("catalogue", "xlsx", NOW, current().book.tz)
    assert loading.counted(loading.plan(data, NOW)) == []
    file = csv_of(HEADS, ["供水", "", "X1", "204", "《新条例》", "2026-10-01"], ["供热", "", "304", "204", "", "", "停用"],
                  ["供气", "埇桥区", "X1局"])  # fmt: skip
    assert dict(loading.counted(loading.plan(file, NOW))) == {"目录停用": 1, "目录变更": 1, "目录增项": 1}
    load(file, admin, NOW)
    assert answering("供热") == []
    assert answering("供气", TODAY, "341302") == ["X1"]
    bad = csv_of(HEADS, ["供水", "", "没有"], ["没有", "", "X1"], ["供气", "", "X1"], ["供电", "", "X1", "", "", "某天"])
    with pytest.raises(SheetError) as caught:
        load(bad, admin, NOW)
    found = [(fault.row, fault.column) for fault in caught.value.faults]
    assert found == [(2, "牵头"), (3, "类别"), (5, "起用")]
    opened(admin, "X2")
    with pytest.raises(SheetError) as caught:
        load(csv_of(HEADS, ["供气", "", "X1"], ["供水", "", "X2"]), admin, NOW)
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, "牵头")]
    assert answering("供气") == ["303", "204"]
