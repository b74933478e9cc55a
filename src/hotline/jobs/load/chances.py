"""机缘的记录 (recorded chance): what a matter's acts drew at random, so that another matter of the same life draws its
own in the same places; and the lots that were drawn with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.procedure.secrets import Randomness
from hotline.rules import follow_up
from hotline.rules.book import Rulebook

LOT = 8  # bytes of a seed: nothing else is of this length
Place = tuple[int, int]  # the line before the act, and which of the act's draws


def falls(book: Rulebook, seed: bytes, number: str) -> bool:
    """Whether the lot of a matter falls so that it is followed up, where nothing calls for that anyway."""
    return follow_up.drawn(book, seed.hex(), number, {}).ok


@dataclass(slots=True)
class Recorded(Randomness):
    """记录的机缘: bytes that are known again wherever they come. `lots`: how the lots are to fall, one after the other."""

    book: Rulebook
    number: str
    lots: Sequence[bool] = ()
    drawn: dict[Place, bytes] = field(default_factory=dict)
    fell: dict[Place, bool] = field(default_factory=dict)

    def of(self, *label: object) -> Randomness:
        """The source of one act."""
        return _Of(self, int(str(label[-1])))

    def lot(self, place: Place) -> bool:
        """How the lot drawn there is to fall; not, where nothing was said of it."""
        before = sum(len(value) == LOT and other < place for other, value in self.drawn.items())
        return self.lots[before] if before < len(self.lots) else False

    def fresh(self, place: Place, count: int) -> bytes:
        """Bytes for a place; a seed such that its lot falls as it is to."""
        wanted = self.lot(place) if count == LOT else None
        for attempt in range(1000):
            found = hashlib.sha512(f"{place} {attempt}".encode()).digest()[:count]
            if wanted is None or falls(self.book, found, self.number) is wanted:
                self.drawn[place] = found
                if wanted is not None:
                    self.fell[place] = wanted
                return found
        raise RuntimeError("a lot that never falls so")


@dataclass(slots=True)
class _Of(Randomness):
    whole: Recorded
    seq: int
    count: int = 0

    def take(self, count: int) -> bytes:
        self.count += 1
        return self.whole.fresh((self.seq, self.count), count)
