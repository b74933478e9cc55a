"""Keys are made with the city and stay with it: lost, foreign or published ones are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from hotline.config import birth, boot, keys, pg_cluster, sockets, wiring
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.procedure import times


@pytest.fixture
def folder(server: Any, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A fresh data folder, and the test's database as an external one; unborn as yet."""
    socket = sockets.socket_folder(server.data)
    address = f"postgresql:///{database}?host={socket}&port={sockets.PORT}&user={pg_cluster.OWNER_ROLE}"
    monkeypatch.setenv("DATABASE_URL", address)
    with override_settings(HOTLINE_KEYS_DIR=tmp_path / "keys"):
        yield DataFolder(tmp_path)
    times.forget()


def begin(folder: DataFolder, kind: str) -> birth.Told:
    """A city as `up` begins it or finds it again."""
    boot.set_up(folder, kind)
    return birth.birth(kind)


def names(folder: DataFolder) -> list[str]:
    return sorted(path.stem for path in folder.keys.glob("*.key"))


def kept(folder: DataFolder) -> dict[str, bytes]:
    return {name: keys.load(folder.keys, name) for name in keys.MATERIAL}


def test_a_new_city_is_given_its_keys_and_found_again_by_them(folder: DataFolder) -> None:
    assert birth.look(folder) is None
    assert begin(folder, "real").fresh
    assert birth.look(folder) == "real"
    before = kept(folder)
    assert not begin(folder, "real").fresh
    wiring.wire()
    assert kept(folder) == before


@pytest.mark.parametrize(("kind", "other"), [("real", "simulated"), ("simulated", "real")])
def test_a_city_of_the_other_kind_is_refused_before_any_key_is_made(folder: DataFolder, kind: str, other: str) -> None:
    begin(folder, kind)
    for file in folder.keys.iterdir():
        file.unlink()
    with pytest.raises(Complaint, match="不能当作"):
        boot.set_up(folder, other)
    assert names(folder) == []


@pytest.mark.parametrize("lost", ["master", "blind", "query", "all"])
def test_a_real_city_without_its_keys_is_refused(folder: DataFolder, lost: str) -> None:
    begin(folder, "real")
    for name in names(folder) if lost == "all" else [lost]:
        keys.path(folder.keys, name).unlink()
    left = names(folder)
    with pytest.raises(Complaint, match="缺少密钥"):
        boot.set_up(folder, "real")
    with pytest.raises(Complaint, match="缺少密钥"):
        wiring.wire()
    assert names(folder) == left


@pytest.mark.parametrize("name", keys.SECRETS)
def test_a_real_city_never_takes_a_published_key(folder: DataFolder, name: str) -> None:
    keys.ensure(folder.keys)
    keys.path(folder.keys, name).write_bytes(keys.derived(keys.SIMULATED_SEED, name))
    with pytest.raises(Complaint, match=f"{name}.key 是模拟城市的密钥"):
        boot.set_up(folder, "real")
    with pytest.raises(Complaint, match="人人算得出来"):
        birth.birth("real")
    assert times.read() is None


def test_a_real_city_living_on_published_keys_is_not_wired(folder: DataFolder) -> None:
    keys.ensure(folder.keys, seed=keys.SIMULATED_SEED)
    times.birth("real", "suzhou-2018", times.wall())
    with pytest.raises(Complaint, match="master.key、blind.key、query.key 是模拟城市的密钥"):
        wiring.wire()


@pytest.mark.parametrize("kind", ["real", "simulated"])
def test_other_keys_than_those_of_the_birth_are_refused(folder: DataFolder, kind: str) -> None:
    begin(folder, kind)
    file = keys.path(folder.keys, "blind")
    file.unlink()
    file.write_bytes(b"x" * keys.LENGTH)
    for again in (wiring.wire, lambda: begin(folder, kind)):
        with pytest.raises(Complaint, match=r" blind\.key 不是建这座城市时的密钥"):
            again()


def test_a_simulated_citys_keys_come_again(folder: DataFolder) -> None:
    begin(folder, "simulated")
    keys.path(folder.keys, "master").unlink()
    begin(folder, "simulated")
    wiring.wire()


def test_what_the_database_keeps_is_no_key(folder: DataFolder) -> None:
    begin(folder, "real")
    with connection.cursor() as cur:
        cur.execute("SELECT key_check FROM procedure_installation")
        value = bytes(cur.fetchone()[0])
    assert len(value) == keys.CHECKED * len(keys.SECRETS)
    assert not any(part in value for key in kept(folder).values() for part in (key[:8], key[8:16], key[-8:]))


def test_a_city_from_before_check_values_is_given_one_once(folder: DataFolder) -> None:
    keys.ensure(folder.keys)
    times.birth("real", "suzhou-2018", times.wall())
    begin(folder, "real")
    found = times.read()
    assert found is not None
    assert found.key_check == keys.check_value(folder.keys)


def test_a_key_of_the_wrong_length_is_told(folder: DataFolder) -> None:
    begin(folder, "real")
    keys.path(folder.keys, "query").write_bytes(b"short")
    with pytest.raises(Complaint, match=r"query\.key 应为 32 字节，现有 5 字节"):
        boot.set_up(folder, "real")


def test_an_unknown_rulebook_is_told_before_any_key_is_made(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.config.commands.clauses.DEFAULT", "nosuch")
    with pytest.raises(Complaint, match="没有规则册 nosuch，可选：.*suzhou-2018"):
        boot.set_up(folder, "simulated")
    assert names(folder) == []
