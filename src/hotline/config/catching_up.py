"""赶上 (catching up): while more falls due at once than the clock does in a set, the machine's other cores sweep too."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

COMMAND = (sys.executable, "-m", "hotline.config", "sweep")
MOST = 3  # a sweep looks at four sets of what is due (procedure/sweeping.py AHEAD)
PAUSE = 10.0  # seconds between two looks for helpers


def other_cores() -> int:
    """How many cores this process may use besides its own; no more than would each find a set that nobody holds."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable - 1, MOST)


@dataclass(slots=True)
class Helpers:
    """帮手: processes that sweep until nothing more is due, then end. Each claims sets of its own, so that twice is
    harmless; one that dies loses nothing. `most`: how many at a time."""

    most: int = field(default_factory=other_cores)
    command: Sequence[str] = COMMAND
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    not_before: float = 0.0

    def call(self) -> None:
        """Start those that are not running, but not all the time: where they cannot even begin, the clock goes on
        alone. They tie themselves to this process."""
        if time.monotonic() < self.not_before:
            return
        self.not_before = time.monotonic() + PAUSE
        self.running = [one for one in self.running if one.poll() is None]
        while len(self.running) < self.most:
            self.running.append(subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True))

    def wait(self) -> None:
        """Until the last has ended."""
        for one in self.running:
            one.wait()
