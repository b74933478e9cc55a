"""办理人 (actors): who acts, as which post, and how far that post reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """范围: which matters a post may touch with a card."""

    OWN = "own"  # the citizen's own matter
    HOLDS = "holds"  # the unit that holds the order
    BELOW = "below"  # units below the actor's unit
    CITY = "city"  # the whole city
    ALL = "all"  # everything, for those who may decide for the whole city; the card says who that is
    OVER = "over"  # the whole city for the office; for a unit, what the level below it holds


@dataclass(frozen=True, slots=True)
class Actor:
    """办理人: a person acting as one post. `for_person_id` is set when acting for somebody else (代理). `elsewhere`: the
    units of all posts that the persons of this act hold; `desks`: those of them that are the hotline's own desks."""

    role: str
    person_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    for_person_id: int | None = None
    elsewhere: frozenset[int] = frozenset()
    desks: frozenset[int] = frozenset()

    def persons(self) -> frozenset[int]:
        """Everybody this act counts for: the person, and the one acted for."""
        return frozenset(p for p in (self.person_id, self.for_person_id) if p is not None)

    def units(self) -> frozenset[int]:
        """Every unit to which this act's persons belong: that of the post, and those of their other posts."""
        return self.elsewhere if self.unit_id is None else self.elsewhere | {self.unit_id}
