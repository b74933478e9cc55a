"""备份与恢复: a city, backed up, goes on; restored until an instant it is what it was then, but for what was destroyed."""

from __future__ import annotations

import json
import shutil
from ast import literal_eval
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.config import archiving, embedded, pg_cluster, sockets, wal_archive
from hotline.config.backup import shelf, taking
from hotline.config.complaint import Complaint
from hotline.config.doctor import base
from hotline.config.locks import wait_until
from hotline.config.paths import DataFolder
from ops.driving import City, hotline

pytestmark = [pytest.mark.xdist_group("restoring"), pytest.mark.slow]
CITIZENS = "SELECT id FROM procedure_personkey ORDER BY id"


@dataclass
class Lived:
    """What was lived: folders, the instant to come back to, and what was there at each point."""

    root: Path
    until: str
    citizens: list[int]
    destroyed: int

    @property
    def shelf(self) -> Path:
        return self.root / "shelf"

    def restore(self, name: str, *words: str | Path, **more: str) -> dict[str, Any]:
        """Restore into a new folder, and what the command says."""
        told = hotline("restore", self.shelf, *words, "--json", data=self.root / name, **more)
        assert told.returncode == 0, told.stdout + told.stderr
        found: dict[str, Any] = json.loads(told.stdout)
        return found


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, made_ready: Callable[[Path], Path]) -> Iterator[Lived]:
    """2 matters, backup, 3 more, the instant, 4 more and a citizen forgotten; 3 seals, the last after the instant."""
    root = tmp_path_factory.mktemp("lived")
    city = City(made_ready(root / "data"), root / "shelf" / "wal")
    try:
        assert city.ask("live(2, 0)") == "2"
        assert city.ask("seal(1)") == "1"
        for words in ((), ("--dump",)):
            told = hotline("backup", root / "shelf", *words, "--keys", root / "keys", data=root / "data")
            assert told.returncode == 0, told.stderr
        assert city.ask("live(3, 2)") == "3"
        assert city.ask("seal(2)") == "2"
        until = literal_eval(city.ask('sql("SELECT clock_timestamp()::text")'))[0][0]
        assert city.ask("live(4, 5)") == "4"
        citizens = [row[0] for row in literal_eval(city.ask(f"sql({CITIZENS!r})"))]
        assert city.ask(f'sql("DELETE FROM procedure_personkey WHERE id = {citizens[0]}")') == "1"
        assert city.ask("destroying.export(data.destroyed)") == "1"
        assert city.ask("seal(3)") == "3"
        city.ask('sql("SELECT pg_current_wal_lsn()")')
        with embedded.superuser(DataFolder(root / "data").run) as connection:
            row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert row
        assert wait_until((root / "shelf" / "wal" / f"{row[0]}.gz").exists, 20)
    finally:
        city.end()
    yield Lived(root, until.replace(" ", "T"), citizens, citizens[0])
    shutil.rmtree(root, ignore_errors=True)


def look(data: Path, *queries: str) -> list[list[Any]]:
    """What is in a restored database."""
    with embedded.server(data) as server, embedded.superuser(server.socket, pg_cluster.DATABASE) as connection:
        return [[row[0] for row in connection.execute(query).fetchall()] for query in queries]


def test_until_an_instant_and_what_was_destroyed_afterwards_stays_destroyed(lived: Lived) -> None:
    data = lived.root / "data"
    said = lived.restore("then", "--until", lived.until, "--destroyed", data / "destroyed", "--seals", data / "seals",
                         "--keys", lived.root / "keys")  # fmt: skip
    assert (said["ok"], said["broken"], said["destroyed_again"], said["seals_beyond"]) == (True, [], 1, 1)
    matters, citizens, noted = look(
        lived.root / "then", "SELECT id FROM casework_matter", CITIZENS, "SELECT row_id FROM procedure_destroyed"
    )
    assert len(matters) == 5
    assert citizens == [one for one in lived.citizens[:5] if one != lived.destroyed]
    assert noted == [lived.destroyed]
    kept = DataFolder(lived.root / "then")
    assert [path.name[:6] for path in sorted(kept.seals.glob("*.json"))] == ["000001", "000002"]
    assert [path.name[:6] for path in (kept.root / "seals-beyond").iterdir()] == ["000003"]
    again = hotline("verify", "--seals", kept.seals, "--json", data=kept.root)
    assert json.loads(again.stdout)["ok"], again.stdout


def test_the_archive_is_found_where_it_was_when_the_backup_was_taken(lived: Lived, tmp_path: Path) -> None:
    from hotline.config.commands import restore

    base = next(lived.shelf.glob("*-base"))
    alone = Path(shutil.copytree(base, tmp_path / base.name))
    assert restore._archive(shelf.read(base)) == restore._archive(shelf.read(alone)) == lived.shelf / "wal"


