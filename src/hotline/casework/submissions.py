"""呈件的事实 (submissions): what is put before which leader, who may read it, and which units the leader named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from hotline.casework.records import Submission
from hotline.network.roles import OFFICE, UNIT
from hotline.procedure.actor import Actor

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

INSTRUCTED, GIVEN_BACK, WITHDRAWN = "instructed", "given_back", "withdrawn"
Body = Callable[[int], str]


def pending(dossier: MatterDossier) -> Submission | None:
    """The one that waits for its leader; there is one at a time."""
    return next((one for one in dossier.all(Submission) if not one.outcome), None)


def instructed(dossier: MatterDossier) -> Submission | None:
    """The newest one that a leader has instructed on."""
    return next((one for one in reversed(dossier.all(Submission)) if one.outcome == INSTRUCTED), None)


def unreported(dossier: MatterDossier) -> list[Submission]:
    """Those on which a leader has instructed and not heard yet what came of it."""
    return [one for one in dossier.all(Submission) if one.outcome == INSTRUCTED and one.reported_at is None]


def addressed(dossier: MatterDossier, actor: Actor) -> bool:
    """Whether it was put before this post, and not withdrawn before anything was decided."""
    return any(one.post_id == actor.post_id and one.outcome != WITHDRAWN for one in dossier.all(Submission))


def unit_ids(written: str) -> tuple[int, ...]:
    """Units as a submission keeps them, the lead first."""
    return tuple(map(int, written.split()))


def written(units: Iterable[int]) -> str:
    """The reverse of `unit_ids`."""
    return " ".join(map(str, units))


def wanted(dossier: MatterDossier) -> tuple[int, ...]:
    """The units that the last instruction names, the lead first; none while another one is waited for."""
    last = instructed(dossier)
    return unit_ids(last.instructed_units) if last and pending(dossier) is None else ()


def departs(wanted: Sequence[int], lead: int, others: Iterable[int]) -> bool:
    """Whether these units are other ones than those wanted, or another of them leads."""
    return bool(wanted) and (lead != wanted[0] or set(others) != set(wanted[1:]))


def carried_out(dossier: MatterDossier, wanted: Sequence[int], joining: int | None = None) -> bool:
    """Whether those wanted have it: the first leads, the others assist; `joining`: one more that does from now on."""
    lead = dossier.lead()
    held = {joining, *(order.unit_id for order in dossier.orders if order.ended_at is None)}
    return not wanted or (lead is not None and lead.unit_id == wanted[0] and held >= set(wanted[1:]))


def may_read(one: Submission, actor: Actor) -> bool:
    """The office, that leader, and whoever acts for that leader."""
    return actor.role in OFFICE or actor.post_id == one.post_id


def readable(dossier: MatterDossier, actor: Actor | None) -> Body:
    """The matter's texts as somebody may read them: of what was put before a leader a unit reads the instruction that
    it is to carry out and nothing else, another leader nothing."""
    hidden: set[int | None] = set()
    for one in dossier.all(Submission):
        if actor is None or not may_read(one, actor):
            to_carry_out = one.outcome == INSTRUCTED and actor is not None and actor.role in UNIT
            hidden |= {one.opinion_id, one.report_id, *(() if to_carry_out else (one.words_id,))}
    return lambda text_id: "" if text_id in hidden else dossier.body(text_id)
