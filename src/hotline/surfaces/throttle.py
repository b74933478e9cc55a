"""限次 (throttle): tries that may be guessed at, limited per thing and per address, counted before they are looked at."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from hotline.procedure.perform import raw
from hotline.surfaces import sign_in


class TooMany(Exception):
    """试得太多: `because` says how long to wait."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


@dataclass(slots=True)
class Try:
    """一次尝试: set `good` when it turned out right."""

    good: bool = False


@contextmanager
def one_try(kind: str, thing: str, address: str, now: datetime) -> Iterator[Try]:
    """One try at `thing` from `address`; a good one is forgiven, and it alone. Raises TooMany."""
    keys = sign_in.throttle_key(kind, thing), sign_in.throttle_key(f"{kind}-address", address)
    with raw().cursor() as cur:
        waits = sign_in.count_try(cur, *keys, now)
        if waits:
            raise TooMany(sign_in.WAIT.format(math.ceil(max(waits).total_seconds() / 60)))
        tried = Try()
        yield tried
        if tried.good:
            sign_in.forgive(cur, *keys)
