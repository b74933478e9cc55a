"""并行核验: a large city's chains are walked along by several processes, since one reads some 16,000 lines a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hotline.config import crew
from hotline.procedure import verify, verify_parts
from hotline.procedure.verify_seals import Broken

EACH = 100_000  # lines of a portion, about; so few are not worth a process of their own


def by(processes: int | None, root: Path) -> verify.Chains:
    """A walk along all chains by so many processes; where no number is said, by one for each core of the machine, by
    this one alone where there is little. Raises Complaint."""

    def chains(conn: Any, tally: verify.Tally, told: verify.Told | None) -> Iterator[Broken]:
        total = verify.in_all(conn)
        count = processes or (1 if total <= EACH else os.cpu_count() or 1)
        if count == 1:
            yield from verify.along(conn, tally, told)
            return
        found = []
        parts = verify_parts.portions(conn, max(count, -(-total // EACH)))
        for one in crew.work(count, begin, (str(root),), verify_parts.walk, parts):
            tally.chains, tally.lines = tally.chains + one.chains, tally.lines + one.lines
            found.append(one)
            if told:
                told(tally.lines, total)
        yield from (broken for one in sorted(found) for broken in one.broken)

    return chains


def begin(root: str) -> None:
    """A worker's beginning: its own connection."""
    from hotline.config import boot, wiring

    boot.configure(Path(root))
    wiring.wire()
