"""What can be seen without the database: programs, disk, keys, the loops' marks."""

import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from hotline.config import database, keys, logs, pg_binaries, vitals
from hotline.config.complaint import Complaint
from hotline.config.doctor.findings import Finding, look
from hotline.config.paths import REPO, DataFolder

OLDEST = (3, 11)
GIB = 1024**3
LEAST_GIB = 5.0
GRACE = 120.0  # seconds that a loop may be late, besides twice its own pause
BACKUP_HOURS = 36
PIN = re.compile(r"^([\w.-]+)==([\w.!+-]+)( *;)?", re.M)


def python(oldest: tuple[int, int] = OLDEST) -> Finding:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    return look("python", sys.version_info >= oldest, f"Python {version}", f"Python {version} 太旧",
                f"请安装 Python {oldest[0]}.{oldest[1]} 或更新的版本，再执行 ./hotline up。")  # fmt: skip


def packages(lock: Path = REPO / "requirements.txt") -> Finding:
    """Whether what is installed is what the lock names; a pin for other systems alone may be absent."""
    pins: dict[str, set[str]] = {}
    conditional = set()
    for name, version, marker in PIN.findall(lock.read_text(encoding="utf-8")):
        pins.setdefault(name, set()).add(version)
        conditional |= {name} if marker else set()
    wrong = []
    for name, versions in pins.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong += [] if name in conditional else [name]
            continue
        wrong += [] if found in versions else [f"{name} {found}"]
    return look("packages", not wrong, f"{len(pins)} 个依赖与锁文件相符", f"依赖与锁文件不符：{'、'.join(wrong)}",
                "请用 ./hotline 启动，它会按锁文件补装；仍不符时删去 .venv 再试。")  # fmt: skip


def programs() -> Finding:
    """The embedded server's own programs, where it is used."""
    if database.external():
        return Finding("programs", "用外部数据库")
    try:
        folder = pg_binaries.find()
        return Finding("programs", f"内置 PostgreSQL {pg_binaries.major(folder)}（{folder}）")
    except Complaint as wrong:
        return Finding("programs", str(wrong), "请用 ./hotline 重新安装依赖，或改正 HOTLINE_PG_BIN。")


def disk(folder: Path, least: float = LEAST_GIB) -> Finding:
    """Room on the volume of the data folder; `least` in GiB."""
    free = shutil.disk_usage(folder).free / GIB
    return look("disk", free >= least, f"磁盘剩余 {free:.1f} GiB", f"磁盘只剩 {free:.1f} GiB（至少要 {least:g}）",
                "请清理或扩大数据目录所在的卷；写满之后办不了件。")  # fmt: skip


def debugging() -> Finding:
    """Logs that may hold personal data."""
    return look("debug", not logs.DEBUGGING, "日志不含个人信息", "HOTLINE_DEBUG=1：日志可能含个人信息",
                "正式城市请去掉 HOTLINE_DEBUG，重新启动，并删去这段时间的日志。")  # fmt: skip


def _not_closed(folder: Path) -> Iterator[str]:
    """Key files and their folder, as far as others could come at them."""
    owner = folder.parent.stat().st_uid
    for path, mode in ((folder, 0o700), *((file, 0o600) for file in sorted(folder.glob("*.key")))):
        found = path.stat()
        if stat.S_IMODE(found.st_mode) != mode:
            yield f"{path.name} 的权限是 {stat.S_IMODE(found.st_mode):04o}，应为 {mode:04o}"
        if found.st_uid not in (owner, os.geteuid()):
            yield f"{path.name} 的属主是 {found.st_uid}"


def key_files(folder: Path) -> Finding:
    """The key files: there, whole, and closed to others."""
    if not folder.is_dir() or not keys.present(folder):
        return Finding("keys", f"{folder} 里缺少密钥文件", "请从密钥备份放回；不要新造，新造的打不开已有的个人信息。")
    try:
        for name in keys.MATERIAL:
            keys.load(folder, name)
    except Complaint as wrong:
        return Finding("keys", str(wrong), "请从密钥备份放回这个文件。")
    opened = list(_not_closed(folder))
    return look("keys", not opened, "密钥文件齐全，只有属主能读", "；".join(opened),
                f"请执行 chmod 700 {folder}; chmod 600 {folder}/*.key，属主改为运行平台的用户；"
                "别人可能已读过时，按泄密处置。")  # fmt: skip


def loops(data: DataFolder, now: float | None = None) -> Finding:
    """Whether every loop of this machine turned lately."""
    beats, at = list(vitals.beats(data.beats)), time.time() if now is None else now
    if not beats:
        return Finding("loops", "后台循环没有留下心跳", "请执行 ./hotline up；循环在别的机器上时，用 --no-loops 体检。")
    late = [f"{beat.name}（{(at - beat.at) / 60:.0f} 分钟前）" for beat in beats if beat.late(at, GRACE)]
    return look("loops", not late, f"{len(beats)} 个后台循环都在转", f"后台循环停了：{'、'.join(late)}",
                "请看日志里“loop … failed”的行；./hotline up 没有在运行时请启动它。")  # fmt: skip


def backup(data: DataFolder, now: float | None = None) -> Finding:
    """How old the last backup of ours is; whoever backs up by other means reads a hint."""
    todo = "请每天执行 ./hotline backup 目录（见 docs/operations.md）；另有备份办法的，不必理会。"
    if not data.last_backup.exists():
        return Finding("backup", "没有做过备份", todo, hint=True)
    hours = ((time.time() if now is None else now) - data.last_backup.stat().st_mtime) / 3600
    said = f"上一次备份在 {hours:.0f} 小时前"
    return Finding("backup", said, todo if hours > BACKUP_HOURS else "", hint=True)


def everything(data: DataFolder, least: float, with_loops: bool) -> Iterator[Finding]:
    """All of it."""
    yield python()
    yield packages()
    yield programs()
    yield disk(data.root, least)
    yield debugging()
    yield key_files(data.keys)
    yield backup(data)
    if with_loops:
        yield loops(data)
