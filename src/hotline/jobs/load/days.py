"""一天 (days): the matters of one day, made and written in one transaction."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.casework.dossier import MatterDossier
from hotline.jobs.load.casting import SPAN
from hotline.jobs.load.course import Batch
from hotline.jobs.load.making import Mould, Own, Rows
from hotline.jobs.load.memory import LookUps
from hotline.jobs.simulate import people, plots
from hotline.jobs.simulate.chance import Chance
from hotline.jobs.simulate.people import Unit
from hotline.procedure import copying
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules.worktime import ONE_DAY, local_midnight

OF_A_LIFE = 180  # about so many matters share a life
OF_A_STUBBORN = 2  # and of one that cannot be cast, where there are others
LEAST_LIVES = 6  # a day, where it has as many matters
ONE_IN = 500  # one matter in so many is proved
SECOND = timedelta(seconds=1)
# All serials of a day at once; refused where somebody drew one of it already, so that none is given out twice.
SERIALS = "INSERT INTO procedure_dayserial (day, last) VALUES (%s, %s)"


class Loader:
    """装载: makes the days of a batch in the city at hand."""

    def __init__(self, batch: Batch, cur: Cur):
        self.batch, self.cur, self.world = batch, cur, current()
        self.book = self.world.book
        self.city = people.find(self.book, Chance(batch.seed))
        self.look_ups = LookUps(cur)
        self.end = batch.ends(self.book.tz)
        self.columns = copying.names(MatterDossier.RECORDS)
        self.alone = 0

    def lives(self, index: int) -> int:
        """How many different lives a day has."""
        count = self.batch.before(index + 1) - self.batch.before(index)
        return min(count, max(LEAST_LIVES, count // OF_A_LIFE))

    def load(self, index: int) -> int:
        """Write the matters of a day; returns how many."""
        tables: dict[str, list[str]] = {}
        count = 0
        for rows in self.matters(index):
            count += 1
            for table, text in rows.items():
                tables.setdefault(table, []).append(text)
        for table in self.columns:
            if table in tables:
                copying.copy(self.cur, table, self.columns[table], tables[table])
        if count:
            self.cur.execute(SERIALS, (self.batch.day(index), count))
        return count

    def matters(self, index: int) -> Iterator[Rows]:
        """The matters of a day, in the order of their instants."""
        day, before = self.batch.day(index), self.batch.before(index)
        moulds = [Mould(self.world, self.look_ups, self.city, plot, self.end) for plot in self._plots(index)]
        count = self.batch.before(index + 1) - before
        lived = shared(moulds, count)
        order = sorted(self._mine(lived[i], i, day) for i in range(count))
        for serial, (at, i, chance) in enumerate(order, 1):
            mould, place = lived[i], before + serial - 1
            mine = Own(self.batch.number(place), serial, at - mould.plot.at, self._where(mould, Chance(chance)),
                       self.city.citizen(chance)[0], f"000{place:08d}")  # fmt: skip
            rows, acts = mould.make(mine)
            if acts is None:
                self.alone += 1
            elif place % ONE_IN == 0:
                mould.prove(mine, acts, rows)
            yield rows

    def _mine(self, mould: Mould, place: int, day: date) -> tuple[datetime, int, str]:
        """When a matter begins, which it is, and its chance."""
        key = f"{self.batch.seed}/{day.isoformat()}/{place}"
        return mould.plot.at + int(Chance(key).share("shift") * mould.span.total_seconds()) * SECOND, place, key

    def _plots(self, index: int) -> Iterator[plots.Plot]:
        """The lives of a day. None begins so late that another of its kind would fall on the next."""
        day, lives = self.batch.day(index), self.lives(index)
        midnight = local_midnight(day + ONE_DAY, self.book.tz)
        resting = plots.rests(self.city, self.end, lives)
        for i in range(lives):
            one = plots.plot(self.city, day, i, resting.get((day, i)))
            yield replace(one, at=min(one.at.replace(microsecond=0), midnight - SPAN - SECOND))

    def _where(self, mould: Mould, chance: Chance) -> str:
        units: list[Unit] = [self.city.units[unit_id] for unit_id in mould.plot.units]
        return plots.place_below(self.city, chance, units)


def shared(moulds: Sequence[Mould], count: int) -> list[Mould]:
    """Which life each matter of a day has: about as many each, but few of one that cannot be cast."""
    ready = [mould for mould in moulds if mould.castable]
    stubborn = [mould for mould in moulds if not mould.castable]
    if not ready or count <= OF_A_STUBBORN * len(moulds):
        return list(itertools.islice(itertools.cycle(moulds), count))
    few = stubborn * OF_A_STUBBORN
    return [*few, *itertools.islice(itertools.cycle(ready), count - len(few))]


def done(cur: Cur, batch: Batch) -> set[int]:
    """The days that are there already: each is written whole or not at all."""
    firsts = {batch.number(batch.before(i)): i for i in range(batch.days) if batch.before(i) < batch.before(i + 1)}
    cur.execute("SELECT chain_id FROM procedure_chainhead WHERE chain_kind = 1 AND chain_id = ANY(%s)",
                (list(firsts),))  # fmt: skip
    return {firsts[row[0]] for row in cur.fetchall()}


