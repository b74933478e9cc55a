"""A child process that does not outlive its parent, even one that was kill -9'ed."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
LINUX = sys.platform.startswith("linux")


def tied_to_parent(sig: int = signal.SIGTERM) -> Callable[[], None]:
    """A pre-exec function asking the kernel to signal this process when its parent dies (Linux; elsewhere nothing)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if LINUX else None

    def tie() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, sig)
            if os.getppid() != parent:
                os._exit(1)

    return tie


def tie_this_process(sig: int = signal.SIGTERM) -> None:
    """Tie the running process to its present parent: by the kernel on Linux, and by a watching thread everywhere."""
    parent = os.getppid()
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sig)
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="lifeline").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    with contextlib.suppress(ProcessLookupError):
        os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)
