"""The folder of the server's unix socket: in the data folder, or a short temporary one when that path is too long."""

import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder

PORT = 5432
SUPERUSER = "postgres"
LONGEST = 85  # with the socket's own name and a lock's suffix this stays below the 100 bytes every system allows
PLAIN = re.compile(r"[^,\"'\\]+")


def socket_folder(data: DataFolder) -> Path:
    """Always the same folder for the same data folder, so that every process finds it without asking."""
    inside = data.run
    if len(os.fsencode(inside)) <= LONGEST and PLAIN.fullmatch(str(inside)):
        return inside
    digest = hashlib.sha256(os.fsencode(data.root.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hotline-{os.geteuid()}-{digest}"


def prepare(folder: Path) -> None:
    """Create it closed to others, and refuse one that somebody else put there first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and (found.st_uid == os.geteuid() or os.geteuid() == 0)
    if not ours or found.st_mode & 0o077:
        raise Complaint(f"目录 {folder} 的属主或权限不对（须为本用户所有、0700），请删除后再试。")
