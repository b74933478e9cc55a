"""值班表 (the duty roster) as changes: one turn a row; turns that are over are passed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.network.sheets.columns import Line
from hotline.network.sheets.plan import Change, Faults, Places, fits, twice
from hotline.network.sheets.standing import Standing
from hotline.network.transitions.duties import CancelDuty, RosterDuty
from hotline.rules.book import Rulebook

KEY = ("unit", "name", "from_at", "until_at")


class Duties:
    """Works out the changes of one roster."""

    def __init__(self, lines: Sequence[Line], there: Standing, places: Places, book: Rulebook, now: datetime,
                 faults: Faults):  # fmt: skip
        self.lines, self.there, self.places, self.book, self.now, self.faults = lines, there, places, book, now, faults
        self.over = 0

    def changes(self) -> list[Change]:
        """All of them: what falls away before what is set, so that a corrected number replaces the old."""
        twice(self.lines, KEY, "from_at", self.faults)
        found = [change for line in self.lines for change in self._of(line)]
        return sorted(found, key=lambda change: change.card is RosterDuty)

    def _instant(self, line: Line, column: str) -> datetime | None:
        try:
            said = datetime.fromisoformat(line.get(column).replace("/", "-"))
        except ValueError:
            self.faults.add(line, column, "写成“2026-11-25 08:00”的样子。")
            return None
        return said if said.tzinfo else said.replace(tzinfo=self.book.tz)

    def _of(self, line: Line) -> list[Change]:
        if line.wrong or line.get("unit") in self.places.doubtful:
            return []
        begin, end = self._instant(line, "from_at"), self._instant(line, "until_at")
        if begin is None or end is None:
            return []
        if line.get("unit") not in self.places.known:
            self.faults.add(line, "unit", f"没有编码为“{line.get('unit')}”的在册单位。")
            return []
        if end <= begin:
            self.faults.add(line, "until_at", "结束要晚于开始。")
            return []
        if end <= self.now:
            self.over += 1
            return []
        return self._turn(line, begin, end)

    def _turn(self, line: Line, begin: datetime, end: datetime) -> list[Change]:
        stands = self.there.duties.get((line.get("unit"), line.get("name"), begin, end))
        said = f"{self.places.name(line.get('unit'))} {line.get('name')} {line.get('from_at')} 至 {line.get('until_at')}"
        if line.ends and stands is None:
            self.faults.add(line, "status", "没有排这一班，不用撤。")
            return []
        if stands is not None and not line.ends and stands.phone == line.get("phone"):
            return []
        form = {"name": line.get("name"), "phone": line.get("phone"), "from_at": begin.isoformat(),
                "until_at": end.isoformat()}  # fmt: skip
        if not line.ends and not fits(self.book, RosterDuty, form, line, self.faults):
            return []
        old = [Change(CancelDuty, line, said, {}, line.get("unit"), stands.id)] if stands else []
        return old if line.ends else [*old, Change(RosterDuty, line, said, form, line.get("unit"))]
