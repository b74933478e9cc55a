"""The two cities' trees, as their sheets have them: levels, centres with posts, the townships."""

from collections import Counter

import pytest

from clauses.cities import here
from hotline.network import seed, sheet
from hotline.network.sheet import Row
from hotline.rules.book import Rulebook


def units(book: Rulebook) -> dict[str, Row]:
    text = (seed.folder(book.id) / seed.UNITS).read_text("utf-8")
    return {row["code"]: row for row in sheet.units(text, list(book.provision("levels").values["names"]))}


def people(book: Rulebook) -> list[Row]:
    levels = {code: (int(row["level"]), row["desk"]) for code, row in units(book).items()}
    return sheet.people((seed.folder(book.id) / seed.DEMO).read_text("utf-8"), levels)


@pytest.mark.clause("二段1")
def test_every_unit_has_one_of_the_levels(book: Rulebook) -> None:
    tree = units(book)
    assert Counter(row["level"] for row in tree.values()) == here(
        book, suzhou={"1": 6, "2": 50, "3": 239}, example={"1": 6, "2": 7, "3": 6, "4": 3}
    )
    above = [(int(tree[row["parent"]]["level"]), int(row["level"])) for row in tree.values() if row["parent"]]
    assert {pair for pair in above if pair != (1, 1)} == here(
        book, suzhou={(1, 2), (2, 3)}, example={(1, 2), (2, 3), (3, 4)}
    )


@pytest.mark.clause("一段2")
def test_centres_are_units_with_posts(book: Rulebook) -> None:
    centres = book.provision("centres").values
    names = {*centres["front"].values(), *centres["back"].values()}
    assert names == here(
        book,
        suzhou={"电话受理中心", "网络受理中心", "督办中心", "监察中心"},
        example={"电话台", "网络台", "跟办室", "查核室"},
    )
    found = {row["name"]: code for code, row in units(book).items() if row["level"] == "1"}
    assert names <= set(found)
    manned = {row["unit"] for row in people(book)}
    assert {found[name] for name in names} <= manned


@pytest.mark.clause("二段3", "二段4")
def test_the_kinds_of_unit_that_the_text_names(book: Rulebook) -> None:
    sorts = Counter((row["level"], row["sort"]) for row in units(book).values())
    named = {"2": {"county", "park", "department", "company"}, "3": {"department", "township"}}
    assert all(sorts[level, sort] for level, those in named.items() for sort in those)
    if book.id == "suzhou-2018":
        assert (sorts["2", "county"], sorts["2", "park"], sorts["3", "township"]) == (5, 2, 122)


def test_all_posts_of_the_demonstration(book: Rulebook) -> None:
    rows = people(book)
    assert {"operator", "dispatcher", "reviewer", "follow_up", "supervisor", "inspector", "shift_leader", "leader",
            "admin", "clerk", "deputy", "head"} == {row["role"] for row in rows}  # fmt: skip
    of = Counter(row["login"] for row in rows)
    assert [login for login, posts in of.items() if posts > 1] == ["shift"]
    by_unit: dict[str, set[str]] = {}
    for row in rows:
        by_unit.setdefault(row["unit"], set()).add(row["role"])
    lower = [roles for unit, roles in by_unit.items() if units(book)[unit]["level"] != "1"]
    assert all(roles == {"clerk", "deputy", "head"} for roles in lower)


def test_telephones_are_placeholders(book: Rulebook) -> None:
    prefix = here(book, suzhou="0557-000", example="000-")
    assert all(row["phone"].startswith(prefix) for row in units(book).values() if row["phone"])
    assert not any(row["phone"] for row in people(book))
