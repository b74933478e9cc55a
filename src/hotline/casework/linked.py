"""关联的读取 (linked): a matter opened at a desk says nothing of another one that is about whoever opens it (R-21): neither
that the two have to do with one another, nor what was passed on from there."""

from __future__ import annotations

from hotline.casework.barring import about
from hotline.casework.dossier import MatterDossier
from hotline.casework.models import Matter
from hotline.casework.records import Link, Rested
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES
from hotline.procedure.ledger import LineMeta

NAMES = frozenset(("other_id", "main_id"))  # the facts by which a line names another matter


def shown(dossier: MatterDossier, actor: Actor) -> MatterDossier:
    """The dossier as this post may read it; no question where the matter is linked to none, nor rests on a ruling."""
    others = {link.other_id for link in dossier.all(Link)} | {row.other_id for row in dossier.all(Rested)}
    if not others:
        return dossier
    hidden = frozenset(Matter.objects.filter(about(actor), id__in=others).values_list("id", flat=True))
    return without(dossier, hidden) if hidden else dossier


def without(dossier: MatterDossier, hidden: frozenset[int]) -> MatterDossier:
    """Without the links to these matters and the lines about them; how far its chain has come stays as it is."""
    kept = [row for row in dossier.rows() if not (isinstance(row, Link | Rested) and row.other_id in hidden)]
    lines = [line for line in dossier.lines if not named(line) & hidden]
    return MatterDossier(dossier.chain, dossier.head, kept, lines)


def named(line: LineMeta) -> set[int]:
    """The other matters that a line names."""
    facts = LINES[line.kind].ledger.facts
    if not NAMES & set(facts):
        return set()
    return {value for name, value in zip(facts, line.read().facts, strict=False) if name in NAMES and value}
