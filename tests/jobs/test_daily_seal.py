"""每日封存: each day once, whoever runs it, however long nobody did, and through kill -9."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from hotline.jobs import loops
from hotline.procedure import sealing, times
from hotline.procedure.perform import raw
from hotline.procedure.verify import verify
from hotline.procedure.world import IdBlocks, current
from support import many

MORNING = datetime.fromisoformat("2026-09-17T08:00+08:00")


@pytest.fixture
def seals(city: Any, tmp_path: Path) -> Iterator[Path]:
    """A city with work done on it, sealed into a folder of its own."""
    times.set_simulated(MORNING)
    many.write(3, MORNING)
    with override_settings(HOTLINE_SEALS_DIR=tmp_path):
        yield tmp_path


def days(folder: Path) -> list[str]:
    return [path.name[7:17] for path in sealing.files(folder)]


def recorded() -> list[date]:
    with raw().cursor() as cur:
        return [row[0] for row in cur.execute("SELECT day FROM procedure_seal ORDER BY number").fetchall()]


def test_each_day_is_sealed_once(seals: Path) -> None:
    for _ in range(3):
        loops.DailySeal().turn()
    assert days(seals) == ["2026-09-16"]
    times.set_simulated(MORNING + timedelta(days=1))
    for _ in range(3):
        loops.DailySeal().turn()
    assert days(seals) == ["2026-09-16", "2026-09-17"]
    assert verify(seals).ok


def test_after_long_absence_one_seal_covers_what_was_missed(seals: Path) -> None:
    loops.DailySeal().turn()
    times.set_simulated(MORNING + timedelta(days=40))
    many.write(2, MORNING + timedelta(days=10))
    for _ in range(3):
        loops.DailySeal().turn()
    assert days(seals) == ["2026-09-16", "2026-10-26"]
    assert len(sealing.read_file(sealing.files(seals)[1]).heads) == 2
    assert verify(seals).ok


def test_two_that_seal_at_the_same_time_seal_once(seals: Path) -> None:
    day, start = date(2026, 9, 16), threading.Barrier(4)

    def run() -> None:
        start.wait()
        sealing.seal_once(day, seals, MORNING)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert days(seals) == ["2026-09-16"]
    assert recorded() == [day]


@pytest.mark.forks
@pytest.mark.parametrize("where", ["_heads", "write_file", "_record", "_mark"])
@pytest.mark.parametrize("after", [False, True])
def test_kill_9_while_sealing(seals: Path, monkeypatch: pytest.MonkeyPatch, where: str, after: bool) -> None:
    connections.close_all()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            current().ids = IdBlocks()
            real = getattr(sealing, where)

            def dying(*args: Any) -> Any:
                if after:
                    real(*args)
                os.kill(os.getpid(), signal.SIGKILL)

            monkeypatch.setattr(sealing, where, dying)
            loops.DailySeal().turn()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert recorded() == []
    for _ in range(3):
        loops.DailySeal().turn()
    assert (days(seals), recorded()) == (["2026-09-16"], [date(2026, 9, 16)])
    times.set_simulated(MORNING + timedelta(days=1))
    loops.DailySeal().turn()
    assert days(seals) == ["2026-09-16", "2026-09-17"]
    covered = {chain for path in sealing.files(seals) for chain in sealing.read_file(path).heads}
    with raw().cursor() as cur:
        heads = cur.execute("SELECT chain_kind, chain_id, seq, hash FROM procedure_chainhead").fetchall()
    assert {(k, i, s, bytes(h).hex()) for k, i, s, h in heads} <= covered
    assert verify(seals).ok
