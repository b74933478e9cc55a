"""销毁 (destroying): what was destroyed for good is noted outside the database, and destroyed again after a restore.

A trigger (`procedure_note_destruction`) notes each destroyed row in `procedure_destroyed` in the same transaction: the
deletion of a person's key, and any update for which a migration hangs the trigger on a table with the columns that are
left. `export` copies the notes into a folder, one file each; the folder is kept elsewhere, as the seals are. `replay`
does them again on a database that was restored to an earlier state, then tells whoever registered with `replayed`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import sql

from hotline.procedure.perform import raw
from hotline.procedure.perform import read as dossier_of
from hotline.procedure.sealing import write_file
from hotline.procedure.store import Cur
from hotline.procedure.writing import iso

FORMAT = 1
PORTION = 500
NAME = re.compile(r"\d{9,}-[a-z_]+-\d+\.json")
_WAITING = (
    "SELECT number, at, table_name, row_id, kept::text FROM procedure_destroyed WHERE number > %s"
    " ORDER BY number LIMIT %s"
)
# The tables in which something is noted, and what each is keyed by; where it has no key, by what its rows are found.
_NOTING = """
SELECT c.relname, (SELECT array_agg(a.attname::text) FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
AND a.attnum = ANY (x.indkey) WHERE x.indrelid = c.oid AND (x.indisprimary OR (x.indpred IS NULL
AND NOT EXISTS (SELECT FROM pg_index k WHERE k.indrelid = c.oid AND k.indisprimary))))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'procedure_note_destruction' AND c.relnamespace = current_schema()::regnamespace
"""


class NoSuchNote(Exception):
    """不是销毁记录: a file that is damaged, or names a table in which nothing is ever destroyed; said in Chinese."""


@dataclass(frozen=True, slots=True)
class Destruction:
    """销毁: one row destroyed. `kept`: what the row's columns hold since, empty where the row itself is gone."""

    number: int
    at: datetime
    table: str
    row_id: int
    kept: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file's name: the same destruction noted twice by one database has one file."""
        return f"{self.number:09d}-{self.table}-{self.row_id}.json"


After = Callable[[Sequence[Destruction], datetime], None]
AFTER: list[After] = []


def replayed(tell: After) -> After:
    """Decorator: called with all destructions once they were done again after a restore, and with the instant, so that
    acts which the restored state does not know can be performed anew. The world is wired then."""
    AFTER.append(tell)
    return tell


def export(folder: Path, after: int = 0) -> int:
    """Copy notes with numbers above `after` into the folder, one portion; the last number looked at."""
    with raw().cursor() as cur:
        rows = cur.execute(_WAITING, (after, PORTION)).fetchall()
    for number, at, table, row_id, kept in rows:
        one = Destruction(number, at, table, row_id, json.loads(kept))
        if not (folder / one.name).exists():
            said = {"format": FORMAT, "number": number, "at": iso(at), "table": table, "row": row_id, "kept": one.kept}
            write_file(folder, one.name, (json.dumps(said, ensure_ascii=False) + "\n").encode())
    return int(rows[-1][0]) if rows else after


def not_exported(folder: Path) -> int:
    """How many notes have no file in the folder."""
    with raw().cursor() as cur:
        rows = cur.execute("SELECT number, at, table_name, row_id FROM procedure_destroyed").fetchall()
    named = (Destruction(number, at, table, row, {}).name for number, at, table, row in rows)
    return sum(not (folder / name).exists() for name in named)


def read(folder: Path) -> list[Destruction]:
    """All notes of a folder in their order. Raises NoSuchNote."""
    paths = sorted(path for path in folder.glob("*.json") if NAME.fullmatch(path.name)) if folder.is_dir() else []
    return [_read(path) for path in paths]


def _read(path: Path) -> Destruction:
    try:
        said = json.loads(path.read_bytes())
        at = datetime.fromisoformat(said["at"])
        one = Destruction(int(said["number"]), at, str(said["table"]), int(said["row"]), dict(said["kept"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSuchNote(f"{path.name} 不是完好的销毁记录") from error
    if one.name != path.name:
        raise NoSuchNote(f"{path.name} 的内容与文件名不符：被改过")
    return one


def replay(cur: Cur, notes: Sequence[Destruction]) -> int:
    """Destroy again, as the tables' owner; how many rows there still were. Raises NoSuchNote, nothing done then."""
    known = {table: frozenset(keys) for table, keys in cur.execute(_NOTING).fetchall()}
    if strange := sorted({note.table for note in notes} - set(known)):
        raise NoSuchNote(f"销毁记录里有不该有的表：{'、'.join(strange)}")
    return sum(_again(cur, note, known[note.table]) for note in notes)


def _again(cur: Cur, note: Destruction, keys: frozenset[str]) -> int:
    """What a row kept of its key says which it is, besides its number; notes of earlier versions have the number alone,
    for which the whole table is read."""
    table = sql.Identifier(note.table)
    if not note.kept:
        return cur.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(table), (note.row_id,)).rowcount
    pairs = {name: (sql.Identifier("o", name), sql.Identifier("k", name), sql.Identifier(name)) for name in note.kept}
    left = [pair for name, pair in pairs.items() if name not in keys]
    named = sql.SQL("").join(sql.SQL("{} = {} AND ").format(*pairs[name][:2]) for name in keys & set(pairs))
    query = sql.SQL(
        "UPDATE {0} o SET {1} FROM jsonb_populate_record(NULL::{0}, %s::jsonb) k WHERE {3}o.id = %s AND ({2})"
    )
    anew = sql.SQL(", ").join(sql.SQL("{} = {}").format(name, new) for _, new, name in left)
    unlike = sql.SQL(" OR ").join(sql.SQL("{} IS DISTINCT FROM {}").format(old, new) for old, new, _ in left)
    return cur.execute(query.format(table, anew, unlike, named), (json.dumps(note.kept), note.row_id)).rowcount


def has_its_line(chain: str, chain_id: int, kinds: Sequence[str], of: int) -> bool:
    """Whether a restored chain has a line of these kinds about this: its first fact."""
    lines = (line.read() for line in dossier_of(chain, chain_id).lines if line.kind in kinds)
    return any(line.facts[0] == of for line in lines)


def tell(notes: Sequence[Destruction], now: datetime) -> None:
    """Let whoever registered perform again what the restored state lacks."""
    for after in AFTER:
        after(notes, now)
