"""排时刻 (plan): at which instants the steps of one message fall.

The file gives two: the message (registered, accepted, dispatched) and the answer (filed). What lies between and after
is drawn from a hash of the id, so that the same file always gives the same lives:
signed for between delivery and the end of the limit for signing, about one in ten after it; first contact within some
hours of signing; drafted, told to the citizen and signed off in the last days before filing; reviewed within the
office's own limit; followed up by phone on the next working day where the lot fell so, some citizens never reached;
an answer of few characters is sent back once, and the same text accepted one working day later;
archived on a working day after the follow-up, or by the clock when the rating period ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hotline.jobs.replay.reader import Message
from hotline.rules import follow_up, limits, office
from hotline.rules.book import Rulebook
from hotline.rules.worktime import local_midnight

LATE_SHARE = 0.1  # signs for after the limit, where the answer came after it, too
REACHED_SHARE = 0.8  # is reached at the first call of the follow-up
FIRST_CALL = timedelta(hours=4)  # the first contact follows within this time of signing
WRITING = timedelta(days=2)  # the letter is written within this time before it is filed
MORNING, CALLING, DESK = timedelta(hours=9), timedelta(hours=2), timedelta(hours=8)
SECOND = timedelta(seconds=1)
SHORT = 30  # an answer of no more characters than these is sent back
ONE_STEP = timedelta(minutes=10)  # between the steps of doing it again


@dataclass(frozen=True, slots=True)
class Draw:
    """签: shares drawn for one message; the same id and label give the same share."""

    id: str

    def number(self, label: str) -> int:
        """64 bits."""
        return int.from_bytes(hashlib.sha256(f"{label}\0{self.id}".encode()).digest()[:8], "big")

    def share(self, label: str) -> float:
        """At least 0, less than 1."""
        return (self.number(label) >> 11) / 2**53

    def between(self, label: str, first: datetime, last: datetime) -> datetime:
        """A drawn instant of whole seconds after `first`, before `last`."""
        return part(first, last, self.share(label))


def part(first: datetime, last: datetime, share: float) -> datetime:
    """The instant that lies `share` of the way from `first` to `last`, in whole seconds."""
    return first + (last - first) * share // SECOND * SECOND


@dataclass(frozen=True, slots=True)
class Again:
    """重办: a letter too short is sent back when it would have been approved; the same text is written, signed off,
    filed and approved one working day later."""

    drafted: datetime
    told: datetime
    signed_off: datetime
    filed: datetime
    approved: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """日程: the instants of one message. `approved` is when the first letter is looked at; `calls` are those of
    a follow-up, `reached` whether the last one succeeds; `archived` when a reviewer archives after it;
    otherwise the clock does when the rating ends."""

    dispatched: datetime
    signed: datetime
    contacted: datetime
    drafted: datetime
    told: datetime
    signed_off: datetime
    filed: datetime
    approved: datetime
    again: Again | None
    calls: Sequence[datetime]
    reached: bool
    archived: datetime
    rating_ends: datetime


def begins(book: Rulebook, messages: Iterable[Message]) -> datetime | None:
    """The midnight before the first message: the first instant of the city in which they are lived."""
    first = min((message.asked for message in messages), default=None)
    return local_midnight(book.calendar.day_of(first), book.tz) if first else None


def plan(book: Rulebook, message: Message) -> Plan:
    """The instants of a message. Raises UncoveredYear where the calendar ends before they do."""
    draw, filed = Draw(message.id), message.answered
    signed = _signed(book, message, draw)
    contacted = draw.between("contact", signed, min(filed, signed + FIRST_CALL))
    writing = max(contacted, filed - WRITING)
    approved = draw.between("approve", filed, office.review_until(book, filed).at)
    again = _again(book, approved) if too_short(message.reply) else None
    settled = again.approved if again else approved
    reached = draw.share("reached") < REACHED_SHARE
    calls = _calls(book, settled, draw, reached)
    archived = _at_desk(book, book.calendar.day_of(calls[-1]), draw)
    return Plan(
        message.asked, signed, contacted, part(writing, filed, 0.25), part(writing, filed, 0.5),
        part(writing, filed, 0.75), filed, approved, again, calls, reached, archived,
        follow_up.rating_until(book, settled).at,
    )  # fmt: skip


def too_short(reply: str) -> bool:
    """Whether an answer says so little, white space not counted, that it is sent back once."""
    return len("".join(reply.split())) <= SHORT


def _again(book: Rulebook, sent_back: datetime) -> Again:
    """The same time of day on the next working day."""
    after = book.calendar.workday_after(book.calendar.day_of(sent_back))
    approved = datetime.combine(after, book.calendar.local(sent_back).timetz()).astimezone(UTC)
    return Again(*(approved - i * ONE_STEP for i in (4, 3, 2, 1)), approved)


def _signed(book: Rulebook, message: Message, draw: Draw) -> datetime:
    delivered, until = message.asked, limits.sign_until(book, message.asked).at
    if draw.share("late") < LATE_SHARE and until < message.answered:
        return draw.between("sign", until, min(message.answered, until + (until - delivered)))
    return draw.between("sign", delivered, min(until, message.answered))


def _at_desk(book: Rulebook, after: date, draw: Draw) -> datetime:
    """In office hours of the first working day after a day."""
    day = local_midnight(book.calendar.workday_after(after), book.tz).astimezone(UTC)
    return draw.between("archive", day + MORNING, day + MORNING + DESK)


def _calls(book: Rulebook, approved: datetime, draw: Draw, reached: bool) -> list[datetime]:
    """One call, or as many in vain as the rulebook asks for, each at another hour."""
    after = book.calendar.workday_after(book.calendar.day_of(approved))
    day = local_midnight(after, book.tz).astimezone(UTC)
    first = draw.between("call", day + MORNING, day + MORNING + CALLING)
    tries = 1 if reached else book.provision("follow_up").values["tries"]
    return [first + i * CALLING for i in range(tries)]
