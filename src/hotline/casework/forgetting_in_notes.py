"""在交接班记录里匿名 (forgetting in notes): whoever is forgotten is forgotten in what one shift leader told the next, too.
Notes are of no matter: all are looked through for the person's names and telephone numbers. What was covered is noted
outside the database, as what is destroyed is, so that it is covered after a restore, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from hotline.casework.people import FORGOTTEN, Revealed, opened
from hotline.casework.records import PersonKey
from hotline.casework.redacting import masker
from hotline.network.records import ShiftNote
from hotline.network.transitions.handing import BlankShiftNote
from hotline.procedure.destroying import Destruction, has_its_line, replayed
from hotline.procedure.engine import SYSTEM
from hotline.procedure.perform import Subject, perform, raw
from hotline.procedure.world import current

_SEALED = ", ".join(f"c.{name}_sealed" for name in Revealed._fields)
# One statement; nothing once the key is gone, nobody knows the name then.
_KNOWN = f"""
SELECT n.unit_id, n.id, n.body, k.id, k.wrapped, k.master_id, {_SEALED} FROM casework_citizen c
JOIN procedure_personkey k ON k.id = c.id CROSS JOIN network_shiftnote n WHERE c.id = %s ORDER BY n.unit_id, n.id
"""
_RESTORED = f"SELECT unit_id, id, body FROM {ShiftNote.TABLE} WHERE id = ANY(%s) ORDER BY id"


def cover(citizen_id: int, also: Iterable[str], now: datetime) -> int:
    """Cover the person's names and numbers, and these words, in every note; in how many there were any. Called before
    the person is forgotten: killed in between, it is done again."""
    with raw().cursor() as cur:
        notes = cur.execute(_KNOWN, (citizen_id,)).fetchall()
    if not notes:
        return 0
    owner, wrapped, master_id, *sealed = notes[0][3:]  # of whom, which each row says alike
    known = opened(current().keys, PersonKey(owner, wrapped, master_id), sealed)
    mask, done = masker([*(word for word in known if word != FORGOTTEN), *also], ()), 0
    for unit_id, note_id, body, *_ in notes:
        if (covered := mask(body)) != body:
            perform(BlankShiftNote, Subject("unit", unit_id, (ShiftNote, note_id)), {"body": covered}, actor=SYSTEM,
                    now=now)  # fmt: skip
            done += 1
    return done


@replayed
def again(notes: Sequence[Destruction], now: datetime) -> None:
    """After a restore: whoever was covered since then has the line that says so."""
    mine = [note.row_id for note in notes if note.table == ShiftNote.TABLE]
    with raw().cursor() as cur:
        rows = cur.execute(_RESTORED, (mine,)).fetchall()
    for unit_id, note_id, body in rows:
        if not has_its_line("unit", unit_id, (BlankShiftNote.ledger.kind,), note_id):
            perform(BlankShiftNote, Subject("unit", unit_id, (ShiftNote, note_id)), {"body": body}, actor=SYSTEM,
                    now=now)  # fmt: skip