@pytest.mark.long
def test_without_an_instant_everything_comes_back_and_missing_seals_are_told(lived: Lived) -> None:
    told = hotline("restore", lived.shelf, data=lived.root / "newest")
    assert told.returncode == 1
    assert "缺第 3 号封存文件" in told.stdout
    assert "--seals" in told.stdout
    assert look(lived.root / "newest", CITIZENS) == [lived.citizens[1:]]


def test_an_instant_after_the_last_commit_is_the_end_of_the_archive(lived: Lived) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    said = lived.restore("late", "--until", tomorrow, "--seals", lived.root / "data" / "seals")
    assert "已恢复到归档的末尾" in said["remark"]
    assert (said["ok"], said["seals_beyond"], said["destroyed_again"]) == (True, 0, 0)
    matters, citizens = look(lived.root / "late", "SELECT id FROM casework_matter", CITIZENS)
    assert len(matters) == 9
    assert citizens == lived.citizens[1:]


def dump_of(lived: Lived) -> Path:
    return next(lived.shelf.glob("*-dump"))


@pytest.mark.parametrize("with_keys", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_dump_comes_back_with_the_citizens_keys_only_while_they_are_kept(lived: Lived, with_keys: bool) -> None:
    name = f"dump-{with_keys}"
    place = dump_of(lived)
    if not with_keys:
        place = Path(shutil.copytree(place, lived.root / "aside" / place.name))
    told = hotline("restore", place, "--destroyed", lived.root / "data" / "destroyed", "--json", data=lived.root / name)
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout)["ok"]
    matters, citizens = look(lived.root / name, "SELECT id FROM casework_matter", CITIZENS)
    assert len(matters) == 2
    assert citizens == (lived.citizens[1:2] if with_keys else [])


def test_a_dump_comes_back_into_an_external_database(lived: Lived, server: Any) -> None:
    with embedded.superuser(server.socket) as connection:
        pg_cluster.create_database(connection, "restored")
        connection.execute(f"GRANT {pg_cluster.APP_ROLE} TO {pg_cluster.OWNER_ROLE}")
    address = f"postgresql:///restored?host={sockets.socket_folder(server.data)}&user={pg_cluster.OWNER_ROLE}"
    told = hotline("restore", dump_of(lived), data=lived.root / "outside", DATABASE_URL=address)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "全部相符" in told.stdout
    again = hotline("restore", dump_of(lived), data=lived.root / "outside-2", DATABASE_URL=address)
    assert again.returncode == 1
    assert "空的数据库" in again.stderr


def test_keys_are_in_no_backup_and_a_real_city_insists_on_them(lived: Lived, tmp_path: Path) -> None:
    names = sorted(path.stem for path in (lived.root / "keys").iterdir())
    assert names == ["blind", "django", "master", "query", "salt"]
    assert {path.stat().st_mode & 0o777 for path in (lived.root / "keys").iterdir()} == {0o600}
    assert [path for path in lived.shelf.rglob("*") if path.suffix == ".key"] == []
    backup = shelf.choose(lived.shelf, None)
    master = (lived.root / "data" / "keys" / "master.key").read_bytes()
    assert master not in (backup.folder / shelf.CITY).read_bytes()
    base = next(lived.shelf.glob("*-base"))
    real = Path(shutil.copytree(base, tmp_path / base.name))
    card = json.loads((real / shelf.CARD).read_text())
    (real / shelf.CARD).write_text(json.dumps({**card, "born": "real"}))
    told = hotline("restore", real, data=tmp_path / "new")
    assert told.returncode == 1
    assert "--keys" in told.stderr
    inside = hotline("backup", lived.shelf, "--keys", lived.shelf / "keys", data=lived.root / "data")
    assert inside.returncode == 1
    assert "请另选目录" in inside.stderr


