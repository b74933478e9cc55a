"""数一数 (figures): what a simulated city has come to, counted from its rows and its ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from hotline.casework import models
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.models import LedgerLine

MATTER = CHAIN_KINDS["matter"]


@dataclass(slots=True)
class Figures:
    """数字: matters and orders by status, cards by colour, lines by kind, and whether letters were in time."""

    matters: dict[str, int] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    cards: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    on_time: int = 0
    late: int = 0


def count() -> Figures:
    """The figures of this city, whoever made them."""
    timely = _by("on_time", models.Order.objects.exclude(on_time=None))
    return Figures(
        _by("status", models.Matter.objects), _by("status", models.Order.objects), _by("colour", models.Mark.objects),
        _by("kind", LedgerLine.objects.filter(chain_kind=MATTER)), timely.get("True", 0), timely.get("False", 0),
    )  # fmt: skip


def _by(column: str, rows: Any) -> dict[str, int]:
    found = rows.values_list(column).annotate(n=Count("*")).order_by()
    return dict(sorted(Counter({str(value): n for value, n in found}).items()))
