"""Making a city of a backup again, in a fresh data folder: database, files, kept seals, what was destroyed since.

The steps: files · keys · database (up to an instant) · tables as this release has them · destructions done again ·
sessions ended · seals set apart that the restored state does not know · verified. Nothing is started for good.
"""

import json
import os
import shutil
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hotline.config import archiving, boot, database, embedded, keys, pg_binaries, pg_cluster, pg_identity, wiring
from hotline.config.backup import shelf, taking, unpacking
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder

NOT_EMPTY = "{0} 不是空的。恢复只写进新目录，请另选 --data。"
NOT_EMPTY_DATABASE = "DATABASE_URL 所指的数据库里已经有表。恢复只写进空的数据库。"
NO_KEYS = "请用 --keys 指明密钥备份的目录（密钥从不放在备份里）。没有密钥，姓名、电话和查询码都打不开。"
OTHER_SERVER = "这是内置数据库的整库备份，只能恢复成内置数据库：请不要设 DATABASE_URL。"
TOO_LATE = "recovery ended before configured recovery target was reached"
SHORT = "归档里最后一笔提交在 {0}，其后再没有；已恢复到归档的末尾。"
BEYOND = "seals-beyond"


@dataclass(frozen=True, slots=True)
class Wanted:
    """要恢复成什么: which backup, until when, and what is kept elsewhere: archive, keys, seals, destructions, persons,
    attachments."""

    backup: shelf.Backup
    data: DataFolder
    until: datetime | None = None
    wal: Path | None = None
    keys: Path | None = None
    seals: Path | None = None
    destroyed: Path | None = None
    persons: Path | None = None
    files: Path | None = None


@dataclass(slots=True)
class Restored:
    """恢复结果: what was done again, which seals the restored state does not know, and whether the ledger is sound."""

    destroyed: int = 0
    beyond: int = 0
    remark: str = ""
    report: Any = None
    files_lost: tuple[str, ...] = ()


def restore(wanted: Wanted) -> Restored:
    """All steps. Raises Complaint; a folder that was begun is left as it is, to be looked at and removed."""
    data = wanted.data
    if data.root.exists() and any(data.root.iterdir()):
        raise Complaint(NOT_EMPTY.format(data.root))
    shelf.insist_on_whole(wanted.backup)
    if wanted.backup.card["born"] == "real" and wanted.keys is None:
        raise Complaint(NO_KEYS)
    os.environ[archiving.VARIABLE] = "0"  # what is done here belongs into nobody's archive
    data.prepare()
    done = Restored()
    _files(wanted)
    if wanted.backup.kind == shelf.BASE:
        done.remark = _cluster(wanted)
    with boot.database_of(data.root):
        if wanted.backup.kind == shelf.DUMP:
            _load(wanted)
        boot.configure(data.root)
        boot.migrate()
        _end(data, done)
        boot.disconnect()
    _write_down(wanted, done)
    return done


def _files(wanted: Wanted) -> None:
    """The city's files, its keys, and what was kept elsewhere meanwhile, which goes before the backup's own copy."""
    data = wanted.data
    with tarfile.open(wanted.backup.folder / shelf.CITY) as packed:
        unpacking.unpack(packed, data.root)
    for kept, target in ((wanted.seals, data.seals), (wanted.destroyed, data.destroyed), (wanted.files, data.files)):
        if kept is not None:
            shutil.copytree(kept, target, dirs_exist_ok=True)
    if wanted.keys is not None:
        for file in wanted.keys.glob("*.key"):
            shutil.copyfile(file, data.keys / file.name)
    if wanted.backup.card["born"] == "simulated" or wanted.keys is not None:
        keys.ensure(data.keys, seed=keys.seed_of(wanted.backup.card["born"]))
    for file in data.keys.glob("*.key"):
        file.chmod(0o600)


