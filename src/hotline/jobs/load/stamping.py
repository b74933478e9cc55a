"""铸字 (stamping): a text in which some parts differ from matter to matter, cut at these parts once, filled in often."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from hotline.procedure.tokens import moment
from hotline.procedure.writing import EPOCH, MICROSECOND

FIRST_ID = 8_000_000_000_000_000_000  # numbers from here on stand for those of the matter to come
ID = re.compile(r"8000000000000000\d{3}")
SHOWN = "\x04"  # before and behind an instant that stands in bytes: counted in microseconds since 1970
_INSTANT = re.compile(
    r"\x04\d+\x04|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:Z|[+-]\d\d:\d\d)|(?<![\d.])(?:\d{16}|\d{10})(?!\d)"
)
_HOLE = re.compile("\x01(\\d+)\x02")
_AT = "\x03"
SECONDS = 10  # digits of an instant in seconds; one of more is in microseconds
MILLION = 1_000_000
NO_SHIFT = timedelta()


class Unlike(ValueError):
    """不一样: two lives that should differ in their instants alone differ otherwise."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """铸模: what stays, and which value stands between."""

    parts: tuple[str, ...]
    holes: tuple[int, ...]

    def fill(self, values: Sequence[str]) -> str:
        """The text with its holes filled."""
        if not self.holes:
            return self.parts[0]
        whole = [""] * (2 * len(self.holes) + 1)
        whole[0::2] = self.parts
        whole[1::2] = itemgetter(*self.holes)(values) if len(self.holes) > 1 else (values[self.holes[0]],)
        return "".join(whole)


def mover(said: str) -> Callable[[timedelta], str]:
    """How an instant, as the ledger or COPY says it, is said so much later; of one shown in bytes, as COPY takes it."""
    if said.startswith(SHOWN):
        within = EPOCH + int(said.strip(SHOWN)) * MICROSECOND
        return lambda shift: moment(within + shift).hex()
    if said.isdigit():
        whole, unit = int(said), 1 if len(said) == SECONDS else MILLION
        return lambda shift: str(whole + int(shift.total_seconds()) * unit)
    at = datetime.fromisoformat(said)
    if said.endswith("Z"):
        bare = at.astimezone(UTC).replace(tzinfo=None)
        return lambda shift: (bare + shift).isoformat() + "Z"
    return lambda shift: (at + shift).isoformat()


def moved(said: str, shift: timedelta) -> str:
    """An instant so much later, said in the same way."""
    return mover(said)(shift)


@dataclass(slots=True)
class Cutter:
    """裁: cuts texts of two lives that differ by a shift of their people's acts. Holes: what is known of the matter
    (`known`, the same of the later life in `later`), its numbers, and instants that move with the acts."""

    shift: timedelta
    known: Mapping[str, int]
    later: Mapping[str, int]
    holes: dict[str, int]

    def cut(self, text: str, later: str) -> Stamp:
        """Cut one text. Raises Unlike."""
        mine, at = _marked(text, self.known)
        theirs, then = _marked(later, self.later)
        if mine != theirs or len(at) != len(then):
            raise Unlike("the texts differ by more than instants")
        instants = iter([self._instant(*pair) for pair in zip(at, then, strict=True)])
        filled = re.sub(_AT, lambda _: next(instants), mine)
        parts = _HOLE.split(ID.sub(lambda found: self._hole(found[0]), filled))
        return Stamp(tuple(parts[0::2]), tuple(map(int, parts[1::2])))

    def _instant(self, one: str, other: str) -> str:
        if one == other:
            return moved(one, NO_SHIFT) if one.startswith(SHOWN) else one
        if moved(one, self.shift) != (moved(other, NO_SHIFT) if other.startswith(SHOWN) else other):
            raise Unlike("an instant that neither stays nor moves with the acts")
        return self._hole(one)

    def _hole(self, said: str) -> str:
        return f"\x01{self.holes.setdefault(said, len(self.holes))}\x02"


def _marked(text: str, known: Mapping[str, int]) -> tuple[str, list[str]]:
    for said, hole in known.items():
        if said in text:
            text = text.replace(said, f"\x01{hole}\x02")
    found: list[str] = []

    def note(match: re.Match[str]) -> str:
        found.append(match[0])
        return _AT

    return _INSTANT.sub(note, text), found
