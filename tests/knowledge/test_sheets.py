"""The demonstration's sheets of entries: what a card would refuse stands in none of them."""

from __future__ import annotations

import csv

from clauses.cities import RULEBOOKS
from hotline.knowledge.seed import COLUMNS
from hotline.network import sheet
from hotline.rules import knowledge
from hotline.rules.book import Rulebook

LONGEST = {"title": 80, "body": 4000, "source": 200, "document": 100}


def first_cells(path: str, at: int = 0) -> set[str]:
    with (RULEBOOKS / path).open(encoding="utf-8-sig", newline="") as file:
        return {row[at] for row in csv.reader(file)}


def test_every_row_has_its_sort_its_unit_with_people_and_its_category(book: Rulebook) -> None:
    text = (RULEBOOKS / book.id / "knowledge" / "demo.csv").read_text("utf-8-sig")
    rows = sheet.read(text, COLUMNS)
    assert len(rows) >= 12
    assert any(row["waits"] for row in rows)
    assert {row["sort"] for row in rows} <= knowledge.sorts(book).keys()
    assert {row["unit"] for row in rows} <= first_cells(f"{book.id}/network/demo.csv", 2)
    assert {row["category"] for row in rows} <= first_cells(f"{book.id}/categories.csv", 1)
    assert [row["title"] for row in rows for name, most in LONGEST.items() if len(row[name]) > most] == []
    assert len({row["title"] for row in rows}) == len(rows)
