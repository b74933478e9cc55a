"""磁盘 (disk): what is to be there after a power cut."""

import os
from pathlib import Path

UNFINISHED = ".new"  # ends the name of a file that is not whole yet, or was never, its writer being killed


def write_whole(target: Path, content: bytes, mode: int = 0o666) -> None:
    """Whole or not at all, over what was there, and on the disk when this returns. `mode`: its rights, less the
    process's mask. Raises OSError."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(target)
    sync(target.parent)


def sync(folder: Path) -> None:
    """A folder's entries are on the disk when this returns: a file renamed into it stays there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
