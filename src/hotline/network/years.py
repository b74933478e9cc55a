"""日历年份 (years): which calendar years the office has published, with their content. The rows hold; the files that every
process reads its calendar from are made of them, on each machine (ADR 0035)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from hotline.network import desks
from hotline.network.as_of import AsOf
from hotline.network.look_ups import listed
from hotline.network.records import CalendarYear
from hotline.procedure import disk
from hotline.procedure.world import Cursor
from hotline.rules.calendars import file_of

log = logging.getLogger("hotline.jobs")
_ROWS = (
    f"SELECT {listed(CalendarYear, 'y')}, t.body FROM network_calendaryear y"
    " JOIN network_networktext t ON t.id = y.text_id ORDER BY y.id"
)
_HOW_MANY = "SELECT count(*) FROM network_calendaryear"


@dataclass(frozen=True, slots=True)
class Published:
    """发布的一年: the row, and what was published."""

    row: CalendarYear
    body: str


_PUBLISHED = AsOf(_ROWS, lambda row: Published(CalendarYear(*row[:-1]), row[-1]))


class _Followed:
    """Of how many years that were published this process has made the files."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0


_followed = _Followed()


def published() -> tuple[Published, ...]:
    """All that was ever published, the first one first; as old as the tree of units may be."""
    return _PUBLISHED.rows()


def install(folder: Path) -> bool:
    """Make the files that the folder lacks or has otherwise, each whole and on the disk when this returns; whether
    there were any."""
    with _followed.lock:
        now = {folder / f"{one.row.year}.yaml": file_of(one.body) for one in published() if not one.row.ended_at}
        lacking = {path: content for path, content in now.items()
                   if not path.is_file() or path.read_bytes() != content}  # fmt: skip
        for path, content in lacking.items():
            _write(path, content)
        return bool(lacking)


def put(folder: Path, year: int, body: str) -> None:
    """Make the file of what has just been published, without asking the database; were another one published in the
    same instant, the loops put it right."""
    with _followed.lock:
        _write(folder / f"{year}.yaml", file_of(body))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk.write_whole(path, content)


def follow(cur: Cursor, folder: Path) -> None:
    """The same once there are more than this process has seen; asking that is one statement. A disk that takes no file
    now is tried again at the next question."""
    cur.execute(_HOW_MANY)
    count = int(cur.fetchone()[0])
    if count <= _followed.count:
        return
    try:
        desks.forget()
        install(folder)
        _followed.count = count
    except OSError as error:
        log.error("发布的日历写不进 %s：%s", folder.name, type(error).__name__)