def test_what_is_refused_leaves_nothing_behind(lived: Lived, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    told = hotline("restore", lived.shelf, data=tmp_path / "full")
    assert (told.returncode, "不是空的" in told.stderr) == (1, True)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]
    early = hotline("restore", lived.shelf, "--until", "2020-01-01T00:00+08:00", data=tmp_path / "new")
    assert (early.returncode, "更早完成的备份" in early.stderr) == (1, True)
    zoneless = hotline("restore", lived.shelf, "--until", "2026-01-01", data=tmp_path / "new")
    assert (zoneless.returncode, "带时区" in zoneless.stderr) == (64, True)
    base = next(lived.shelf.glob("*-base"))
    spoiled = Path(shutil.copytree(base, tmp_path / base.name))
    with open(spoiled / "pg" / "base.tar.gz", "ab") as handle:
        handle.write(b"x")
    broken = hotline("restore", spoiled, data=tmp_path / "new")
    assert (broken.returncode, "base.tar.gz" in broken.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


@pytest.mark.long
def test_a_seal_that_was_kept_elsewhere_tells_of_a_forged_backup(lived: Lived, tmp_path: Path) -> None:
    """Whoever rewrites a seal in the backup is found by the copy that was kept elsewhere."""
    kept = Path(shutil.copytree(lived.root / "data" / "seals", tmp_path / "seals"))
    first = min(kept.glob("*.json"))
    text = first.read_text().replace('"chains":[\n[', '"chains":[\n[1,999999000,1,"00"],\n[', 1)
    from hotline.procedure.ledger import GENESIS
    from hotline.procedure.sealing import root_of

    root = root_of(GENESIS, text.encode()).hex()[:8]
    first.unlink()
    (kept / f"{first.name[:18]}{root}.json").write_text(text)
    told = hotline("restore", dump_of(lived), "--seals", kept, data=tmp_path / "new")
    assert told.returncode == 1
    assert "不符" in told.stdout


def test_the_archive_of_a_city_takes_nothing_from_its_restored_copy(lived: Lived) -> None:
    data = DataFolder(lived.root / "data")
    from hotline.config.pg_identity import Identity

    own = Identity(data.root.stat().st_uid, data.root.stat().st_gid, lambda: None)
    archiving.lend(data, lived.shelf / "wal", own)
    copy = DataFolder(lived.root / "copy")
    copy.root.mkdir()
    with pytest.raises(Complaint, match="另选一个空目录"):
        archiving.lend(copy, lived.shelf / "wal", own)


def test_an_archive_that_takes_nothing_is_found_by_the_doctor(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    data, archive = DataFolder(lived.root / "data"), lived.shelf / "wal"
    monkeypatch.setenv(archiving.VARIABLE, str(archive))
    with embedded.server(data.root) as server, embedded.superuser(server.socket, pg_cluster.DATABASE) as connection:
        assert not base.archive(connection, data, False).todo
        archive.rename(archive.with_name("away"))
        connection.execute("CREATE TABLE written (n int); DROP TABLE written; SELECT pg_switch_wal()")
        found = wait_until(lambda: base.archive(connection, data, False).wrong, 20)
        archive.with_name("away").rename(archive)
    assert found


def test_the_log_that_no_backup_needs_goes(lived: Lived, tmp_path: Path) -> None:
    bases = [one for one in shelf.backups(lived.shelf) if one.kind == shelf.BASE]
    first = taking.needed_from(bases)
    assert first
    assert (lived.shelf / "wal" / f"{first}.gz").exists()
    for name in ("000000010000000000000001", first, "00000002.history"):
        (tmp_path / f"{name}.gz").touch()
    assert archiving.forget_before(tmp_path, first) == 1
    assert sorted(path.name[:24] for path in tmp_path.iterdir()) == sorted([first, "00000002.history.gz"])


def test_old_backups_go_but_the_newest_and_keys_go_without_exception(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    for days in (40, 30, 1):
        at = now - timedelta(days=days)
        for kind in (shelf.BASE, shelf.DUMP):
            folder = tmp_path / f"{shelf.stamp_of(at)}-{kind}"
            folder.mkdir()
            shelf.write_card(folder, {"kind": kind, "done_at": at.isoformat()})
        (tmp_path / f"{shelf.stamp_of(at)}{shelf.PERSONS}").touch()
    (tmp_path / "20261124T000000Z-base.partial").mkdir()
    assert len(shelf.prune(tmp_path, now, 14)) == 5
    assert [one.done_at for one in shelf.backups(tmp_path)] == [now - timedelta(days=1)] * 2
    assert len(shelf.prune(tmp_path, now + timedelta(days=90), 14)) == 0
    assert len(shelf.prune_persons(tmp_path, now + timedelta(days=90), 14)) == 3


def test_the_archiver_never_replaces_a_file(tmp_path: Path) -> None:
    archive, source, taken = tmp_path / "archive", tmp_path / "0001", tmp_path / "taken"
    archive.mkdir()
    source.write_bytes(b"one" * 1000)
    words = [str(archive), str(source)]
    assert wal_archive.main(["put", *words]) == 0
    assert wal_archive.main(["put", *words]) == 0
    source.write_bytes(b"two")
    assert wal_archive.main(["put", *words]) == 1
    assert wal_archive.main(["get", str(archive), "0001", str(taken)]) == 0
    assert taken.read_bytes() == b"one" * 1000
    assert wal_archive.main(["get", str(archive), "0002", str(taken)]) == 1
    assert [path.name for path in archive.iterdir()] == ["0001.gz"]
