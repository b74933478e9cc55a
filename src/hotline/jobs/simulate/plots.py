"""情节 (plots): what will become of a matter, drawn from the seed and its day alone, whatever else happens.

Every matter has a day and a place in that day's row; its instant of registration, of microseconds of its own, is how a
matter that is recorded already is known again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hotline.jobs.simulate.chance import Chance
from hotline.jobs.simulate.people import City, Unit
from hotline.jobs.simulate.topics import Topic, topics, words
from hotline.rules.worktime import ONE_DAY, local_midnight

KINDS = {"complaint": 0.42, "consultation": 0.25, "help": 0.22, "suggestion": 0.08, "report": 0.03}
WEB = 0.35
DAY_BEGINS, DAY_LASTS, BY_NIGHT = timedelta(hours=7), timedelta(hours=14), 0.06
# What may happen to a matter, and how often.
TRAITS: Mapping[str, float] = {
    "vague": 0.06, "supplies": 0.6, "refused": 0.04, "simple": 0.5, "connected": 0.5, "weighty": 0.03, "assisted": 0.07,
    "urgent": 0.04, "major": 0.03, "secret": 0.05, "misrouted": 0.09, "disputed": 0.02, "recalled": 0.02, "added": 0.03,
    "rekinded": 0.02, "against": 0.012, "amended": 0.03, "impatient": 0.15, "new_facts": 0.03, "anonymous": 0.03,
    "handed": 0.6, "explained": 0.03, "halved": 0.5, "bounced": 0.03, "false": 0.012, "rates": 0.4, "unhappy": 0.14,
    "unreachable": 0.12, "inspected": 0.3, "lifted": 0.12, "private": 0.04,
    "rescued": 0.015, "emergency": 0.015, "sourced": 0.04, "joins": 0.07, "enterprise": 0.06, "elsewhere": 0.008,
    "danger": 0.02,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rest:
    """停在: a status at which something stands at the end, so many working days before it began, and what leads there."""

    working_days: int
    status: str
    traits: frozenset[str] = frozenset()


RESTS = (
    Rest(0, "registered"), Rest(1, "registered"), Rest(1, "accepted"), Rest(1, "dispatched"), Rest(2, "declined",
    frozenset({"refused"})), Rest(3, "awaiting_facts", frozenset({"vague"})), Rest(3, "submitted",
    frozenset({"weighty"})), Rest(3, "signed"), Rest(4, "drafted"), Rest(5, "signed_off"), Rest(5, "filed"),
    Rest(6, "sent_back", frozenset({"poor"})), Rest(6, "bounced", frozenset({"bounced"})), Rest(6, "reopened",
    frozenset({"urgent", "halved"})), Rest(7, "replied", frozenset({"major"})), Rest(7, "recalled",
    frozenset({"recalled"})), Rest(8, "returned", frozenset({"misrouted"})), Rest(21, "signed"), Rest(23, "drafted"),
    Rest(2, "joined", frozenset({"joins"})), Rest(2, "joined", frozenset({"joins"})), Rest(1, "refusal_proposed",
    frozenset({"refused", "weighed"})), Rest(4, "under_review", frozenset({"refused", "weighed", "reviewed"})),
    Rest(9, "withdrawn", frozenset({"withdraws"})), Rest(10, "ended", frozenset({"ends"})),
)  # fmt: skip
UNSTEADY = ("vague", "refused", "urgent", "weighty", "against", "simple", "connected")  # what a main matter is none of


@dataclass(frozen=True, slots=True)
class Plot:
    """情节: one matter's. `rest`: where it stands at the end of the time simulated, if it is one of those chosen.
    `twin`: when the matter was registered that is about the same, if somebody called about it before."""

    key: str
    at: datetime
    chance: Chance
    kind: str
    topic: Topic
    channel: str
    place: str
    name: str
    phone: str
    units: tuple[int, ...]
    rest: Rest | None = None
    twin: datetime | None = None

    def has(self, trait: str) -> bool:
        """Whether this happens to it. One chosen to rest has what leads there, and nothing else."""
        return trait in self.rest.traits if self.rest else self.chance.hit(trait, TRAITS[trait])

    def say(self, text: str, **more: str) -> str:
        """A text with its blanks filled in."""
        blanks = {"place": self.place, "n": str(2 + self.chance.bits("n") % 11),
                  "when": self.chance.pick("when", words()["when"])}  # fmt: skip
        return text.format_map({**blanks, **more})


def plots(city: City, first: date, last: date, per_day: int, end: datetime) -> Iterator[Plot]:
    """All matters of some days, in the order of their days; those after `end` are not there yet."""
    resting, day = rests(city, end, per_day), first
    while day <= last:
        row = [plot(city, day, i, resting.get((day, i))) for i in range(per_day)]
        yield from (one for one in (_repeated(one, row) for one in row) if one.at <= end)
        day += ONE_DAY


def _repeated(one: Plot, row: list[Plot]) -> Plot:
    """The same matter as somebody's before on that day, in this one's own words; as it is where there is none."""
    if not one.has("joins"):
        return one
    fit = [p for p in row if p.at < one.at and p.rest is None and not any(map(p.has, (*UNSTEADY, "joins")))]
    main = min(fit, key=lambda p: p.at, default=None)
    if main is None:
        return one
    return replace(one, kind=main.kind, topic=main.topic, place=main.place, units=main.units, twin=main.at)


def rests(city: City, end: datetime, per_day: int) -> dict[tuple[date, int], Rest]:
    """Which matters stand where at the end: each in a row of its working day, or of the day before where it is full."""
    found: dict[tuple[date, int], Rest] = {}
    calendar = city.book.calendar
    today = calendar.day_of(end)
    for rest in RESTS:
        day = calendar.workday_before(today, rest.working_days) if rest.working_days else today
        free = ((day - n * ONE_DAY, i) for n in range(25) for i in range(per_day))
        slot = next((one for one in free if one not in found and plot(city, *one, rest).at < end), None)
        if slot is not None:
            found[slot] = rest
    return found


def plot(city: City, day: date, number: int, rest: Rest | None = None) -> Plot:
    """The matter that stands at a place in a day's row."""
    key = f"{day.isoformat()}/{number}"
    mine = city.chance.of(key)
    kind, channel = _kind(city, mine), "web" if mine.hit("channel", WEB) else "phone"
    if rest is not None:
        kind = "help" if "urgent" in rest.traits else "complaint"
        channel = "web" if rest.working_days < 2 else channel  # noqa: PLR2004
    topic = mine.pick("topic", [one for one in topics() if kind in one.kinds])
    units = _units(city, topic, mine)
    name, phone = city.citizen(key)
    nobody = rest is None and channel == "phone" and mine.hit("anonymous", TRAITS["anonymous"])
    return Plot(key, _instant(city, mine, day), mine, kind, topic, channel, place_below(city, mine, units),
                "" if nobody else name, "" if nobody else phone, tuple(unit.id for unit in units), rest)  # fmt: skip


