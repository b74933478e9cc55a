"""磁盘 (disk): what is to be there after a power cut."""

import os
from pathlib import Path


def sync(folder: Path) -> None:
    """A folder's entries are on the disk when this returns: a file renamed into it stays there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
