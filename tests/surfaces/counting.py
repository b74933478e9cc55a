"""Counting statements: the budgets of design §9, and what the tests of acts and of pages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from hotline.casework.models import Matter
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.models import ChainHead
from surfaces.city import text_of
from surfaces.walk import Walk

MOST_OF_A_STEP, MOST_OF_A_VERB, MOST_OF_A_PAGE = 9, 11, 8
RARER = 1  # the rows of the rarer tables are a statement of their own, where a matter has any
BLOCK = 1  # a block of numbers is drawn once in some sixty acts; the counted ones have theirs beforehand


def steadily(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process looks at again every few seconds (units, the simulated clock) is not looked at here."""
    from hotline.network import desks
    from hotline.procedure import times

    monkeypatch.setattr(desks, "FRESH_SECONDS", 1e9)
    monkeypatch.setattr(times, "REFRESH_SECONDS", 1e9)


def dearer(found: Mapping[Any, int], allowed: Mapping[Any, int]) -> dict[Any, int]:
    """What costs more than it may; every figure is spoken of."""
    assert found.keys() == allowed.keys()
    return {what: n for what, n in found.items() if n > allowed[what]}


def looked(statements: Any, client: Any, url: str) -> tuple[int, str]:
    """Statements of one page, and the page."""
    with statements:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return int(statements.count), answer.content.decode()


def counted(
    statements: Any, client: Any, url: str, data: Mapping[str, Any] | None = None, expected: int = 200
) -> int:
    """Statements of one request."""
    with statements:
        answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == expected, (url, answer.status_code, text_of(answer.content)[-1500:])
    return int(statements.count)


def warm() -> None:
    """The process has been at work for a minute."""
    Walk().until("archive").citizen.get("/")


def rarer(number: str) -> int:
    """What the rarer tables cost on this matter."""
    matter = Matter.objects.get(number=number)
    return RARER * (ChainHead.objects.get(chain_kind=CHAIN_KINDS["matter"], chain_id=matter.id).holds != 0)
