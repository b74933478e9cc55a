"""机缘 (chance): everything drawn is a function of the seed and of a label, whatever was drawn before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chance:
    """机缘: shares drawn under one key; the same key and label give the same share."""

    key: str

    def of(self, name: object) -> Chance:
        """The chance of somebody or something, apart from all others."""
        return Chance(f"{self.key}/{name}")

    def bits(self, label: str) -> int:
        """64 bits."""
        return int.from_bytes(hashlib.sha256(f"{label}\0{self.key}".encode()).digest()[:8], "big")

    def share(self, label: str) -> float:
        """At least 0, less than 1."""
        return (self.bits(label) >> 11) / 2**53

    def hit(self, label: str, share: float) -> bool:
        """True in such a share of all cases."""
        return self.share(label) < share

    def between(self, label: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self.share(label)

    def pick(self, label: str, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.bits(label) % len(things)]
