"""一个人的个人信息 (forgetting): all matters of one person, found by telephone, handed out, forgotten one after the other.
Doing it again goes on where it stopped; a restore has it done again."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.casework import forgetting_in_notes as in_notes
from hotline.casework.lookups import BY_PHONE, _named
from hotline.casework.records import PersonKey
from hotline.casework.transitions.forgetting import Anonymise, AnonymiseAgain
from hotline.casework.transitions.retaining import DestroyExpired
from hotline.procedure.actor import Actor
from hotline.procedure.destroying import Destruction, has_its_line, replayed
from hotline.procedure.engine import SYSTEM, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform, raw
from hotline.procedure.secrets import Unreadable
from hotline.procedure.world import current

log = logging.getLogger("hotline.casework")
KINDS = (Anonymise.ledger.kind, AnonymiseAgain.ledger.kind, DestroyExpired.ledger.kind)
_EXPIRED = """
SELECT DISTINCT m.id, c.citizen_id FROM casework_matter m JOIN casework_contact c ON c.matter_id = m.id
WHERE m.dispose_asked_at IS NOT NULL AND m.dispose_at IS NOT NULL AND c.citizen_id IS NOT NULL
AND c.forgotten_at IS NULL ORDER BY m.id, c.citizen_id LIMIT 100
"""
_MATTERS = """
SELECT m.id, m.number, m.status, bool_and(c.forgotten_at IS NOT NULL), min(c.at) FROM casework_contact c
JOIN casework_matter m ON m.id = c.matter_id WHERE c.citizen_id = %s GROUP BY m.id ORDER BY m.id
"""
_CONTACTS = """
SELECT DISTINCT citizen_id, matter_id FROM casework_contact
WHERE (matter_id, id) IN (SELECT * FROM unnest(%s::int8[], %s::int8[])) AND citizen_id IS NOT NULL
"""
_OF_WHICH = "SELECT matter_id, id FROM {} WHERE id = ANY(%s)"  # reads the whole table: for notes of earlier versions
_MAINS = "SELECT DISTINCT matter_id, other_id FROM casework_link WHERE sort = 'main' AND matter_id = ANY(%s)"
_KEY = "SELECT 1 FROM procedure_personkey WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Brought:
    """某人的一件事项: its number, status, whether they were forgotten in it already, and when they first called."""

    matter_id: int
    number: str
    status: str
    forgotten: bool
    at: datetime


@dataclass(slots=True)
class Forgotten:
    """匿名的结果: in how many matters it was done now; those where it could not be, and why; whether the key is gone."""

    done: int = 0
    waiting: dict[str, str] = field(default_factory=dict)
    key_destroyed: bool = False


def seek(phone: str) -> list[tuple[int, str]]:
    """Those known by this telephone number: number and name. A line in the seeker's own chain says so first."""
    world = current()
    with raw().cursor() as cur:
        rows = cur.execute(BY_PHONE, (world.keys.phone_index(phone),)).fetchall()
    found = []
    for row in rows:
        try:
            found.append((int(row[0]), _named(world, row)))
        except Unreadable:
            continue
    return found


def matters_of(citizen_id: int) -> list[Brought]:
    """All that one person brought, oldest first."""
    with raw().cursor() as cur:
        return [Brought(*row) for row in cur.execute(_MATTERS, (citizen_id,)).fetchall()]


def forget(citizen_id: int, brought: Sequence[Brought], form: Mapping[str, Any], actor: Actor, now: datetime
           ) -> Forgotten:  # fmt: skip
    """Forget one person in those of these matters that are not being handled; with the last of all their key goes."""
    result = Forgotten()
    in_notes.cover(citizen_id, str(form.get("also") or "").splitlines(), now)
    for one in brought:
        if not one.forgotten:
            _forget_in(one, citizen_id, form, actor, now, result)
    if not result.done:
        with raw().cursor() as cur:
            result.key_destroyed = cur.execute(_KEY, (citizen_id,)).fetchone() is None
    return result


def _forget_in(one: Brought, citizen_id: int, form: Mapping[str, Any], actor: Actor, now: datetime,
               result: Forgotten) -> None:  # fmt: skip
    try:
        done = perform(Anonymise, Subject("matter", one.matter_id), {**form, "citizen": str(citizen_id)}, actor=actor,
                       now=now)  # fmt: skip
        result.done += 1
        result.key_destroyed = done.dossier is not None and done.dossier.find(PersonKey, citizen_id) is None
    except Refused as refused:
        result.waiting[one.number] = refused.verdict.because
    except FormErrors as wrong:
        result.waiting[one.number] = "；".join(problem.because for problem in wrong.problems)


def destroy_expired(now: datetime) -> int:
    """What two people agreed to destroy, caller by caller, each in an act of its own; how many. Killed in between, the
    next turn goes on."""
    with raw().cursor() as cur:
        waiting = cur.execute(_EXPIRED).fetchall()
    done = 0
    for matter_id, citizen_id in waiting:
        form = {"citizen": str(citizen_id)}
        in_notes.cover(citizen_id, (), now)
        try:
            perform(DestroyExpired, Subject("matter", matter_id), form, actor=SYSTEM, now=now)
        except (Refused, FormErrors) as error:  # said aloud, and the others go on
            log.error("事项 %s 保管期满没有销毁：%s", matter_id, type(error).__name__)
        else:
            done += 1
    return done


def _noted(cur: Any, notes: Sequence[Destruction], table: str) -> list[tuple[int, int]]:
    """The rows of a table that were destroyed, each with its matter, by number."""
    mine = [note for note in notes if note.table == table]
    found = [(int(note.kept["matter_id"]), note.row_id) for note in mine if "matter_id" in note.kept]
    if bare := [note.row_id for note in mine if "matter_id" not in note.kept]:
        found += cur.execute(_OF_WHICH.format(table), (bare,)).fetchall()
    return sorted(found, key=lambda row: row[1])


@replayed
def again(notes: Sequence[Destruction], now: datetime) -> None:
    """After a restore: whoever was forgotten since, in whichever matter, has the line that says so."""
    by_matter: dict[int, list[int]] = defaultdict(list)
    with raw().cursor() as cur:
        for matter_id, text_id in _noted(cur, notes, "casework_text"):
            by_matter[matter_id].append(text_id)
        contacts = _noted(cur, notes, "casework_contact")
        rows = cur.execute(_CONTACTS, ([m for m, _ in contacts], [i for _, i in contacts])).fetchall()
        mains = cur.execute(_MAINS, ([matter_id for _, matter_id in rows],)).fetchall()
    for matter_id, main_id in mains:  # what was passed on there has its line by the same act
        by_matter[matter_id] += [one for one in by_matter[main_id] if one not in by_matter[matter_id]]
    for citizen_id, matter_id in sorted(rows):
        if not has_its_line("matter", matter_id, KINDS, citizen_id):
            form = {"citizen": str(citizen_id), "texts": " ".join(map(str, by_matter[matter_id]))}
            perform(AnonymiseAgain, Subject("matter", matter_id), form, actor=SYSTEM, now=now)
