"""职责目录表 (the duty catalogue) as changes: one entry a row, known by its category and county. What a row says otherwise
than what stands takes its place, from today on or from the day that the row names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from hotline.network.naming import said_units
from hotline.network.records import CatalogueEntry
from hotline.network.sheets.columns import Line
from hotline.network.sheets.plan import Change, Faults, Places, fits, twice
from hotline.network.sheets.standing import Standing
from hotline.network.sorts import LOCAL
from hotline.network.transitions.cataloguing import AddCatalogueEntry, ChangeCatalogueEntry, EndCatalogueEntry
from hotline.rules.book import Rulebook

WHO = ("lead", "assisting", "basis")


class Catalogue:
    """Works out the changes of one sheet of the catalogue."""

    def __init__(self, lines: Sequence[Line], there: Standing, places: Places, book: Rulebook, now: datetime,
                 faults: Faults):  # fmt: skip
        self.lines, self.there, self.places, self.book, self.faults = lines, there, places, book, faults
        self.today = now.astimezone(book.tz).date()

    def changes(self) -> list[Change]:
        """All of them: what ends before what takes its place."""
        twice(self.lines, ("category", "county"), "category", self.faults)
        found = [change for line in self.lines if not line.wrong for change in self._of(line)]
        return sorted(found, key=lambda change: change.card is AddCatalogueEntry)

    def _code(self, said: str) -> str:
        """A unit by its code, however the row calls it."""
        if said in self.places.known:
            return said
        named = [code for code, place in self.places.known.items() if place.short == said]
        return named[0] if len(named) == 1 else said

    def _day(self, line: Line) -> date | None:
        """From when on: what the row says, but for a day gone by, which is when what stands began."""
        said = line.get("from_on").replace("/", "-")
        try:
            return max(self.today, date.fromisoformat(said[:10])) if said else self.today
        except ValueError:
            self.faults.add(line, "from_on", "写成“2026-12-01”的样子。")
            return None

    def _unknown(self, line: Line) -> bool:
        """What the row names that there is not; noted. Whether a unit can be given orders, the card says."""
        before = len(self.faults.found)
        if line.get("category") not in self.there.categories:
            self.faults.add(line, "category", f"没有“{line.get('category')}”这个类别。")
        for name in ("county", "lead", "assisting"):
            for said in said_units(line.get(name)):
                if self._code(said) not in self.places.known and (said != LOCAL or name == "county"):
                    self.faults.add(line, name, f"没有叫“{said}”的在册单位，或者有几个同名的，请写编码。")
        return len(self.faults.found) > before

    def _of(self, line: Line) -> list[Change]:
        day = self._day(line)
        if day is None or line.get("county") in self.places.doubtful or self._unknown(line):
            return []
        stands = self.there.catalogue.get((line.get("category"), self._code(line.get("county"))))
        if line.ends:
            return self._ends(line, day, stands[0] if stands else None)
        form = {name: line.get(name) for name in WHO} | {"from_on": day.isoformat()}
        if stands is None:
            form |= {"category": line.get("category"), "county": line.get("county")}
            ok = fits(self.book, AddCatalogueEntry, form, line, self.faults)
            return [Change(AddCatalogueEntry, line, self._said(line), form)] if ok else []
        entry, basis = stands
        if self._who(form) == (entry.lead, said_units(entry.assisting), basis):
            return []
        ok = fits(self.book, ChangeCatalogueEntry, form, line, self.faults)
        said = f"{self._said(line)}（原为 {entry.lead}）"
        return [Change(ChangeCatalogueEntry, line, said, form, "", entry.id, entry.unit_id)] if ok else []

    def _who(self, form: dict[str, str]) -> tuple[str, tuple[str, ...], str]:
        return self._code(form["lead"]), tuple(map(self._code, said_units(form["assisting"]))), form["basis"]

    def _said(self, line: Line) -> str:
        where = f"（{self.places.name(line.get('county'))}）" if line.get("county") else ""
        more = "，协办 " + line.get("assisting") if line.get("assisting") else ""
        return f"{line.get('category')}{where}：牵头 {self.places.name(line.get('lead'))}{more}"

    def _ends(self, line: Line, day: date, entry: CatalogueEntry | None) -> list[Change]:
        if entry is None:
            self.faults.add(line, "status", "目录里没有这一条在用，不用停用。")
            return []
        form = {"ends_on": max(day, entry.from_on).isoformat()}
        return [Change(EndCatalogueEntry, line, self._said(line), form, "", entry.id, entry.unit_id)]
