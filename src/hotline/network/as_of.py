"""进程里的一份 (as of): rows of the network that a process keeps, and reads anew once the network has changed; as old as
the tree of units may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from hotline.network import desks
from hotline.procedure.perform import raw

R = TypeVar("R")


class AsOf(Generic[R]):
    """一份: the answers to one question, each row made into what it stands for."""

    def __init__(self, query: str, made: Callable[[tuple[Any, ...]], R]):
        self.query, self.made = query, made
        self._kept: tuple[tuple[str, int], tuple[R, ...]] | None = None

    def rows(self) -> tuple[R, ...]:
        """All of them, of the network as this process last saw it."""
        found, stamp = self._kept, desks.stamp()
        if found is None or found[0] != stamp:
            with raw().cursor() as cur:
                rows = cur.execute(self.query, prepare=True).fetchall()
            found = self._kept = stamp, tuple(map(self.made, rows))
        return found[1]
