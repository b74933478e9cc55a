"""演示值班 (the demonstration's roster): who answers the telephones of a simulated city, day and night, for some weeks
from now on, however long the city lives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hotline.network import sheet
from hotline.network.batch import Act, perform_all
from hotline.network.records import Unit
from hotline.network.sheet import Fault, Row, SheetError
from hotline.network.transitions.duties import RosterDuty
from hotline.procedure.perform import raw
from hotline.procedure.world import World
from hotline.rules.worktime import ONE_DAY

COLUMNS = ("unit", "name", "phone", "from", "until")
TURNS = 31  # of each row of the sheet, a day apart


def load(world: World, csv: Path, units: Mapping[str, Unit], now: datetime) -> int:
    """Put every turn of the sheet on the roster, each day from now on, in the city's own time, but for the days up to
    the last that anybody has ever been rostered for; returns how many. A turn that ends no later than it begins ends
    the next day. Raises SheetError."""
    days = _days(world, now)
    acts = [act for row in _rows(csv, units) for act in _turns(world, row, units[row["unit"]], now, days)]
    return perform_all(world, "unit", acts, now=now) if acts else 0


def _days(world: World, now: datetime) -> Sequence[date]:
    """Those to be rostered. Last night's turn may not be over."""
    today = now.astimezone(world.book.tz).date()
    with raw().cursor() as cur:
        last = (cur.execute("SELECT max(from_at) FROM network_duty").fetchone() or (None,))[0]
    first = today - ONE_DAY
    if last is not None:
        first = max(first, last.astimezone(world.book.tz).date() + ONE_DAY)
    return [first + n * ONE_DAY for n in range((today - first).days + TURNS)]


def _rows(csv: Path, units: Mapping[str, Unit]) -> Sequence[Row]:
    rows = sheet.read(csv.read_text("utf-8-sig"), COLUMNS)
    faults = [Fault(row.number, "unit", f"没有编码为“{row['unit']}”的单位。") for row in rows if row["unit"] not in units]
    faults += [Fault(row.number, column, "写成“20:00”的样子。")
               for row in rows for column in ("from", "until") if _hour(row[column]) is None]  # fmt: skip
    if faults:
        raise SheetError(faults)
    return rows


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _turns(world: World, row: Row, unit: Unit, now: datetime, days: Sequence[date]) -> Iterator[Act]:
    begins, ends = (time.fromisoformat(row[column]) for column in ("from", "until"))
    for day in days:
        begin = datetime.combine(day, begins, world.book.tz)
        end = datetime.combine(day + timedelta(ends <= begins), ends, world.book.tz)
        if end > now:
            form = {"name": row["name"], "phone": row["phone"], "from_at": begin.isoformat(),
                    "until_at": end.isoformat()}  # fmt: skip
            yield Act(RosterDuty, unit.id, form)
