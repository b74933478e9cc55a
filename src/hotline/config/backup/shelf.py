"""备份文件夹 (shelf): what lies in the folder of a city's backups, and what has lain there long enough.

    DIR/20261125T045000Z-base/   pg/ (pg_basebackup), city.tar, backup.json      point-in-time, the embedded server
    DIR/20261125T045000Z-dump/   data.dump (pg_dump), city.tar, backup.json      logical, any server
    KEYS/20261125T045000Z.persons    the citizens' keys of that dump, apart, kept for a short time

A backup is in its place whole, or under a name that ends in `.partial`.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.config.complaint import Complaint

BASE, DUMP = "base", "dump"
NAME = re.compile(r"(\d{8}T\d{6}Z)-(base|dump)")
STAMP = "%Y%m%dT%H%M%SZ"
PERSONS = ".persons"
CARD, CITY, DATA_DUMP, CLUSTER = "backup.json", "city.tar", "data.dump", "pg"
FORMAT = 1
DAMAGED = "备份 {0} 不完整或被改过（{1}），不能用来恢复。"
NONE_SO_EARLY = "{0} 里没有 {1} 或更早完成的备份。"
NONE = "{0} 里没有备份。"


@dataclass(frozen=True, slots=True)
class Backup:
    """一份备份: its folder, kind, the instant at which it was complete, and what its card says."""

    folder: Path
    kind: str
    done_at: datetime
    card: Mapping[str, Any]

    @property
    def stamp(self) -> str:
        """By what its keys are found."""
        return self.folder.name.split("-")[0]


def stamp_of(at: datetime) -> str:
    """An instant as folders are named."""
    return at.astimezone(UTC).strftime(STAMP)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def contents(folder: Path) -> dict[str, str]:
    """Every file but the card, with its digest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CARD)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def write_card(folder: Path, said: Mapping[str, Any]) -> None:
    """The card, last of all files."""
    card = {"format": FORMAT, **said, "files": contents(folder)}
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Backup:
    """One backup by its folder. Raises Complaint."""
    named = NAME.fullmatch(folder.name)
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        done_at, kind = datetime.fromisoformat(card["done_at"]), str(card["kind"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Complaint(DAMAGED.format(folder, CARD)) from error
    if named is None or named[2] != kind or card.get("format") != FORMAT:
        raise Complaint(DAMAGED.format(folder, CARD))
    return Backup(folder, kind, done_at, card)


def insist_on_whole(backup: Backup) -> None:
    """Every file is there, and as it was written. Raises Complaint."""
    found, told = contents(backup.folder), backup.card["files"]
    if wrong := sorted(name for name in found.keys() | told.keys() if found.get(name) != told.get(name)):
        raise Complaint(DAMAGED.format(backup.folder, "、".join(wrong)))


def backups(shelf: Path) -> list[Backup]:
    """All there are, the oldest first."""
    folders = sorted(path for path in shelf.iterdir() if NAME.fullmatch(path.name)) if shelf.is_dir() else []
    return sorted(map(read, folders), key=lambda backup: backup.done_at)


def choose(place: Path, until: datetime | None, kinds: Sequence[str] = (BASE, DUMP)) -> Backup:
    """The backup to restore: `place` itself, or the newest on that shelf that was complete by `until`, of the first of
    these kinds that there is. Only a base backup leads to an instant. Raises Complaint."""
    found = [read(place)] if NAME.fullmatch(place.name) and place.is_dir() else backups(place)
    fit = [one for one in found if until is None or (one.done_at <= until and one.kind == BASE)]
    for kind in kinds:
        if mine := [one for one in fit if one.kind == kind]:
            return mine[-1]
    raise Complaint(NONE_SO_EARLY.format(place, until.isoformat()) if until and found else NONE.format(place))


def _outdated(stamped: Sequence[tuple[datetime, Path]], before: datetime) -> Iterator[Path]:
    """What is older, but never the newest."""
    yield from (path for at, path in sorted(stamped)[:-1] if at < before)


def prune(shelf: Path, now: datetime, days: int) -> list[Path]:
    """Remove backups older than so many days, the newest of each kind excepted, and what was left half-done. What was
    removed."""
    gone = [path for path in shelf.glob("*.partial")]
    for kind in (BASE, DUMP):
        stamped = [(one.done_at, one.folder) for one in backups(shelf) if one.kind == kind]
        gone += _outdated(stamped, now - timedelta(days=days))
    for path in gone:
        shutil.rmtree(path)
    return gone


def prune_persons(folder: Path, now: datetime, days: int) -> list[Path]:
    """Remove citizens' keys older than so many days, without exception: their time is short on purpose."""
    limit = stamp_of(now - timedelta(days=days))
    gone = [path for path in sorted(folder.glob(f"*{PERSONS}")) if path.name.removesuffix(PERSONS) < limit]
    for path in gone:
        path.unlink()
    return gone