def _cluster(wanted: Wanted) -> str:
    """The embedded server's folder, its log worked through up to the instant. Returns a remark."""
    if database.external():
        raise Complaint(OTHER_SERVER)
    server = embedded.Server(wanted.data)
    _unpack(wanted, server)
    told = {"restore_command": archiving.fetching(wanted.wal) if wanted.wal else "false"}
    if wanted.until is not None:
        told |= {"recovery_target_time": wanted.until.isoformat(), "recovery_target_action": "promote"}
    try:
        return _recover(server, told)
    except Complaint:
        log = (wanted.data.root / "postgres.log").read_text(encoding="utf-8", errors="replace")
        if TOO_LATE not in log:
            raise
    told = {"restore_command": told["restore_command"]}
    return SHORT.format(_recover(server, told) or "备份之前")


def _unpack(wanted: Wanted, server: embedded.Server) -> None:
    packed, target = wanted.backup.folder / shelf.CLUSTER, server.data.postgres
    bin_folder = pg_binaries.find()
    identity = pg_identity.choose(bin_folder, target)
    target.mkdir(mode=0o700)
    for name, folder in (("base.tar.gz", target), ("pg_wal.tar.gz", target / "pg_wal")):
        with tarfile.open(packed / name) as one:
            unpacking.unpack(one, folder)
    (target / "recovery.signal").touch()
    if os.geteuid() == 0:
        for path in (target, *target.rglob("*")):
            os.chown(path, identity.uid, identity.gid)
    pg_cluster.insist_on_version(target, pg_binaries.major(bin_folder))


def _recover(server: embedded.Server, told: dict[str, str]) -> str:
    """Run it once until its log is worked through; the instant of the last commit that was replayed, as text."""
    server.recovery = told
    try:
        server.own()
        with embedded.superuser(server.socket) as connection:
            row = connection.execute("SELECT pg_last_xact_replay_timestamp()::text").fetchone()
        return str(row[0]) if row and row[0] else ""
    finally:
        server.halt()
        server.owner.release()


def _load(wanted: Wanted) -> None:
    """A dump into an empty database; then the citizens' keys, while they are still kept."""
    target = taking.source(wanted.data)
    with target.connect() as connection:
        if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
            raise Complaint(NOT_EMPTY_DATABASE)
    role = ("--role", database.owner_role()) if not database.external() else ()
    usual = ("-n", "public", "--no-owner", "--no-privileges", "--exit-on-error", *role)
    target.call("pg_restore", *usual, str(wanted.backup.folder / shelf.DATA_DUMP))
    if wanted.persons is not None:
        target.call("pg_restore", *usual, "-a", str(wanted.persons))


def _end(data: DataFolder, done: Restored) -> None:
    """What must hold before anybody may enter again."""
    from django.db import connections, transaction

    from hotline.casework.attachments import keeping
    from hotline.procedure import destroying, times, verify

    notes = destroying.read(data.destroyed)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cur:
        done.destroyed = destroying.replay(cur, notes)
        cur.execute("DELETE FROM surfaces_session")
        cur.execute("DELETE FROM surfaces_draft")  # who was forgotten since does not come back in one
    done.beyond = set_apart(data, _last_seal())
    wiring.import_cards()
    if keys.present(data.keys):
        wiring.wire()
        destroying.tell(notes, times.now())
        done.files_lost = tuple(keeping.unlike())
    done.report = verify.verify(data.seals)


def _last_seal() -> int:
    from hotline.procedure.perform import raw

    with raw().cursor() as cur:
        row = cur.execute("SELECT coalesce(max(number), 0) FROM procedure_seal").fetchone()
    return int(row[0]) if row else 0


def set_apart(data: DataFolder, last: int) -> int:
    """Seals of what happened after the restored instant: kept in a folder beside, for they are evidence; how many."""
    from hotline.procedure import sealing

    newer = [path for path in sealing.files(data.seals) if int(path.name[:6]) > last]
    for path in newer:
        (data.root / BEYOND).mkdir(mode=0o700, exist_ok=True)
        path.rename(data.root / BEYOND / path.name)
    return len(newer)


def _write_down(wanted: Wanted, done: Restored) -> None:
    """What was restored, for whoever asks later."""
    said = {
        "at": datetime.now(UTC).isoformat(), "backup": wanted.backup.folder.name,
        "until": wanted.until.isoformat() if wanted.until else None, "destroyed_again": done.destroyed,
        "seals_beyond": done.beyond, "sound": done.report.ok, "files_lost": list(done.files_lost),
    }  # fmt: skip
    (wanted.data.root / "restored.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
