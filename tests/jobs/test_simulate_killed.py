"""A city that is lived while it is killed over and over: nothing lost, nothing doubled (`simulating.py` says how)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
OWN = ("PYTEST_", "HOTLINE_", "DJANGO_", "DATABASE_URL")


def stormed(data: Path, kills: int, seed: int) -> dict[str, Any]:
    """What a city told after so many kills."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    words = [sys.executable, str(HERE / "simulating.py"), "--data", str(data), "--kills", str(kills),
             "--seed", str(seed)]  # fmt: skip
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=600 + 10 * kills)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def hold(told: dict[str, Any], kills: int) -> None:
    """So many kills, and everything is there exactly once."""
    assert told["kills"]["living"] >= kills, told
    assert (told["lost"], told["doubled"], told["unknown"]) == (0, 0, 0), told
    assert (told["refused"], told["broken"]) == ([], []), told
    assert told["matters"] > 100, told


@pytest.mark.slow
def test_twenty_kills_lose_and_double_nothing(tmp_path: Path, made_ready: Callable[[Path], Path]) -> None:
    hold(stormed(made_ready(tmp_path / "city"), 20, 1), 20)


@pytest.mark.long
def test_a_thousand_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    told = stormed(tmp_path / "city", 1000, 2)
    hold(told, 1000)
    assert told["kills"]["database"] > 20, told
