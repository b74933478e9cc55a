"""赶上: while the clock is behind, other cores sweep too; each matter is still done once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hotline.config import catching_up, loops, pg_cluster, sockets
from hotline.config.paths import REPO
from hotline.jobs.loops import Clock
from hotline.procedure import sweeping, times
from hotline.procedure.perform import raw
from support import many

DELIVERED = datetime.fromisoformat("2026-09-16T16:05+08:00")
DOOR = datetime.fromisoformat("2026-09-18T00:00+08:00")
IDLE = (sys.executable, "-c", "import time; time.sleep(60)")
FALLEN = "SELECT kind, count(*) FROM procedure_ledgerline WHERE at >= %s GROUP BY 1"


def fallen() -> Counter[str]:
    with raw().cursor() as cur:
        return Counter(dict(cur.execute(FALLEN, (DOOR,)).fetchall()))  # type: ignore[arg-type]


def owed(count: int) -> Counter[str]:
    return Counter(deemed_accepted=count, yellow_given=count)


@pytest.mark.parametrize(("due", "calls"), [(4, 0), (5, 1), (12, 2)])
def test_help_is_called_for_with_each_full_set(
    city: Any, monkeypatch: pytest.MonkeyPatch, due: int, calls: int
) -> None:
    monkeypatch.setattr(sweeping, "SET", 5)
    monkeypatch.setattr(times, "now", lambda: DOOR)
    many.write(due, DELIVERED)
    clock, called = Clock(), []
    clock.behind = lambda: called.append(1)
    assert clock.turn() is False
    assert (len(called), fallen()) == (calls, owed(due))


def test_the_loops_clock_calls_helpers() -> None:
    clock = loops.existing()["clock"]
    assert isinstance(clock, Clock)
    assert isinstance(clock.behind.__self__, catching_up.Helpers)  # type: ignore[attr-defined]


def test_no_more_helpers_than_other_cores_and_none_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    helpers, now = catching_up.Helpers(2, IDLE), [100.0]
    monkeypatch.setattr(catching_up.time, "monotonic", lambda: now[0])
    helpers.call()
    first, second = helpers.running
    first.kill()
    first.wait()
    helpers.call()
    assert helpers.running == [first, second], "one that cannot go on is not begun at every set"
    now[0] += catching_up.PAUSE
    helpers.call()
    assert len(helpers.running) == 2
    assert helpers.running[0] is second
    for one in helpers.running:
        one.kill()
        one.wait()


def test_a_big_machine_brings_no_more_than_find_work(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, others in ((1, 0), (2, 1), (64, 3)):
        monkeypatch.setattr(catching_up.os, "sched_getaffinity", lambda _, n=cores: set(range(n)))
        assert catching_up.Helpers().most == others
    assert sweeping.AHEAD == (catching_up.MOST + 1) * sweeping.SET


def test_a_helper_does_what_is_due_and_ends(server: Any, city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write(12, DELIVERED)
    times.set_simulated(DOOR)
    address = f"postgresql:///{city}?host={sockets.socket_folder(server.data)}&port={sockets.PORT}"
    monkeypatch.setenv("DATABASE_URL", f"{address}&user={pg_cluster.APP_ROLE}")
    monkeypatch.setenv("PYTHONPATH", str(REPO / "src"))
    command = [*catching_up.COMMAND, "--json", "--data", str(server.data.root)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (told.returncode, told.stdout) == (0, '{"performed": 24, "set_aside": 0}\n'), told.stderr
    assert fallen() == owed(12)


def test_the_bench_of_the_clock_runs(tmp_path: Path, made_ready: Callable[[Path], Path]) -> None:
    words = ["--orders", "600", "--poisonous", "4", "--data", str(made_ready(tmp_path))]
    told = subprocess.run([sys.executable, str(REPO / "bench" / "clock.py"), *words],
                          capture_output=True, text=True, timeout=300)  # fmt: skip
    assert "performed=600 lost=0 doubled=0" in told.stdout, told.stdout + told.stderr
