"""知识库的循环 (knowing): asks in time whether entries still hold, ends those nobody said so of, and fills the knowledge base
of a demonstration."""

from __future__ import annotations

from hotline.knowledge import clock, seed
from hotline.procedure import times


class Knowing:
    """知识库: one set of entries on which something has fallen due."""

    every = 30.0

    def __init__(self) -> None:
        self._filled = False

    def turn(self) -> bool:
        """One portion; true when more waits."""
        if not self._filled:
            self._filled = True
            if times.simulated():
                seed.load_demo(times.now())
        return clock.sweep(times.now()).full
