"""`hotline replay` as a person runs it: what it says, where it writes, and what it refuses as a whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from hotline.config.commands import replay
from hotline.config.complaint import Complaint
from hotline.config.locks import Lock
from hotline.config.paths import REPO, DataFolder
from hotline.jobs.replay import kinds
from jobs.replay_sheets import HEADER, LIVED, file, row

KEYS = [
    "rows",
    "lived",
    "refused",
    "closed",
    "archived",
    "by_kind",
    "answered_within",
    "late",
    "transitions",
    "seconds",
    "cards",
    "deemed_accepted",
    "send_backs",
    "bounces",
    "office_late",
]
PATIENCE = 240


def hotline(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a subcommand in a process of its own."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "DJANGO_"))}
    environment = {**keep, "PYTHONPATH": str(REPO / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "hotline.config", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)


def seals(city: Path) -> dict[str, bytes]:
    """The seals of a city, by name."""
    return {path.name: path.read_bytes() for path in (city / "seals").iterdir()}


def run(path: Path, content: bytes, **options: object) -> int:
    """The command in this process, on a file that it will refuse."""
    (path / "file.csv").write_bytes(content)
    given = {"kind": None, "limit": None, "again": False, "json": True, "data": path / "city", **options}
    return replay.run(Namespace(file=path / "file.csv", **given))


def test_help_states_the_rule_of_kinds() -> None:
    told = hotline("replay", "--help")
    said = "".join(told.stdout.split())
    assert told.returncode == 0
    assert all(word in said for _, words in kinds.WORDS for word in words)
    assert "var/replay" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (file([], header=HEADER[:4]), "缺少列：留言详情、答复意见、答复时间"),
        (file(LIVED, "utf-16"), "既不是 UTF-8 也不是 GB18030"),
        (b"", "缺少列"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Complaint, match=said) as refused:
        run(tmp_path, content)
    assert refused.value.code == 2
    assert not (tmp_path / "city").exists()


def test_an_unknown_kind_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="没有类别 nonsense，可选：consultation"):
        run(tmp_path, file(LIVED), kind="nonsense")
    with pytest.raises(Complaint, match="打不开文件") as refused:
        replay.run(Namespace(file=tmp_path / "none.csv", kind=None, limit=None))
    assert refused.value.code == 2


def test_an_earlier_replay_is_removed_only_when_asked_to(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "city").prepare()
    data.postgres.mkdir()
    with pytest.raises(Complaint, match="不是回放建的"):
        replay.clear(data, again=True)
    (data.root / replay.MARKER).touch()
    with pytest.raises(Complaint, match="已有一次回放.*--again"):
        replay.clear(data, again=False)
    replay.clear(data, again=True)
    assert not data.postgres.exists()
    assert (data.root / replay.MARKER).exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "city").prepare()
    data.postgres.mkdir()
    (data.root / replay.MARKER).touch()
    lock = Lock(data.run / "owner.lock")
    assert lock.take(wait=False)
    try:
        with pytest.raises(Complaint, match="正由另一条命令使用"):
            replay.clear(data, again=True)
    finally:
        lock.release()
    assert data.postgres.exists()


@pytest.mark.slow
def test_json_alone_on_stdout_and_a_city_that_verifies(tmp_path: Path) -> None:
    rows = (*LIVED[:3], row("103", "2019/3/1 8:00:00", "2019/3/2 8:00:00"), LIVED[4])
    (tmp_path / "file.csv").write_bytes(file(rows, "gb18030"))
    told = hotline("replay", tmp_path / "file.csv", "--json", "--data", tmp_path / "city")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert list(found) == KEYS
    assert (found["rows"], found["lived"], found["closed"], found["archived"]) == (5, 4, 4, 4)
    refusal = {"row": 4, "id": "103", "field": "留言编号", "reason": "留言编号与第 3 行重复"}
    assert found["refused"] == [refusal]
    assert found["answered_within"] == {"2": 1, "5": 3, "15": 4}
    assert "4/4" in told.stderr

    verified = hotline("verify", "--json", "--data", tmp_path / "city", "--seals", tmp_path / "city" / "seals")
    assert (verified.returncode, json.loads(verified.stdout)["broken"]) == (0, [])

    again = hotline("replay", tmp_path / "file.csv", "--data", tmp_path / "city")
    assert (again.returncode, again.stdout) == (1, "")
    assert "--again" in again.stderr

    sealed = seals(tmp_path / "city")
    table = hotline("replay", tmp_path / "file.csv", "--again", "--data", tmp_path / "city")
    assert table.returncode == 0, table.stderr
    assert "读到 5 行，办完 4 件，未收 1 行。" in table.stdout
    assert seals(tmp_path / "city") == sealed  # they hold the hash of every chain: the same ledger to the byte
    assert len(sealed) > 10
