"""在交接班记录里匿名 (forgetting in notes): whoever is forgotten is forgotten in what one shift leader told the next, too.
Notes are of no matter: all are looked through for the person's names and telephone numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.casework.people import FORGOTTEN, revealed_of
from hotline.casework.redacting import masker
from hotline.network.records import ShiftNote
from hotline.network.transitions.handing import BlankShiftNote
from hotline.procedure.engine import SYSTEM
from hotline.procedure.perform import Subject, perform, raw, read
from hotline.procedure.world import current

_NOTES = "SELECT unit_id, id, body FROM network_shiftnote ORDER BY unit_id, id"


def words_of(matter_id: int, citizen_id: int) -> list[str]:
    """By what a person is known in a matter; nothing once their key is gone. Asked before they are forgotten."""
    found = revealed_of(read("matter", matter_id), current().keys, citizen_id)  # type: ignore[arg-type]
    return [word for word in found if word and word != FORGOTTEN]


def cover(words: Sequence[str], now: datetime) -> int:
    """Cover these words in every note; in how many there were any."""
    if not words:
        return 0
    mask, done = masker(words, ()), 0
    with raw().cursor() as cur:
        notes = cur.execute(_NOTES).fetchall()
    for unit_id, note_id, body in notes:
        if (covered := mask(body)) != body:
            perform(BlankShiftNote, Subject("unit", unit_id, (ShiftNote, note_id)), {"body": covered}, actor=SYSTEM,
                    now=now)  # fmt: skip
            done += 1
    return done
