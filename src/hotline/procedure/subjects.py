"""对象 (subjects): what an act is about, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Chain
from hotline.procedure.records import Record


class Unknown(LookupError):
    """没有这件: no chain with this number."""


@dataclass(frozen=True, slots=True)
class Subject:
    """对象: a chain, and the row in it that the card is about (None: the chain's own row; no number: the newest).
    Instead of the chain's number, the question of a desk that finds it: a SELECT of it, and numbered parameters."""

    chain: str
    chain_id: int | None = None
    row: tuple[type[Record], int | None] | None = None
    found: tuple[str, Sequence[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """办成了: chain, number of the first line written, the dossier as it is now. `repeated`: the act id was known.
    `extra` is what a card hands to its page alone (e.g. a query code), never stored."""

    chain: Chain
    seq: int
    dossier: Dossier | None
    repeated: bool = False
    extra: Mapping[str, Any] | None = None
