"""体检: a sound city has no finding; each finding is provoked once and says what to do."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from harness import databases
from hotline.config import keys, loops
from hotline.config.commands import doctor
from hotline.config.doctor import base, city, machine
from hotline.config.doctor.findings import Finding
from hotline.config.paths import DataFolder
from hotline.procedure import destroying, sealing, times
from hotline.procedure.world import current
from ops.driving import hotline
from support import many
from surfaces.city import WEDNESDAY, put_clock


def owner(query: str, *values: Any) -> Any:
    with connections["owner"].cursor() as cur:
        cur.execute(query, values or None)
        return cur.fetchall() if cur.description else cur.rowcount


def only(found: Iterable[Finding]) -> Finding:
    """The one that is wrong; it says what to do."""
    (wrong,) = [one for one in found if one.wrong]
    assert len(wrong.todo) > 10
    return wrong


@pytest.fixture
def data(city: str, tmp_path: Path) -> Iterator[DataFolder]:
    """The data folder of a sound city: keys, seals up to yesterday, loops that turn."""
    folder = DataFolder(tmp_path / "data").prepare()
    keys.ensure(folder.keys, seed=keys.SIMULATED_SEED)
    put_clock(WEDNESDAY.replace(month=9))
    sealing.seal((times.now() - timedelta(days=1)).astimezone(current().book.tz).date(), folder.seals, times.now())
    owner("UPDATE procedure_outboxmessage SET delivered_at = now(), next_try_at = NULL")
    for name in ("clock", "outbox"):
        loops.beat(folder.beats, name, 3)
    with override_settings(HOTLINE_KEYS_DIR=folder.keys):
        yield folder


def everything(data: DataFolder) -> list[Finding]:
    return [*machine.everything(data, 0.1, True), *base.everything(connections["owner"], data, False),
            *city.everything(data)]  # fmt: skip


def test_a_sound_city_has_nothing_wrong(data: DataFolder) -> None:
    found = everything(data)
    assert [one for one in found if one.wrong] == []
    assert [one.name for one in found if one.hint and one.todo] == ["backup", "archive", "scanner"]
    assert len({one.name for one in found}) == len(found) == 23
    assert "没有问题" in list(doctor.told(found))[-1]


def test_programs_and_disk(data: DataFolder, tmp_path: Path, monkeypatch: Any) -> None:
    assert "太旧" in only([machine.python((99, 0))]).said
    lock = tmp_path / "lock.txt"
    lock.write_text("django==1.0 \\\n  --hash=sha256:x\nno-such-package==1\nonly-elsewhere==2 ; sys_platform == 'x'\n")
    said = only([machine.packages(lock)]).said
    assert "django 5.2" in said
    assert "no-such-package" in said
    assert "only-elsewhere" not in said
    assert "磁盘只剩" in only([machine.disk(data.root, 10**9)]).said
    monkeypatch.setenv("HOTLINE_PG_BIN", str(tmp_path))
    assert "找不到 PostgreSQL" in only([machine.programs()]).said
    monkeypatch.setattr(machine.logs, "DEBUGGING", True)
    assert "HOTLINE_DEBUG" in only([machine.debugging()]).said


def test_a_backup_that_is_old_is_a_hint(data: DataFolder) -> None:
    data.last_backup.touch()
    assert machine.backup(data).todo == ""
    old = machine.backup(data, time.time() + 40 * 3600)
    assert (old.wrong, "40 小时前" in old.said, "./hotline backup" in old.todo) == (False, True, True)


def test_keys_that_are_open_lost_or_damaged(data: DataFolder) -> None:
    master = data.keys / "master.key"
    master.chmod(0o644)
    assert "master.key 的权限是 0644，应为 0600" in only([machine.key_files(data.keys)]).said
    master.chmod(0o600)
    data.keys.chmod(0o755)
    assert "0755" in only([machine.key_files(data.keys)]).said
    data.keys.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(master, 12345, 12345)
        assert "属主是 12345" in only([machine.key_files(data.keys)]).said
        os.chown(master, 0, 0)
    master.write_bytes(b"short")
    assert "已损坏" in only([machine.key_files(data.keys)]).said
    master.unlink()
    assert "缺少密钥文件" in only([machine.key_files(data.keys)]).said


def test_loops_that_stopped(data: DataFolder) -> None:
    os.utime(data.beats / "clock", (1, 1))
    said = only([machine.loops(data)]).said
    assert "clock" in said
    assert "outbox" not in said
    loops.clear(data.beats)
    assert "没有留下心跳" in only([machine.loops(data)]).said


def test_a_database_that_does_not_answer(data: DataFolder) -> None:
    databases.switch(databases.NONE)
    assert "没有应答" in only(base.everything(connections["owner"], data, False)).said


def test_tables_that_are_behind(data: DataFolder) -> None:
    owner("DELETE FROM django_migrations WHERE app = 'surfaces'")
    assert "surfaces.0001_initial" in only(base.everything(connections["owner"], data, False)).said


CHANGED_RIGHTS = [
    ("GRANT UPDATE ON procedure_ledgerline TO hotline_app", "procedure_ledgerline 多出 UPDATE"),
    ("GRANT UPDATE (rest) ON procedure_ledgerline TO PUBLIC", "procedure_ledgerline 多出 UPDATE（rest）"),
    ("REVOKE UPDATE (sealed_seq) ON procedure_chainhead FROM hotline_app", "procedure_chainhead 缺 UPDATE（sealed_seq）"),
    ("REVOKE SELECT ON casework_matter FROM hotline_app", "casework_matter 缺 SELECT"),
    ("GRANT CREATE ON SCHEMA public TO hotline_app", "角色可以建表"),
]


@pytest.mark.parametrize(("change", "said"), CHANGED_RIGHTS)
def test_rights_that_were_changed(data: DataFolder, server: Any, change: str, said: str) -> None:
    from hotline.config import embedded

    with embedded.superuser(server.socket, connections["owner"].settings_dict["NAME"]) as connection:
        connection.execute(change)  # type: ignore[arg-type]
    assert said in only(base.everything(connections["owner"], data, False)).said


@pytest.mark.parametrize("change", ["ALTER TABLE procedure_ledgerline DISABLE TRIGGER append_only",
                                    "DROP TRIGGER append_only ON procedure_ledgerline"])  # fmt: skip
def test_a_trigger_that_is_gone_or_off(data: DataFolder, change: str) -> None:
    owner(change)
    assert "procedure_ledgerline.append_only" in only(base.everything(connections["owner"], data, False)).said


def test_keys_of_another_city_and_no_city(data: DataFolder) -> None:
    (data.keys / "blind.key").write_bytes(b"x" * 32)
    assert "blind.key 不是建这座城市时的密钥" in only(city.everything(data)).said
    owner("ALTER TABLE procedure_installation DISABLE TRIGGER append_only")
    owner("DELETE FROM procedure_installation")
    assert "还没有城市" in only(city.everything(data)).said


def test_a_rulebook_that_was_edited(data: DataFolder) -> None:
    owner("UPDATE procedure_rulebookversion SET content_hash = 'x'")
    assert "被改动过" in only(city.everything(data)).said


def test_a_clock_that_ran_ahead(data: DataFolder) -> None:
    owner("UPDATE procedure_chainhead SET at = at + interval '1 year' WHERE chain_id = (SELECT min(chain_id)"
          " FROM procedure_chainhead)")  # fmt: skip
    assert "时钟曾经走快" in only(city.everything(data)).said


def test_seals_missing_late_or_out_of_reach(data: DataFolder) -> None:
    put_clock(times.now() + timedelta(days=3))
    assert "有 3 天没有封存" in only(city.seals(data.seals)).said
    shutil.move(next(data.seals.glob("*.json")), data.root / "elsewhere.json")
    assert "缺第 1 号封存文件" in only(city.seals(data.seals)).said
    shutil.rmtree(data.seals)
    assert "不在或写不进去" in only(city.seals(data.seals)).said


def test_messages_that_do_not_leave(data: DataFolder) -> None:
    many.write(1, times.now() - timedelta(hours=2))
    owner("UPDATE procedure_outboxmessage SET delivered_at = NULL, tries = 9, next_try_at = %s",
          times.now() - timedelta(hours=2))  # fmt: skip
    said = only(city.everything(data)).said
    assert "120 分钟" in said
    assert "多次没有送出" in said


def test_decisions_that_are_late_or_set_aside(data: DataFolder) -> None:
    many.write(1, times.now())
    owner("UPDATE procedure_outboxmessage SET delivered_at = now(), next_try_at = NULL")
    owner("UPDATE casework_order SET next_decision_at = %s", times.now() - timedelta(minutes=30))
    assert "时限事项晚了 30 分钟" in only(city.everything(data)).said
    owner("INSERT INTO procedure_setaside (chain_kind, chain_id, tries, again_at, because)"
          " SELECT 1, matter_id, 1, now(), 'x' FROM casework_order")  # fmt: skip
    assert "搁置了 1 件" in only(city.everything(data)).said


def test_a_year_without_a_calendar_is_wrong_and_a_provisional_one_a_hint(data: DataFolder) -> None:
    put_clock(WEDNESDAY)
    assert city.calendar().hint
    put_clock(WEDNESDAY.replace(year=2030))
    assert "2030 年的日历" in only([city.calendar()]).said


def test_a_destruction_that_was_not_copied_out(data: DataFolder) -> None:
    many.write(1, times.now())
    owner("UPDATE procedure_outboxmessage SET delivered_at = now(), next_try_at = NULL")
    owner("DELETE FROM procedure_personkey")
    assert "1 条销毁记录没有抄出库外" in only(city.everything(data)).said
    destroying.export(data.destroyed)
    assert not city.destroyed(data.destroyed).wrong


def test_a_server_that_is_too_old_or_whose_clock_differs(data: DataFolder) -> None:
    """Measured on the real one, with nothing allowed."""
    assert "太旧" in only([base.reachable(connections["owner"], 99)]).said
    assert "与本机差" in only([city.clocks(timedelta(0))]).said


def test_the_command_tells_programs_and_people(tmp_path: Path) -> None:
    none = hotline("doctor", data=tmp_path / "none")
    assert (none.returncode, "还没有城市" in none.stderr) == (1, True)
    found = [Finding("a", "好"), Finding("b", "可以更好", "试试", hint=True), Finding("c", "坏", "修")]
    said = doctor.as_json(found)
    assert said["ok"] is False
    assert [row["state"] for row in said["findings"]] == ["ok", "hint", "wrong"]
    assert list(doctor.told(found))[-1] == "共 3 项，1 项有问题。"
    assert json.dumps(said)
