"""A data folder with server and tables in it, whose city is not born yet: made once a run, copied by each test that is
not about the making, which takes ten seconds."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from harness import databases
from hotline.config.locks import Lock
from hotline.config.paths import REPO

MAKE = """
import sys
from pathlib import Path
from hotline.config import boot
from hotline.config.paths import DataFolder

folder = DataFolder(Path(sys.argv[1])).prepare()
with boot.database_of(folder.root):
    boot.set_up(folder, None)
    boot.migrate()
    boot.disconnect()
"""


@contextlib.contextmanager
def copies() -> Iterator[Callable[[Path], Path]]:
    """What makes a folder such a one; whoever of the run's workers leaves last removes what was copied."""
    made = databases.run_folder().with_name(f"{databases.run_folder().name}-begun")
    made.mkdir(mode=0o711, exist_ok=True)
    users = Lock(made / "users.lock")
    users.take(shared=True)
    try:
        yield lambda data: _copied(made, data)
    finally:
        users.release()
        if users.take(wait=False):
            shutil.rmtree(made, ignore_errors=True)
            users.release()


def _copied(made: Path, data: Path) -> Path:
    with Lock(made / "making.lock").held():
        if not (made / "done").exists():
            _make(made / "data")
            (made / "done").touch()
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(made / "data" / "pg"), str(data / "pg")], check=True)
    return data


def _make(data: Path) -> None:
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "DJANGO_"))}
    environment = {**keep, "PYTHONPATH": str(REPO / "src"), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-c", MAKE, str(data)], env=environment, check=True)
