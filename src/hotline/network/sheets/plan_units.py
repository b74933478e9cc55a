"""单位表 (the sheet of units) as changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotline.network.records import Unit
from hotline.network.sheets.columns import UNITS, Line
from hotline.network.sheets.plan import Change, Faults, differing, fits, twice
from hotline.network.sheets.standing import Standing
from hotline.network.sorts import why_misplaced
from hotline.network.transitions.units import AmendUnit, EndUnit, OpenUnit
from hotline.rules.book import Rulebook

FIXED = ("level", "sort", "desk")
AMENDED = ("name", "short", "place", "phone")
NEEDED = ("name", "short", "level", "sort")
OPENED = ("code", "name", "short", "level", "parent", "sort", "desk", "place", "phone")


class Units:
    """Works out the changes of one sheet of units."""

    def __init__(self, lines: Sequence[Line], there: Standing, book: Rulebook, faults: Faults):
        self.lines, self.there, self.book, self.faults = lines, there, book, faults
        self.by_code = {line.get("code"): line for line in lines}
        self.names = {str(name): str(level) for level, name in book.provision("levels").values["names"].items()}
        self.levels = tuple(self.names.values())

    def changes(self) -> list[Change]:
        """All of them, every parent before its children, every end after all else and children first."""
        twice(self.lines, ("code",), "code", self.faults)
        found = [change for line in self.lines for change in self._of(line)]
        opened = sorted((c for c in found if c.card is OpenUnit), key=lambda c: self._depth(c.line))
        ended = sorted((c for c in found if c.card is EndUnit), key=lambda c: -self.there.units[c.unit].level)
        return [*opened, *(c for c in found if c.card is AmendUnit), *ended]

    def _of(self, line: Line) -> list[Change]:
        unit = self.there.units.get(line.get("code"))
        if line.wrong:
            return []
        if unit is None:
            return self._opened(line)
        if unit.status != "open":
            return [] if line.ends else self._no(line, "code", "这个编码的单位已经撤销，不能再用。")
        self._stays_in_its_place(line, unit)
        return [*self._amended(line, unit), *(self._ended(line, unit) if line.ends else [])]

    def _no(self, line: Line, column: str, because: str) -> list[Change]:
        self.faults.add(line, column, because)
        return []

    def _level(self, line: Line) -> str:
        said = line.get("level")
        return self.names.get(said, said)

    def _depth(self, line: Line) -> int:
        """How many of the sheet's own rows stand above; a loop ends where it began."""
        seen, depth = {line.get("code")}, 0
        above = self.by_code.get(line.get("parent"))
        while above is not None and above.get("code") not in seen:
            seen.add(above.get("code"))
            depth, above = depth + 1, self.by_code.get(above.get("parent"))
        return depth

    def _opened(self, line: Line) -> list[Change]:
        if line.ends:
            return self._no(line, "status", "没有这个单位，不用撤销。")
        if empty := [name for name in NEEDED if not line.get(name)]:
            return [change for name in empty for change in self._no(line, name, "新单位这一栏不能空着。")]
        form = {**{name: line.get(name) for name in OPENED}, "level": self._level(line)}
        known = self._level_known(line, form["level"])
        checked = form if known else {**form, "level": self.levels[0]}
        fitting = fits(self.book, OpenUnit, checked, line, self.faults) and known
        if self._parent_missing(line, form["parent"]) or not fitting or self._misplaced(line, form):
            return []
        return [Change(OpenUnit, line, f"{form['name']}（{form['code']}）", form, form["code"])]

    def _level_known(self, line: Line, level: str) -> bool:
        if level not in self.levels:
            self.faults.add(line, "level", f"没有“{level}”这一级，可填：{'、'.join(self.levels)}。")
        return level in self.levels

    def _parent_missing(self, line: Line, code: str) -> bool:
        named = self.by_code.get(code)
        if named is not None and named.wrong:
            return True  # said there already
        if code and self._above(code) is None:
            self.faults.add(line, "parent", f"没有编码为“{code}”的在册单位。")
            return True
        return False

    def _misplaced(self, line: Line, form: Mapping[str, str]) -> bool:
        above = self._above(form["parent"])
        wrong = why_misplaced(int(form["level"]), form["sort"], form["desk"], above)
        if wrong is None and self._loops(line):
            wrong = ("parent", "上级单位绕成了圈。")
        if wrong:
            self.faults.add(line, *wrong)
        return wrong is not None

    def _above(self, code: str) -> int | None:
        """The level of the unit above, as it stands or as the sheet opens it."""
        unit, line = self.there.units.get(code), self.by_code.get(code)
        if unit is not None:
            return unit.level if unit.status == "open" else None
        level = self._level(line) if line else ""
        return int(level) if level.isdigit() else None

    def _loops(self, line: Line) -> bool:
        seen: set[str] = set()
        above: Line | None = line
        while above is not None and above.get("code") not in self.there.units:
            if above.get("code") in seen:
                return True
            seen.add(above.get("code"))
            above = self.by_code.get(above.get("parent"))
        return False

    def _stays_in_its_place(self, line: Line, unit: Unit) -> None:
        above = next((u.code for u in self.there.units.values() if u.id == unit.parent_id), "")
        stands = {"level": str(unit.level), "sort": unit.sort, "desk": unit.desk, "parent": above}
        said = {name: line.cells[name] for name in stands if name in line.cells}
        if "level" in said:
            said["level"] = self._level(line)
        for name, value in said.items():
            if value != stands[name]:
                term = UNITS.term_of(name)
                self.faults.add(line, name, f"在册单位的{term}不能改，要改请撤销后另设，由新单位承接。")

    def _amended(self, line: Line, unit: Unit) -> list[Change]:
        changed = differing(line, unit, AMENDED)
        form = {**{name: getattr(unit, name) for name in AMENDED}, **changed}
        if not changed or not fits(self.book, AmendUnit, form, line, self.faults):
            return []
        said = "，".join(f"{UNITS.term_of(n)}：{getattr(unit, n) or '（空）'} → {v or '（空）'}" for n, v in changed.items())
        return [Change(AmendUnit, line, f"{unit.short}（{unit.code}）{said}", form, unit.code, unit.id)]

    def _ended(self, line: Line, unit: Unit) -> list[Change]:
        code = line.get("successor")
        heir = self.there.units.get(code)
        if code and code not in self.by_code and (heir is None or heir.status != "open"):
            return self._no(line, "successor", f"没有编码为“{code}”的在册单位。")
        said = f"{unit.short}（{unit.code}）" + (f"，由 {code} 承接" if code else "")
        return [Change(EndUnit, line, said, {"successor": code}, unit.code, unit.id)]
