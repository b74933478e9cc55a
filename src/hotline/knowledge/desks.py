"""案头 (desks) of the knowledge base: what posts read of it. Everybody on the staff reads what was ever in force; what
only waits, or was sent back, is read by the unit that proposed it and by those of the office who confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.knowledge import seeking
from hotline.knowledge.dossier import CONFIRMERS, EntryDossier
from hotline.knowledge.records import Entry, Version
from hotline.knowledge.seeking import MOST, USES, Wanted
from hotline.knowledge.statuses import VersionStatus
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import look, raw

READERS = (*OFFICE, *UNIT, Role.LEADER)
PROPOSERS = (*OFFICE, *UNIT)
FIRST = 6  # beside the operator's desk
FAIR = 3  # what says less than one in so many of what the likest says is not shown


@dataclass(frozen=True, slots=True)
class Listed:
    """词条一行: an entry in a list, with a title: of the version in force, or of the newest one."""

    number: str
    title: str
    sort: str
    category: str
    unit_id: int
    version: int
    valid_until: datetime | None
    public: bool
    uses: int
    body: str
    state: str
    decide_until: datetime | None
    asked_at: datetime | None
    source: str
    document: str
    first: bool
    at: datetime | None
    id: int


@dataclass(frozen=True, slots=True)
class After:
    """翻到哪里: behind which row, as its list is sorted: whether it stood among the first, its instant, its number."""

    first: bool
    at: datetime | None
    id: int


def _row(version: str, joined: str = "", decide: str = "NULL::timestamptz", first: str = "true",
         at: str = "e.confirmed_at", row_id: str = "e.id") -> str:  # fmt: skip
    """A row of which the words are those of this version."""
    texts = ", ".join(f"coalesce((SELECT w.body FROM knowledge_wording w WHERE w.entry_id = e.id AND w.version ="
                      f" {version} AND w.field = '{field}'), '')" for field in ("source", "document"))  # fmt: skip
    body = (f"coalesce((SELECT w.body FROM knowledge_wording w WHERE w.entry_id = e.id AND w.version = {version}"
            " AND w.field = 'body'), '')")  # fmt: skip
    state = ("CASE WHEN e.status <> 'open' THEN 'withdrawn' WHEN e.expired_at IS NOT NULL THEN 'expired'"
             " WHEN e.version > 0 THEN 'in_force' ELSE 'new' END")  # fmt: skip
    return (f"SELECT e.number, t.body, e.sort, e.category, e.unit_id, {version}, e.valid_until, e.public, {USES},"
            f" {body}, {state}, {decide}, e.asked_at, {texts}, {first}, {at}, {row_id} FROM knowledge_entry e {joined}"
            " JOIN knowledge_wording t ON t.entry_id = e.id"
            f" AND t.version = {version} AND t.field = 'title'")  # fmt: skip


_IN_FORCE = _row("e.version")
_WAITING = _row("v.number", "JOIN knowledge_version v ON v.entry_id = e.id", "v.decide_until", at="v.decide_until",
                row_id="v.id")  # fmt: skip
_ASKED = "(e.asked_at IS NOT NULL AND e.expired_at IS NULL)"
_NEWEST = _row(
    "v.number", "JOIN LATERAL (SELECT * FROM knowledge_version n WHERE n.entry_id = e.id ORDER BY n.number DESC"
    " LIMIT 1) v ON true", "CASE WHEN v.status = 'proposed' THEN v.decide_until END", _ASKED,
    "NULL::timestamptz")  # fmt: skip


def _listed(question: seeking.Part) -> list[Listed]:
    query, params = question
    with raw().cursor() as cur:
        return [Listed(*row) for row in cur.execute(query, params).fetchall()]


def search(actor: Actor, wanted: Wanted, now: datetime, after: After | None = None) -> list[Listed]:
    """What is in force and meets what is wanted; for everybody on the staff who handles matters. Like every list one
    row more than a page: it says that there is a next one."""
    if actor.role not in READERS:
        return []
    place = (after.first, after.at, after.id) if after else None
    found = _listed(seeking.question(_IN_FORCE, wanted, now, MOST + 1, place))
    word = wanted.words[0] if wanted.words else ""
    return [replace(one, first=word in one.title.lower()) for one in found]


def likest(actor: Actor, typed: str, now: datetime) -> list[Listed]:
    """What is in force and says most of what is typed just now; nothing where none says enough of it."""
    pairs = seeking.pairs_of(typed)
    if actor.role not in READERS or not pairs:
        return []
    query, params = seeking.likest(_IN_FORCE, pairs, now, FIRST)
    with raw().cursor() as cur:
        rows = cur.execute(query, params).fetchall()
    return [Listed(*row[:-1]) for row in rows
            if seeking.fits(row[-1], pairs) and row[-1] * FAIR >= rows[0][-1]]  # fmt: skip


def waiting(actor: Actor, after: After | None = None) -> list[Listed]:
    """What waits for the office, what is due first first; for those who confirm."""
    if actor.role not in CONFIRMERS:
        return []
    where, values = f"WHERE v.status = '{VersionStatus.PROPOSED}' AND e.status = 'open'", list[Any]()
    if after is not None:
        where, values = f"{where} AND (v.decide_until, v.id) > (%s, %s)", [after.at, after.id]
    return _listed((f"{_WAITING} {where} ORDER BY v.decide_until, v.id LIMIT %s", [*values, MOST + 1]))


def mine(actor: Actor, after: After | None = None) -> list[Listed]:
    """What one's own unit proposed, whatever became of it: what it was asked about first, then the newest."""
    if actor.role not in PROPOSERS or actor.unit_id is None:
        return []
    where, values = "WHERE e.unit_id = %s", [actor.unit_id]
    if after is not None:
        where, values = f"{where} AND ({_ASKED}, e.id) < (%s, %s)", [*values, after.first, after.id]
    return _listed((f"{_NEWEST} {where} ORDER BY {_ASKED} DESC, e.id DESC LIMIT %s", [*values, MOST + 1]))


