"""File locks between commands that work on one data folder; the kernel frees them when a process dies."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path


class Lock:
    """One lock file. Held exclusively or shared, until released or until the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock; False when it is taken and `wait` is off."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(handle, mode)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock exclusively for the length of a block."""
        self.take()
        try:
            yield
        finally:
            self.release()


def wait_until(ready: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Ask again and again until `ready` says yes or the time is over."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