def _kind(city: City, mine: Chance) -> str:
    share, known = mine.share("kind"), {kind: part for kind, part in KINDS.items() if kind in city.book.kinds}
    for kind, part in known.items():
        share -= part
        if share < 0:
            return kind
    return next(iter(known))


def _instant(city: City, mine: Chance, day: date) -> datetime:
    begins = local_midnight(day, city.book.tz)
    if mine.hit("by night", BY_NIGHT):
        since = mine.between("instant", 0, 24 * 3600)
    else:
        since = DAY_BEGINS.total_seconds() + mine.between("instant", 0, DAY_LASTS.total_seconds())
    return begins + timedelta(seconds=int(since), microseconds=1 + mine.bits("microsecond") % 999_999)


def _units(city: City, topic: Topic, mine: Chance) -> list[Unit]:
    """The unit whose business it is, then those that might be taken for it."""
    fit = [unit for unit in city.level2 if any(word in unit.name for word in topic.units)]
    local = [unit for unit in city.level2 if unit.id in city.places]
    right = mine.pick("unit", fit or local or city.level2)
    others = sorted((unit for unit in city.level2 if unit is not right), key=lambda unit: mine.share(unit.short))
    return [right, *others[:3]]


def place_below(city: City, mine: Chance, units: list[Unit]) -> str:
    """A place below the unit, or where any of them is."""
    if not city.spots[0]:
        return mine.pick("spot", words()["spot"])
    unit, place = mine.pick("place", city.spots.get(units[0].id) or city.spots[0])
    return f"{'' if place.startswith(unit.short) else unit.short}{place}{mine.pick('spot', words()['spot'])}"