def in_force(actor: Actor, number: str, now: datetime) -> Listed | None:
    """One entry by its number, if it may be answered now."""
    if actor.role not in READERS:
        return None
    found = _listed((f"{_IN_FORCE} WHERE {seeking.IN_FORCE} AND e.number = %s", [now, number]))
    return found[0] if found else None


def taken_from(actor: Actor, matter: str) -> str:
    """The number of an entry that was proposed from a matter's answer and not withdrawn; empty where there is none, or
    none that one may read."""
    query = ("SELECT e.number FROM knowledge_version v JOIN knowledge_entry e ON e.id = v.entry_id WHERE v.from_matter"
             " = %s AND v.from_matter <> '' AND e.status = 'open' AND (e.version > 0 OR e.unit_id = %s OR %s)"
             " ORDER BY e.id LIMIT 1")  # fmt: skip
    with raw().cursor() as cur:
        row: Any = cur.execute(query, (matter, actor.unit_id, actor.role in CONFIRMERS)).fetchone()
    return str(row[0]) if row else ""


def sees_all(actor: Actor, entry: Entry) -> bool:
    """Whether somebody reads what waits or was sent back, and who did what."""
    return actor.role in CONFIRMERS or (actor.role in PROPOSERS and actor.unit_id == entry.unit_id)


def entry(actor: Actor, number: str) -> EntryDossier | None:
    """One entry with its chain; None for whom there is none."""
    if actor.role not in READERS:
        return None
    found = look(EntryDossier, "SELECT id FROM knowledge_entry WHERE number = $1", (number,))
    if found is None or not (found.entry.version or sees_all(actor, found.entry)):
        return None
    return found


def versions(actor: Actor, dossier: EntryDossier) -> Sequence[Version]:
    """The versions that one may read, the newest first."""
    every = sees_all(actor, dossier.entry)
    return [one for one in reversed(dossier.versions) if every or one.status == VersionStatus.CONFIRMED]


def uses(entry_id: int) -> int:
    """In how many answers it was cited."""
    with raw().cursor() as cur:
        row: Any = cur.execute("SELECT count(*) FROM knowledge_citation WHERE entry_id = %s", (entry_id,)).fetchone()
        return int(row[0])
