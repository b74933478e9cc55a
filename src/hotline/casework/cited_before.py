"""引用过的 (cited before): documents that letters of one's own unit rest on. Narrowed by the desks' own question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import F, OuterRef, Subquery

from hotline.casework import alike, desks, letter_texts
from hotline.casework.citing import Cited
from hotline.casework.models import Letter
from hotline.casework.searching import GIVEN_BELOW
from hotline.casework.wording import body
from hotline.network.records import Unit
from hotline.procedure.actor import Actor

NEWEST = 100  # of the unit's orders are looked through for what their letters cite
SHOWN = 8


def earlier(actor: Actor, unit: Unit | None, category: str) -> list[Cited]:
    """What this unit's newest letters cite, those of the same category first, the most cited before the others."""
    if unit is None:
        return []
    with connection.cursor() as cur:
        cur.execute(*alike.asked(_compose, actor, unit))
        rows = [(of == category != "", pair) for of, notes in cur.fetchall() for pair in _pairs(notes)]
    times, near = Counter(pair for _, pair in rows), {pair for same, pair in rows if same}
    ranked = sorted(times, key=lambda pair: (pair not in near, -times[pair]))
    return [Cited(*pair, times[pair], pair in near) for pair in ranked[:SHOWN]]


def _compose(actor: Actor, unit: Unit | None) -> alike.Question:
    own = desks.orders(actor, unit)
    if unit is not None and unit.level != 2:
        own = own.filter(GIVEN_BELOW)
    letters = Letter.objects.filter(matter=OuterRef("matter"), order_id=OuterRef("id")).order_by("-id")
    notes = Subquery(letters.annotate(notes=body("notes_id")).values("notes")[:1])
    rows = own.order_by("-dispatched_at", "-id").annotate(notes=notes, of=F("matter__category"))
    return alike.settled(rows.values_list("of", "notes")[:NEWEST].query.sql_with_params())


def _pairs(notes: str | None) -> Iterable[tuple[str, str]]:
    """Title and number of what one letter cites; nothing of one whose texts were taken away."""
    return [(row[0], row[1]) for row in letter_texts.cited(notes or "") if len(row) > 1 and row[0] and row[1]]
