"""The duty catalogue: each city's names a unit for every category of its tree, by a law where it can."""

from __future__ import annotations

import csv

import pytest

from hotline.network import catalogue as duty_catalogue
from hotline.network.seed import RULEBOOKS, UNITS, folder
from hotline.surfaces.workbench.shaping.categories import FILE

CITIES = ("suzhou-2018", "example-city")


@pytest.mark.parametrize("city", CITIES)
def test_every_category_has_a_lead_that_there_is(city: str) -> None:
    entries = duty_catalogue.catalogue(city)
    with (RULEBOOKS / city / FILE).open(encoding="utf-8-sig", newline="") as file:
        leaves = [leaf for _, leaf in csv.reader(file)][1:]
    with (folder(city) / UNITS).open(encoding="utf-8-sig", newline="") as file:
        second = {row["code"] for row in csv.DictReader(file) if row["level"] != "1"}
    assert list(entries) == leaves
    named = {code for one in entries.values() for code in (one.lead, *one.assisting)}
    assert named - second == {duty_catalogue.LOCAL}
    assert [one.category for one in entries.values() if one.lead in one.assisting] == []
    assert sum(bool(one.basis) for one in entries.values()) > 5


def test_a_city_without_one_has_none() -> None:
    assert duty_catalogue.catalogue("no-such-city") == {}
