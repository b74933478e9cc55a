"""附件的接口 (ports): what a file store and a scanner must be able to do, the limits, and the ones this process uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MEGABYTE = 1024 * 1024


class StoreFailed(Exception):
    """存不了或取不出: the store does not answer, or does not have it; said in Chinese, without names of persons."""


class FileStore(Protocol):
    """文件库: opaque ciphertext under names that are its own digests; an object is written once and never changed."""

    def put(self, name: str, body: bytes) -> None:
        """Keep an object, whole or not at all; a name kept already stays. Raises StoreFailed."""

    def get(self, name: str) -> bytes | None:
        """An object, or None. Raises StoreFailed."""

    def remove(self, name: str) -> None:
        """Let go of an object; none there is no fault. Raises StoreFailed."""

    def has(self, name: str) -> bool:
        """Whether an object is there. Raises StoreFailed."""

    def names(self) -> Iterator[str]:
        """All objects. Raises StoreFailed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """查毒结果: clean, or what was found; `checked` false: nobody looked."""

    clean: bool
    found: str = ""
    checked: bool = True


class ScanFailed(Exception):
    """查不了: the scanner that is set does not answer; nothing is taken in unlooked at."""


class Scanner(Protocol):
    """查毒: looks at what was sent, as it was sent."""

    def scan(self, body: bytes) -> Verdict:
        """Look at it. Raises ScanFailed."""


class NoScanner:
    """没有装查毒: everything passes, and says that nobody looked."""

    def scan(self, body: bytes) -> Verdict:
        """Nobody looked."""
        return Verdict(True, checked=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """限量: how many files an act may bring, how large each and all together, how many an address may send an hour."""

    most: int = 6
    each: int = 8 * MEGABYTE
    together: int = 30 * MEGABYTE
    an_hour: int = 60

    @property
    def said(self) -> str:
        """The limits in words, as the form says them beforehand."""
        return (f"最多 {self.most} 个，每个不超过 {self.each // MEGABYTE} MB，合计不超过 {self.together // MEGABYTE} MB。"
                "可以是照片（JPG、PNG、WebP、GIF）、PDF、不带宏的 Word 或 Excel（docx、xlsx）。")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ports:
    """本进程所用: the store, the scanner and the limits."""

    store: FileStore
    scanner: Scanner
    limits: Limits


_INSTALLED: list[Ports] = []


def install(ports: Ports) -> None:
    """Called by config when a process is wired."""
    _INSTALLED[:] = [ports]


def current() -> Ports:
    """The ports of this process. Raises RuntimeError before it is wired."""
    if not _INSTALLED:
        raise RuntimeError("no file store is installed")
    return _INSTALLED[0]
