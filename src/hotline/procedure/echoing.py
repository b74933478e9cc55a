"""回声 (echoes): what an act brings about on other chains of its kind, lived in memory; shared with the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.procedure.card import REGISTRY
from hotline.procedure.dossier import Dossier
from hotline.procedure.due_acts import case_on
from hotline.procedure.engine import SYSTEM, judge, live, merge
from hotline.procedure.writeset import Echo, WriteSet


class MoreChains(Exception):
    """还要锁别的链: an act reaches chains that are not locked with its own; nothing of it is written."""

    def __init__(self, chains: frozenset[int]):
        super().__init__(len(chains))
        self.chains = chains


def lived(out: WriteSet, others: Mapping[int, Dossier], fallen: Mapping[int, WriteSet], now: datetime
          ) -> Mapping[int, WriteSet]:  # fmt: skip
    """Perform every echo of a write-set, and what these bring about in turn; what is to be written by chain, behind
    what had `fallen` due there. Raises MoreChains."""
    whole, waiting = {i: fallen.get(i) or WriteSet() for i in others}, [*out.echoes]
    if more := frozenset(echo.chain_id for echo in waiting) - others.keys():
        raise MoreChains(more)
    while waiting:
        echo = waiting.pop(0)
        more_of_it = _lived(echo, others, now)
        merge(whole[echo.chain_id], more_of_it)
        waiting += more_of_it.echoes
        if more := frozenset(one.chain_id for one in waiting) - others.keys():
            raise MoreChains(more)
    return whole


def _lived(echo: Echo, others: Mapping[int, Dossier], now: datetime) -> WriteSet:
    dossier = others[echo.chain_id]
    case = case_on(REGISTRY[echo.card], dossier, dossier.root, SYSTEM, now)
    if not echo.must and not judge(case)[0].ok:
        return WriteSet()
    return live(case, echo.form)
