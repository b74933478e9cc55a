"""Taking a backup: of the embedded server a base backup that begins a point-in-time recovery, of any other a dump."""

import contextlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from hotline.config import archiving, database, pg_binaries, sockets
from hotline.config.backup import shelf
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.procedure import disk

KEY_TABLE = "procedure_personkey"
INSIDE = "{0} 在 {1} 里面：请另选目录。"
FAILED = "{0} 没有成功：{1}"


@dataclass(frozen=True, slots=True)
class Source:
    """从哪里: how PostgreSQL's own programs reach a database, and where they lie."""

    words: Mapping[str, Any]
    programs: Path

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of ours to the same."""
        return psycopg.connect(**self.words, autocommit=True)

    def call(self, program: str, *words: str) -> None:
        """Run one of the programs. Raises Complaint with what it said; no password stands on its command line."""
        address = make_conninfo(**{name: value for name, value in self.words.items() if name != "password"})
        environment = {**os.environ, **({"PGPASSWORD": self.words["password"]} if "password" in self.words else {})}
        command = [str(self.programs / program), "-d", address, "-w", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
        if done.returncode:
            raise Complaint(FAILED.format(program, done.stderr.strip()[-1500:]))


_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def source(data: DataFolder) -> Source:
    """The database of this data folder, as its owner; the embedded one as its superuser."""
    target = database.aliases(data)["owner"]
    words = {ours: target[theirs] for theirs, ours in _NAMES.items() if target.get(theirs)} | target["OPTIONS"]
    if not database.external():
        words["user"] = sockets.SUPERUSER
    return Source(words, pg_binaries.find())


def insist_on_apart(place: Path, other: Path) -> None:
    """One folder does not lie in the other. Raises Complaint."""
    if place.resolve() == other.resolve() or other.resolve() in place.resolve().parents:
        raise Complaint(INSIDE.format(place, other))


def _about(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """What a backup's card says of the city."""
    row = connection.execute(
        "SELECT i.born, i.rulebook, (SELECT max(number) FROM procedure_seal), current_setting('server_version')"
        " FROM procedure_installation i"
    ).fetchone()
    if row is None:
        raise Complaint("这个数据库里还没有城市。")
    return {"born": row[0], "rulebook": row[1], "last_seal": row[2], "postgres": row[3]}


def _city_files(data: DataFolder, target: Path) -> None:
    """What belongs to a city besides its database; never its keys."""
    with tarfile.open(target, "w") as packed:
        for folder in (data.seals, data.calendars, data.destroyed):
            if folder.is_dir():
                packed.add(folder, folder.name)
        _attachments(packed, data.files)


def _attachments(packed: tarfile.TarFile, folder: Path) -> None:
    """The attachments' ciphertext, without what is only being written; one swept meanwhile was nobody's."""
    for path in sorted(folder.glob("??/*")):
        if not path.name.endswith(disk.UNFINISHED):
            with contextlib.suppress(FileNotFoundError):
                packed.add(path, path.relative_to(folder.parent).as_posix())


def _base(taken: Source, folder: Path) -> None:
    taken.call("pg_basebackup", "-D", str(folder / shelf.CLUSTER), "-Ft", "-z", "-X", "stream", "-c", "fast")


def _dump(taken: Source, folder: Path, persons: Path) -> None:
    """Both files from one snapshot, so that they fit together."""
    with taken.connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        usual = ("-Fc", "-n", "public", "--no-owner", "--no-privileges", f"--snapshot={row[0] if row else ''}")
        taken.call("pg_dump", *usual, f"--exclude-table-data={KEY_TABLE}", "-f", str(folder / shelf.DATA_DUMP))
        taken.call("pg_dump", *usual, "-a", "-t", f"public.{KEY_TABLE}", "-f", str(persons))
        persons.chmod(0o600)


def take(data: DataFolder, place: Path, persons: Path, kind: str) -> shelf.Backup:
    """One backup on the shelf `place`. `persons`: where a dump's keys of citizens go. Raises Complaint."""
    insist_on_apart(place, data.root)
    began, taken = datetime.now(UTC), source(data)
    stamp = shelf.stamp_of(began)
    partial = place / f"{stamp}-{kind}.partial"
    partial.mkdir(mode=0o700, parents=True)
    try:
        with taken.connect() as connection:
            about = _about(connection)
        archive = archiving.folder(data) if kind == shelf.BASE else None
        about["archive"] = str(archive) if archive else None
        if kind == shelf.BASE:
            _base(taken, partial)
        else:
            persons.mkdir(mode=0o700, parents=True, exist_ok=True)
            _dump(taken, partial, persons / f"{stamp}{shelf.PERSONS}")
        _city_files(data, partial / shelf.CITY)
        done = datetime.now(UTC) if kind == shelf.BASE else began
        shelf.write_card(partial, {"kind": kind, "began_at": began.isoformat(), "done_at": done.isoformat(), **about})
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    target = partial.with_suffix("")
    partial.rename(target)
    data.last_backup.write_text(f"{target}\n", encoding="utf-8")
    return shelf.read(target)


def needed_from(bases: Sequence[shelf.Backup]) -> str | None:
    """The first file of the server's log that any of these base backups needs; None where there is none."""
    starts = []
    for base in bases:
        manifest = json.loads((base.folder / shelf.CLUSTER / "backup_manifest").read_bytes())
        starts += [archiving.segment_of(part["Start-LSN"], part["Timeline"]) for part in manifest["WAL-Ranges"]]
    return min(starts, key=lambda name: name[8:], default=None)


def copy_keys(data: DataFolder, target: Path, apart_from: Sequence[Path]) -> None:
    """The key files, to a folder of their own that lies in none of the others. Raises Complaint."""
    for other in apart_from:
        insist_on_apart(target, other)
        insist_on_apart(other, target)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in sorted(data.keys.glob("*.key")):
        handle = os.open(target / file.name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(file.read_bytes())
            out.flush()
            os.fsync(out.fileno())
