"""A new master key while the city lives: killed in the midst it goes on; every key opens at every moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

from hotline.config import keys
from ops.driving import City, environment, hotline
from support import line

MANY = 1500
BY = 'sql("SELECT master_id, count(*) FROM procedure_personkey GROUP BY 1 ORDER BY 1")'
OPENED = "opened()"


def counts(city: City) -> dict[str, int]:
    return dict(literal_eval(city.ask(BY)))


def killed_midway(city: City, data: Path) -> None:
    """Begin a rotation and kill it when it has wrapped some and not all."""
    words = [sys.executable, "-m", "hotline.config", "keys", "rotate", "--data", str(data)]
    process = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        if 0 < counts(city).get("2", 0) < MANY:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return
        time.sleep(0.005)
    raise AssertionError("it was done before it could be killed")


def test_killed_it_goes_on_and_every_key_opens_all_the_while(
    tmp_path: Path, made_ready: Callable[[Path], Path]
) -> None:
    data = tmp_path / "data"
    city = City(made_ready(data), tmp_path / "wal")
    try:
        assert city.ask(f"live({MANY}, 0)") == str(MANY)
        assert counts(city) == {"1": MANY}
        expected = repr((MANY, {(line.CITIZEN_NAME, line.CITIZEN_PHONE)}))
        assert city.ask(OPENED) == expected
        killed_midway(city, data)
        midway = counts(city)
        assert set(midway) == {"1", "2"}
        assert city.ask(OPENED) == expected  # by a process that was there before the new master
        done = hotline("keys", "rotate", "--json", data=data)
        said = json.loads(done.stdout)
        assert (done.returncode, said["newest"], said["keys"], said["left"]) == (0, "2", {"2": MANY}, 0), done.stderr
        assert said["rewrapped"] == midway["1"]
        assert city.ask(OPENED) == expected
        assert city.ask("renewed() and live(1, 3000)") == "1"
        assert counts(city) == {"2": MANY + 1}
        assert {path.name for path in (data / "keys").glob("master*")} == {"master.key", "master-2.key"}
        assert (data / "keys" / "master-2.key").stat().st_mode & 0o777 == 0o600
        assert "现用主密钥 2 号" in hotline("keys", "status", data=data).stdout
        assert hotline("backup", tmp_path / "shelf", "--keys", tmp_path / "kept", data=data).returncode == 0
        assert (tmp_path / "kept" / "master-2.key").exists()
    finally:
        city.end()
    foreign = data / "keys" / "master-2.key"
    kept = foreign.read_bytes()
    foreign.unlink()
    missing = hotline("keys", "status", data=data)
    assert (missing.returncode != 0, "缺少 master-2.key" in missing.stderr) == (True, True)
    foreign.write_bytes(b"x" * keys.LENGTH)
    assert "不是建这座城市时的密钥" in hotline("keys", "status", data=data).stderr
    foreign.write_bytes(kept)
    assert hotline("verify", data=data).returncode == 0
    assert hotline("keys", "rotate", data=data).returncode == 0
    assert (data / "keys" / "master-3.key").exists()
