"""What the rules answer with. An answer never travels without the clause it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Due:
    """期限：an instant at which something is over; acting in time means acting before `at`.

    `at` is aware, in the city's time zone; 24:00 of a day is 00:00 of the next. `provisional` is true
    when a calendar year that is not yet official had a part in it.
    """

    at: datetime
    clause: str
    readings: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """裁定：whether something may be done; `because` is Chinese and said to the person who asked."""

    ok: bool
    clause: str
    because: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """缺项：one element that a form or letter lacks; `consequence` says what becomes of a letter without it."""

    field: str
    clause: str
    because: str
    consequence: str = ""
