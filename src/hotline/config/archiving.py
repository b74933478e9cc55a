"""连续归档 (archiving): whether the embedded server puts its log into an archive, and where: HOTLINE_ARCHIVE.

`0`: not at all; `1`: into `wal/` of the data folder; anything else: the folder to use, best on another disk. `up` keeps
the choice in the data folder: a command that starts the server for itself must not leave a gap in the archive.
"""

import os
import secrets
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from hotline.config import wal_archive
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.config.pg_identity import Identity

VARIABLE = "HOTLINE_ARCHIVE"
OWNER = "archive-id"
OTHERS = "归档目录 {0} 属于另一个数据目录（恢复出来的城市也是另一个）。请给 {1} 另选一个空目录。"
EVERY_SECONDS = 60  # at most so much work lies outside the archive while there is any


def folder(data: DataFolder) -> Path | None:
    """Where the archive is; None while there is none."""
    given = os.environ.get(VARIABLE, "") or _remembered(data)
    if given in ("", "0"):
        return None
    return data.wal if given == "1" else Path(given).expanduser().absolute()


def _note(data: DataFolder) -> Path:
    return data.root / "archive"


def _remembered(data: DataFolder) -> str:
    return _note(data).read_text(encoding="utf-8").strip() if _note(data).exists() else ""


def remember(data: DataFolder) -> None:
    """Keep what the environment says, if it says anything."""
    if given := os.environ.get(VARIABLE, ""):
        _note(data).write_text(given + "\n", encoding="utf-8")


def _program(*words: str) -> str:
    """The program as the server's shell reads it; what the server puts in its place (%p, %f) stays as it is."""
    own = [sys.executable, "-I", str(Path(wal_archive.__file__).resolve()), *words]
    return " ".join(word if word in ("%p", "%f") else shlex.quote(word).replace("%", "%%") for word in own)


def settings(archive: Path) -> Mapping[str, str]:
    """What the server is told so that it archives."""
    return {
        "archive_mode": "on",
        "archive_command": _program("put", str(archive), "%p"),
        "archive_timeout": f"{EVERY_SECONDS}s",
    }


def fetching(archive: Path) -> str:
    """How a server that recovers takes its log out of an archive."""
    return _program("get", str(archive), "%f", "%p")


def lend(data: DataFolder, archive: Path, identity: Identity) -> None:
    """The archive belongs to whom the server runs as, and to this data folder alone: what a restored copy of the city
    writes must never mix with the archive it was restored from. Raises Complaint."""
    archive.mkdir(mode=0o700, parents=True, exist_ok=True)
    own, there = data.root / OWNER, archive / OWNER
    if not own.exists():
        own.write_text(secrets.token_hex(8) + "\n")
    if not there.exists() and not any(archive.glob(f"*{wal_archive.SUFFIX}")):
        there.write_text(own.read_text())
    if not there.exists() or there.read_text() != own.read_text():
        raise Complaint(OTHERS.format(archive, VARIABLE))
    if os.geteuid() == 0:
        os.chown(archive, identity.uid, identity.gid)


def segment_of(lsn: str, timeline: int) -> str:
    """The name of the log file in which a position of the log lies; files of 16 MiB, as initdb makes them."""
    high, low = (int(part, 16) for part in lsn.split("/"))
    return f"{timeline:08X}{high:08X}{low >> 24:08X}"


def forget_before(archive: Path, segment: str) -> int:
    """Remove what no kept backup needs any more; how many files. What is of another timeline goes by position too."""
    gone = 0
    for path in archive.glob(f"*{wal_archive.SUFFIX}"):
        name = path.name.split(".")[0]
        if len(name) == len(segment) and name[8:] < segment[8:]:
            path.unlink()
            gone += 1
    return gone
