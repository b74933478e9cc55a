"""A city in a process of its own, told what to do line by line, while backups are taken of it from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hotline.config.paths import REPO

CITY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from hotline.config import archiving, boot
from hotline.config.paths import DataFolder

data = DataFolder(Path(sys.argv[1])).prepare()
archiving.remember(data)  # as `up` does
with boot.city(data.root, born="simulated", at=datetime(2026, 9, 1, tzinfo=UTC)):
    from django.db import connections
    from hotline.procedure import destroying, sealing, times
    from support import many

    def sql(text, alias="default"):
        with connections[alias].cursor() as cur:
            cur.execute(text)
            return cur.fetchall() if cur.description else cur.rowcount

    def live(count, after):
        return len(many.write(count, times.now(), after=after))

    def seal(day):
        return sealing.seal(datetime(2026, 9, day).date(), data.seals, times.now()).number
    print("ready", flush=True)
    for line in sys.stdin:
        print(repr(eval(line)), flush=True)
"""


def environment(**more: str) -> dict[str, str]:
    """Nothing of this test's own settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HOTLINE_", "DJANGO_", "DATABASE_"))}
    return {**clean, "PYTHONPATH": f"{REPO / 'src'}:{REPO / 'tests'}", "PYTHONUTF8": "1", **more}


class City:
    """The process; `ask` evaluates an expression in it."""

    def __init__(self, data: Path, archive: Path) -> None:
        words = [sys.executable, "-c", CITY, str(data)]
        self.process = subprocess.Popen(
            words, env=environment(HOTLINE_ARCHIVE=str(archive)), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._read() == "ready"

    def _read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def ask(self, expression: str) -> str:
        """The value, as Python writes it."""
        assert self.process.stdin is not None
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        found = self._read()
        assert self.process.poll() is None or found, "the city ended"
        return found

    def end(self) -> None:
        """Stop it in order."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(30) == 0


def hotline(*words: str | Path, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One command of the platform."""
    command = [sys.executable, "-m", "hotline.config", *map(str, words), "--data", str(data)]
    return subprocess.run(
        command, env=environment(**more), capture_output=True, text=True, encoding="utf-8", timeout=240, check=False
    )
