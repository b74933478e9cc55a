"""`hotline simulate` as a person runs it: what it says, that it goes on after a kill, and what it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.config.locks import Lock, wait_until
from hotline.config.paths import REPO, DataFolder

pytestmark = [pytest.mark.xdist_group("embedded"), pytest.mark.slow]
KEYS = ["seed", "first", "until", "per_day", "found", "registered", "acts", "refused", "matters", "orders", "cards",
        "on_time", "late", "lines", "seconds"]  # fmt: skip
COURSE = ("--days", 40, "--per-day", 3, "--seed", "k", "--until", "2026-04-28T15:00")
PATIENCE = 300
UNDRAWN = ("registered", "accepted", "declined", "facts_asked", "facts_supplied", "answered_at_once", "connected",
           "dispatched", "submitted", "instructed", "return_requested", "recalled", "signed_for")  # fmt: skip


def command(data: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "hotline.config", str(words[0]), "--data", str(data), *map(str, words[1:])]


def environment() -> dict[str, str]:
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "DJANGO_"))}
    return {**keep, "PYTHONPATH": str(REPO / "src"), "PYTHONUTF8": "1"}


def hotline(data: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a subcommand in a process of its own."""
    return subprocess.run(command(data, *words), env=environment(), capture_output=True, text=True, timeout=PATIENCE)


def told(data: Path, *words: object) -> dict[str, Any]:
    done = hotline(data, *words, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_it_goes_on_after_a_kill_and_then_says_that_it_is_done(
    tmp_path: Path, made_ready: Callable[[Path], Path]
) -> None:
    """Killed twice, with its database and at random instants: every matter once, each up to the lot that is drawn
    after it the same as if nothing had been. (Numbers drawn by whoever was killed are gaps; the lot rests on them.)"""
    whole, broken = made_ready(tmp_path / "whole"), made_ready(tmp_path / "broken")
    undisturbed = told(whole, "simulate", *COURSE)
    assert list(undisturbed) == KEYS
    matters = undisturbed["registered"]
    assert (undisturbed["found"], undisturbed["refused"]) == (0, [])
    assert 117 <= matters <= 120, "all but those that come after the end of the last day"
    for day in (3, 8):
        killed_after(broken, day)
    rest = told(broken, "simulate", *COURSE)
    assert rest["found"] > 0
    assert rest["found"] + rest["registered"] == matters
    for kind in UNDRAWN:
        assert rest["lines"].get(kind) == undisturbed["lines"].get(kind), kind
    for data in (whole, broken):
        assert told(data, "verify", "--seals", data / "seals")["broken"] == []
    again = hotline(broken, "simulate", *COURSE)
    assert again.returncode == 2
    assert "已经过完" in again.stderr
    other = hotline(broken, "simulate", "--days", 3, "--seed", "x", "--until", "2026-04-01")
    assert (other.returncode, "不能往回走" in other.stderr) == (2, True)
    further = told(broken, "simulate", "--days", 2, "--per-day", 3, "--seed", "k", "--further")
    assert further["found"] == matters
    assert 4 <= further["registered"] <= 8, "two days more, from the city's own time of day to the same"


def killed_after(data: Path, days: int) -> None:
    """Run it, and kill it and its database when so many days are sealed."""
    before = len(list((data / "seals").glob("*.json")))
    process = subprocess.Popen(command(data, "simulate", *COURSE), env=environment(), stderr=subprocess.PIPE)
    seals = data / "seals"
    assert wait_until(lambda: len(list(seals.glob("*.json"))) >= max(days, before + 1), PATIENCE)
    pid = int((data / "pg" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    process.kill()
    process.communicate()


def test_another_course_waits_for_the_one_that_was_broken_off(
    tmp_path: Path, made_ready: Callable[[Path], Path]
) -> None:
    made_ready(tmp_path)
    (tmp_path / "simulation.json").write_text(json.dumps({
        "seed": "1", "first": "2026-04-20", "until": "2026-04-21T15:00:00+08:00", "per_day": 2, "asked": 2,
        "done": False,
    }))  # fmt: skip
    first = told(tmp_path, "simulate", "--days", 2, "--per-day", 1, "--until", "2026-04-21T15:00")
    assert first["seed"] == "1"
    marker = json.loads((tmp_path / "simulation.json").read_text())
    (tmp_path / "simulation.json").write_text(json.dumps({**marker, "done": False}))
    other = hotline(tmp_path, "simulate", "--days", 2, "--per-day", 1, "--seed", "2")
    assert (other.returncode, "没有过完" in other.stderr) == (2, True)


def test_one_city_is_lived_by_one_command(tmp_path: Path) -> None:
    lock = Lock(DataFolder(tmp_path).prepare().run / "up.lock")
    with lock.held():
        refused = hotline(tmp_path, "simulate", "--days", 1)
    assert (refused.returncode, "正由另一条命令" in refused.stderr) == (1, True)
    assert not (tmp_path / "pg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--days", "0"), "须为 1 至"),
        (("--per-day", "三"), "须为 1 至"),
        (("--until", "下周"), "写成 2026-11-27"),
        (("--days",), "--days"),
    ],
)
def test_what_it_does_not_understand_it_says_in_chinese(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    refused = hotline(tmp_path / "data", "simulate", *words)
    assert refused.returncode == 64
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "data").exists()
