"""The program by which PostgreSQL puts its log into an archive, and takes it out again after a disaster.

    python -I wal_archive.py put ARCHIVE PATH        python -I wal_archive.py get ARCHIVE NAME PATH

Standard library only, no other module of ours: it starts in milliseconds and runs as whom the server runs as. A file is
in the archive whole and on the disk, or not at all; one already there is never replaced, only found to be the same.
"""

import gzip
import os
import shutil
import sys
from pathlib import Path

SUFFIX = ".gz"


def put(archive: Path, source: Path) -> int:
    """Archive one file. 0: it is there now, also if it was there before; 1: another one of that name is there."""
    target = archive / (source.name + SUFFIX)
    if target.exists():
        return 0 if gzip.decompress(target.read_bytes()) == source.read_bytes() else 1
    fresh = archive / f".{source.name}.{os.getpid()}.new"
    with open(fresh, "wb") as out:
        with gzip.GzipFile("", "wb", 1, out, mtime=0) as packed, open(source, "rb") as plain:
            shutil.copyfileobj(plain, packed)
        out.flush()
        os.fsync(out.fileno())
    os.rename(fresh, target)
    folder = os.open(archive, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return 0


def get(archive: Path, name: str, target: Path) -> int:
    """Take one file out. 1: it is not there, as the server asks for what comes after the last one, too."""
    source = archive / (name + SUFFIX)
    if not source.exists():
        return 1
    with gzip.open(source, "rb") as packed, open(target, "wb") as out:
        shutil.copyfileobj(packed, out)
    return 0


def main(words: list[str]) -> int:
    """Exit code for the server: 0 done, anything else not."""
    if words[0] == "put":
        return put(Path(words[1]), Path(words[2]))
    return get(Path(words[1]), words[2], Path(words[3]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
