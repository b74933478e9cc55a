"""kill -9 of everything there is, under load, at random: nothing lost, nothing doubled (`killing.py` says how)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.procedure.outbox import PORTION

HERE = Path(__file__).parent
OWN = ("PYTEST_", "HOTLINE_", "DJANGO_", "DATABASE_URL")


def stormed(data: Path, kills: int, hits: int, seed: int) -> dict[str, Any]:
    """What a city told after so many kills."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    words = [sys.executable, str(HERE / "killing.py"), "--data", str(data), "--kills", str(kills), "--open", str(hits),
             "--seed", str(seed)]  # fmt: skip
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=600 + 10 * kills)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def hold(told: dict[str, Any], kills: int, hits: int) -> None:
    """So many kills, so many of them in an open transaction; and everything is there exactly once."""
    assert set(told["kills"]) == {"clock", "outbox", "web", "database"}, told
    assert sum(told["kills"].values()) >= kills, told
    assert sum(told["open"].values()) >= hits, told
    assert (told["lost"], told["doubled"]) == (0, 0), told
    assert (told["acts_missing"], told["acts_unknown"]) == (0, 0), told
    assert (told["set_aside"], told["broken"]) == (0, []), told
    assert told["messages"] == told["messages_expected"], told
    assert (told["undelivered"], told["unsent"], told["changed"]) == (0, 0, 0), told
    # a worker that dies between sending and noting it sends that portion of messages again, under their numbers
    assert told["sent_again"] <= PORTION * (told["kills"]["outbox"] + 2 * told["kills"]["database"]), told
    assert told["acts"] > 2 * kills, told
    assert told["pressed_again"] > 0, told


@pytest.mark.slow
def test_thirty_kills_lose_and_double_nothing(tmp_path: Path, made_ready: Callable[[Path], Path]) -> None:
    hold(stormed(made_ready(tmp_path / "city"), 30, 20, 1), 30, 20)


@pytest.mark.long
def test_three_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    hold(stormed(tmp_path / "city", 300, 200, 2), 300, 200)
