"""As whom the server runs. PostgreSQL refuses uid 0, so root lends it another identity without making a user.

Preferred: a user namespace in which root is called `nobody`; files stay root's and a closed home needs no opening.
Where namespaces are refused: the owner of the folder, or `nobody`, if they can reach programs and data.
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
NOBODY = 65534
WITHOUT_NAMESPACES = "HOTLINE_NO_USERNS"


@dataclass(frozen=True, slots=True)
class Identity:
    """How a child becomes somebody PostgreSQL accepts; `uid` is the owner its files must have outside."""

    uid: int
    gid: int
    assume: Callable[[], None]


def _stay() -> None:
    return None


def _namespaced() -> Identity:
    libc = ctypes.CDLL(None, use_errno=True)

    def assume() -> None:
        if libc.unshare(CLONE_NEWUSER):
            raise OSError(ctypes.get_errno(), "unshare")
        for name, text in (("uid_map", f"{NOBODY} 0 1"), ("setgroups", "deny"), ("gid_map", f"{NOBODY} 0 1")):
            with open(f"/proc/self/{name}", "w") as handle:
                handle.write(text)

    return Identity(0, 0, assume)


def _switched(uid: int, gid: int) -> Identity:
    def assume() -> None:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)

    return Identity(uid, gid, assume)


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
    spaces = [] if os.environ.get(WITHOUT_NAMESPACES) else [_namespaced()]
    if owner is not None:
        return spaces
    return [*spaces, *_owners_above(parent), _switched(NOBODY, pwd.getpwuid(NOBODY).pw_gid)]


def _owners_above(folder: Path) -> list[Identity]:
    """The nearest owner of the path who is not root: root working in somebody's home lends the server that somebody."""
    found = [path.stat() for path in (folder, *folder.parents)]
    return [_switched(one.st_uid, one.st_gid) for one in found if one.st_uid != 0][:1]


def choose(bin_folder: Path, folder: Path) -> Identity:
    """The identity to run the server of data folder `folder` under; an ordinary user is himself."""
    if os.geteuid() != 0:
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            raise Complaint(f"数据目录 {folder} 属于另一个用户，请由该用户启动，或用 --data 另选目录。")
        return Identity(os.geteuid(), os.getegid(), _stay)
    parent = next(path for path in [folder, *folder.parents] if path.exists())
    for identity in _candidates(folder, parent):
        if _works(identity, bin_folder, parent):
            return identity
    raise Complaint(
        "PostgreSQL 不以 root 运行，而此环境不允许用户命名空间，nobody 也进不了这些目录。"
        "请改由普通用户启动，或把仓库和 --data 目录放到其他用户可进入的位置，或用 DATABASE_URL。"
    )
