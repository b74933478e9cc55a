"""As whom the server runs. PostgreSQL refuses uid 0, so root lends it another identity without making a user.

Preferred: a user namespace in which root is called `nobody`; files stay root's and a closed home needs no opening.
Where namespaces are refused: the owner of the folder, or `nobody`, if they can reach programs and data. It refuses a
uid without a name too (`docker run --user 54321`): the same namespace gives it one.
"""

import ctypes
import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hotline.config.complaint import Complaint

CLONE_NEWUSER = 0x10000000
PR_SET_DUMPABLE = 4
NOBODY = 65534
WITHOUT_NAMESPACES = "HOTLINE_NO_USERNS"
NAMELESS = (
    "当前用户的编号 {0} 在 /etc/passwd 里没有名字，PostgreSQL 因此不肯运行，而此环境也不允许用户命名空间。可以：\n"
    "一、换一个有名字的用户启动（容器去掉 --user，或写镜像里已有的用户）；\n"
    "二、给它一个名字：在 /etc/passwd 里加一行 hotline:x:{0}:{1}::/tmp:/bin/sh（容器可挂入加了这一行的 passwd）；\n"
    "三、用 DATABASE_URL 连接外部数据库。"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """How a child becomes somebody PostgreSQL accepts; `uid` is the owner its files must have outside."""

    uid: int
    gid: int
    assume: Callable[[], None]


def _stay() -> None:
    return None


def _namespaced(uid: int, gid: int, become: Callable[[], None] = _stay) -> Identity:
    """In a user namespace of its own, in which whoever runs this is called by a name that PostgreSQL accepts."""
    libc = ctypes.CDLL(None, use_errno=True)
    inside, refused = _somebody(), os.environ.get(WITHOUT_NAMESPACES)

    def assume() -> None:
        become()
        libc.prctl(PR_SET_DUMPABLE, 1)  # else who has just changed may not write these files of its own
        if refused or libc.unshare(CLONE_NEWUSER):
            raise OSError(ctypes.get_errno(), "unshare")
        for name, text in (("uid_map", f"{inside} {uid} 1"), ("setgroups", "deny"), ("gid_map", f"{NOBODY} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as handle:
                handle.write(text)

    return Identity(uid, gid, assume)


def _named(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _somebody() -> int:
    """Somebody who has a name here and is not root: `nobody`, or the first there is."""
    return NOBODY if _named(NOBODY) else next((one.pw_uid for one in pwd.getpwall() if one.pw_uid), NOBODY)


def _switched(uid: int, gid: int) -> Identity:
    """Somebody else, under a lent name where there is none."""

    def become() -> None:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)

    return Identity(uid, gid, become) if _named(uid) else _namespaced(uid, gid, become)


def _works(identity: Identity, bin_folder: Path, parent: Path) -> bool:
    """Try it: can somebody of this identity stand in the folder and run the server's program?"""
    try:
        done = subprocess.run(
            [bin_folder / "postgres", "--version"], cwd="/", capture_output=True, preexec_fn=_enter(identity, parent)
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _enter(identity: Identity, folder: Path) -> Callable[[], None]:
    def enter() -> None:
        identity.assume()
        os.chdir(folder)

    return enter


def _candidates(folder: Path, parent: Path) -> list[Identity]:
    owner = folder.stat() if folder.exists() else None
    if owner is not None and owner.st_uid != 0:
        return [_switched(owner.st_uid, owner.st_gid)]
    if owner is not None:
        return [_namespaced(0, 0)]
    nobody = [_switched(NOBODY, pwd.getpwuid(NOBODY).pw_gid)] if _named(NOBODY) else []
    return [_namespaced(0, 0), *_owners_above(parent), *nobody]


def _owners_above(folder: Path) -> list[Identity]:
    """The nearest owner of the path who is not root: root working in somebody's home lends the server that somebody."""
    found = [path.stat() for path in (folder, *folder.parents)]
    return [_switched(one.st_uid, one.st_gid) for one in found if one.st_uid != 0][:1]


def _oneself(bin_folder: Path, parent: Path) -> Identity:
    """An ordinary user; one without a name (a number given to a container) is lent one by a user namespace."""
    uid = os.geteuid()
    if _named(uid):
        return Identity(uid, os.getegid(), _stay)
    if _works(lent := _namespaced(uid, os.getegid()), bin_folder, parent):
        return lent
    raise Complaint(NAMELESS.format(uid, os.getegid()))


def choose(bin_folder: Path, folder: Path) -> Identity:
    """The identity to run the server of data folder `folder` under; an ordinary user is himself, by his own name or,
    where he has none, by a lent one."""
    parent = next(path for path in [folder, *folder.parents] if path.exists())
    if os.geteuid() != 0:
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            raise Complaint(f"数据目录 {folder} 属于另一个用户，请由该用户启动，或用 --data 另选目录。")
        return _oneself(bin_folder, parent)
    for identity in _candidates(folder, parent):
        if _works(identity, bin_folder, parent):
            return identity
    raise Complaint(
        "PostgreSQL 不以 root 运行，而此环境不允许用户命名空间，nobody 也进不了这些目录。"
        "请改由普通用户启动，或把仓库和 --data 目录放到其他用户可进入的位置，或用 DATABASE_URL。"
    )
