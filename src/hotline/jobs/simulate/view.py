"""看件 (views): one row of a matter as whoever handles it looks at it, and the instants at which people do things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.jobs.simulate.people import City, Unit
from hotline.jobs.simulate.plots import Plot
from hotline.jobs.simulate.topics import words
from hotline.procedure.actor import Actor

OPENS, CLOSES = time(8, 30), time(17, 30)  # of offices, in the simulation; no rule rests on it
EARLY = timedelta(minutes=90)


@dataclass(frozen=True)
class View:
    """看件: a matter, or one of its orders, at which somebody looks."""

    city: City
    plot: Plot
    dossier: MatterDossier
    subject: Matter | Order

    @cached_property
    def matter(self) -> Matter:
        """The matter."""
        return self.dossier.matter

    @property
    def order(self) -> Order:
        """The order looked at."""
        assert isinstance(self.subject, Order), "a habit about orders looks at one"
        return self.subject

    @cached_property
    def index(self) -> int:
        """Which of the matter's rows it is: numbers of rows differ from run to run, places do not."""
        return next((i for i, row in enumerate(self.dossier.orders, 1) if row.id == self.subject.id), 0)

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that holds the order, if anybody works there."""
        return self.city.units.get(self.order.unit_id)

    @property
    def held(self) -> Unit:
        """The same, where somebody does."""
        assert self.unit is not None, "somebody works there"
        return self.unit

    def has(self, trait: str) -> bool:
        """Whether this happens to the matter."""
        return self.plot.has(trait)

    # what has happened

    def times(self, kind: str) -> int:
        """How often a kind of line was written about this row."""
        return sum(line.kind == kind and line.subject_id == self.subject.id for line in self.dossier.lines)

    def ever(self, kind: str) -> int:
        """How often anywhere in the matter."""
        return sum(line.kind == kind for line in self.dossier.lines)

    def last(self, *kinds: str) -> datetime | None:
        """When one of these kinds was last written about this row."""
        mine = (li.at for li in reversed(self.dossier.lines) if li.kind in kinds and li.subject_id == self.subject.id)
        return next(mine, None)

    # chance

    def label(self, name: str) -> str:
        """A label for this row of this matter."""
        return f"{name} {self.index}"

    def share(self, name: str) -> float:
        """A share drawn for this row."""
        return self.plot.chance.share(self.label(name))

    def hit(self, name: str, share: float) -> bool:
        """Whether something happens that happens in such a share of all cases; never to one that is to rest."""
        return self.plot.rest is None and self.falls(name, share)

    def befalls(self, trait: str, name: str, share: float) -> bool:
        """Whether something happens by lot; to one that is to rest, where it leads there."""
        return self.has(trait) if self.plot.rest else self.falls(name, share)

    def falls(self, name: str, share: float) -> bool:
        """Whether the lot of this row falls so, as in such a share of all cases, rest or not."""
        return self.plot.chance.hit(self.label(name), share)

    def between(self, name: str, low: float, high: float) -> float:
        """A number drawn for this row."""
        return self.plot.chance.between(self.label(name), low, high)

    def words(self, occasion: str, **more: str) -> str:
        """What somebody says on an occasion."""
        count = len(self.dossier.lines)
        said = self.plot.chance.pick(self.label(f"{occasion} {count}"), words()[occasion])
        return self.plot.say(said, **{"gist": self.plot.say(self.plot.topic.gist), **more})

    def one(self, role: str, name: str = "") -> Actor | None:
        """Somebody of the office with this post."""
        held: Sequence[Actor] = self.city.posts.get(role, ())
        return self.plot.chance.pick(self.label(f"{role} {name}"), held) if held else None

    # instants

    def after(self, at: datetime, name: str, low: float, high: float) -> datetime:
        """So many minutes later, drawn between two numbers."""
        return at + timedelta(minutes=int(self.between(name, low, high)))

    def at_work(self, at: datetime) -> datetime:
        """That instant, or where nobody is at work then, a while after the office opens again."""
        calendar = self.city.book.calendar
        local = at.astimezone(self.city.book.tz)
        if calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES:
            return at
        late = local.time() >= CLOSES
        day = local.date() if not late and calendar.is_workday(local.date()) else calendar.workday_after(local.date())
        begins = datetime.combine(day, OPENS, self.city.book.tz)
        return begins + EARLY * self.plot.chance.share(f"morning {day} {self.index}")

    def soon(self, at: datetime, name: str, low: float, high: float) -> datetime:
        """So many minutes later, at work; at once where it is urgent."""
        then = self.after(at, name, low, high)
        return self.after(at, name, 2, 8) if self.matter.urgent else self.at_work(then)
