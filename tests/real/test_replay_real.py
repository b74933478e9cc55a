"""Real messages of a province's public boards, where they lie beside the repository; none of them is carried in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hotline.config.paths import REPO, RULEBOOKS
from hotline.jobs.replay import forms, reader
from hotline.jobs.replay.plan import plan
from hotline.rules import book as books
from hotline.rules import limits

ANSWERED = REPO.parent / "shared" / "data" / "messages" / "answered.csv"
PATIENCE = 900

pytestmark = pytest.mark.skipif(
    not ANSWERED.exists(), reason="没有真实数据：../shared/data/messages/answered.csv 不在，跳过真实数据的回放"
)


def hotline(*words: object) -> Any:
    """Run a subcommand in a process of its own; its JSON."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "DJANGO_"))}
    command = [sys.executable, "-m", "hotline.config", *map(str, words), "--json"]
    environment = {**keep, "PYTHONPATH": str(REPO / "src"), "PYTHONUTF8": "1"}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout)


def verified(data: Path) -> bool:
    """Whether ledger and seals of a city verify."""
    return bool(hotline("verify", "--data", data, "--seals", data / "seals")["ok"])


def test_every_row_is_read_and_planned() -> None:
    book = books.load(RULEBOOKS / "suzhou-2018")
    sheet = reader.read(ANSWERED.read_bytes(), book.tz, None, forms.longest(book))
    assert (sheet.rows, len(sheet.messages), sheet.refused) == (1982, 1982, [])
    assert sum(forms.before_the_rules(book, message.asked) for message in sheet.messages) == 866
    late = sum(plan(book, m).signed >= limits.sign_until(book, m.asked).at for m in sheet.messages)
    assert 0.08 < late / 1982 < 0.12


def test_the_other_files_lack_columns() -> None:
    for name in ("stream.csv", "labelled.csv"):
        with pytest.raises(reader.Unreadable, match="缺少列：.*答复意见、答复时间"):
            reader.read(ANSWERED.with_name(name).read_bytes(), books.load(RULEBOOKS / "suzhou-2018").tz)


@pytest.mark.slow
def test_the_first_sixty_rows(tmp_path: Path) -> None:
    found = hotline("replay", ANSWERED, "--limit", 60, "--data", tmp_path / "city")
    assert (found["rows"], found["lived"], found["refused"]) == (60, 60, [])
    assert (found["closed"], found["archived"]) == (60, 60)
    assert found["transitions"] >= 60 * 12
    assert verified(tmp_path / "city")


@pytest.mark.slow
@pytest.mark.long
def test_the_whole_file(tmp_path: Path) -> None:
    found = hotline("replay", ANSWERED, "--data", tmp_path / "city")
    assert (found["rows"], found["lived"], found["refused"]) == (1982, 1982, [])
    assert (found["closed"], found["archived"]) == (1982, 1982)
    assert found["answered_within"] == {"2": 337, "5": 756, "15": 1482}
    assert (found["send_backs"], found["bounces"], found["cards"]["yellow"]["send_back"]) == (96, 0, 96)
    assert found["cards"]["red"]["overdue"] == found["late"]
    assert verified(tmp_path / "city")


@pytest.mark.slow
@pytest.mark.long
def test_the_whole_file_as_complaints(tmp_path: Path) -> None:
    found = hotline("replay", ANSWERED, "--kind", "complaint", "--data", tmp_path / "city")
    assert found["by_kind"] == {"complaint": {"lived": 1982, "on_time": 1482, "late": 500}}
    assert found["late"] == 500
