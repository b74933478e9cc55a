"""The commands verify, seal and transitions, as a program sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hotline.config import paths

KEYS = ["name", "term", "clauses", "by", "not_by", "reach", "from", "to", "deadline", "ledger"]


def python(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process that knows nothing of this test."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HOTLINE_", "DJANGO_", "DATABASE_"))}
    environment = clean | {"PYTHONPATH": str(paths.REPO / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)


def hotline(*words: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run one command of the platform."""
    return python("-m", "hotline.config", *words, "--data", str(data))


def test_transitions_lists_every_verb_without_a_database(tmp_path: Path) -> None:
    done = hotline("transitions", "--json", data=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    verbs: list[dict[str, Any]] = json.loads(done.stdout)
    assert all(list(verb) == KEYS for verb in verbs)
    by_name = {verb["name"]: verb for verb in verbs}
    assert {"register", "accept", "dispatch", "sign_for", "sign_off", "file", "approve", "archive"} <= set(by_name)
    assert by_name["dispatch"]["clauses"][0] == "四（二）3"
    assert by_name["accept"]["clauses"] == [f"三（一）{n}" for n in range(1, 7)]
    assert by_name["decline"]["clauses"] == [f"三（二）{n}" for n in range(1, 8)]
    assert by_name["draft_reply"]["clauses"] == ["五（三）", "五（四）", "五（五）", "六（三）段1"]
    assert [by_name[name]["clauses"] for name in ("inspect", "look_below")] == [["二段2"], ["二段3"]]
    assert all(verb["clauses"] and verb["by"] and verb["ledger"] for verb in verbs)
    assert all(other in by_name for verb in verbs for other in verb["not_by"])
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["verify", "seal"])
def test_without_a_city_they_say_so(command: str, tmp_path: Path) -> None:
    done = hotline(command, data=tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert "还没有城市" in done.stderr


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, made_ready: Callable[[Path], Path]) -> Path:
    """A simulated city of its own, on disk."""
    folder = made_ready(tmp_path_factory.mktemp("city") / "data")
    code = f"from pathlib import Path; from hotline.config import boot\nwith boot.city(Path({str(folder)!r}), "
    code += "born='simulated', durable=False): pass"
    made = python("-c", code)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.slow
def test_the_network_comes_out_and_goes_in_again(city: Path, tmp_path: Path) -> None:
    book, sheet = tmp_path / "network.xlsx", tmp_path / "units.csv"
    out = hotline("network", "export", str(book), data=city)
    assert (out.returncode, book.read_bytes()[:2]) == (0, b"PK"), out.stderr
    same = hotline("network", "import", str(book), "--json", data=city)
    assert json.loads(same.stdout) == {"ok": True, "dry_run": False, "changes": {}, "notes": [], "accounts": []}
    sheet.write_bytes("编码,名称,简称,级别,上级单位编码,类别\nX1,新设局,新设局,2,10,部门\nX2,,,2,10,部门\n".encode("gb18030"))
    wrong = hotline("network", "import", str(sheet), "--json", data=city)
    told = json.loads(wrong.stdout)
    assert (wrong.returncode, told["ok"]) == (1, False)
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(3, "名称"), (3, "简称")]
    people = tmp_path / "people.csv"
    people.write_text("登录名,姓名,单位编码,岗位\nzhang.san,张三丰,201,承办人\n", encoding="utf-8")
    tried = json.loads(hotline("network", "import", str(people), "--dry-run", "--json", data=city).stdout)
    done = json.loads(hotline("network", "import", str(people), "--json", data=city).stdout)
    assert (tried["accounts"], tried["changes"]) == ([], done["changes"]) == ([], {"设岗": 1})
    assert [(one["login"], len(one["password"])) for one in done["accounts"]] == [("zhang.san", 19)]
    assert hotline("network", "import", str(tmp_path / "none.csv"), data=city).returncode == 1
    assert hotline("network", "export", data=city).returncode == 1
    full = hotline("network", "check", "--json", data=city)
    assert (full.returncode, json.loads(full.stdout)) == (0, {"holes": []}), "a demonstration is manned"
    on = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=2)).date()
    turn = f"11,孙嘉言,0557-0000003,{on} 08:00,{on} 20:00,撤销"
    people.write_text(f"单位编码,值班人,电话,开始,结束,状态\n{turn}\n", encoding="utf-8")
    assert hotline("network", "import", str(people), "--json", data=city).returncode == 0
    check = hotline("network", "check", "--json", data=city)
    assert check.returncode == 1
    assert [hole["unit"] for hole in json.loads(check.stdout)["holes"]] == ["电话受理中心"]


@pytest.mark.slow
def test_a_city_is_sealed_verified_and_its_tampering_told(city: Path, tmp_path: Path) -> None:
    sealed = hotline("seal", "--seals", str(tmp_path), "--json", data=city)
    assert sealed.returncode == 0, sealed.stderr
    assert json.loads(sealed.stdout)["number"] == 1
    clean = hotline("verify", "--seals", str(tmp_path), "--json", data=city)
    report = json.loads(clean.stdout)
    assert (clean.returncode, report["ok"], report["broken"]) == (0, True, [])
    assert report["chains"] > 0
    assert report["lines"] >= report["chains"]
    tamper(city)
    found = hotline("verify", "--json", data=city)
    report = json.loads(found.stdout)
    assert (found.returncode, report["ok"]) == (1, False)
    assert list(report["broken"][0]) == ["chain", "seq", "why"]
    told = hotline("verify", "--seals", str(tmp_path), data=city)
    assert told.returncode == 1
    assert "的封存（第 1 号）" in told.stdout


def tamper(city: Path) -> None:
    """Remove one chain, as the database's owner can."""
    done = python(
        "-c",
        f"""
from datetime import datetime, timedelta
from pathlib import Path
from hotline.config import embedded, pg_cluster
with embedded.server(Path({str(city)!r}), durable=False) as one:
    with embedded.superuser(one.socket, pg_cluster.DATABASE) as connection:
        connection.execute("ALTER TABLE procedure_ledgerline DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM procedure_ledgerline WHERE chain_id = (SELECT min(chain_id)"
                           " FROM procedure_ledgerline)")
""",
    )
    assert done.returncode == 0, done.stderr
