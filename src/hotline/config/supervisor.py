"""Keeps a handful of child processes running until told to stop; one that dies is started again after a while."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

from hotline.config import lifeline

FIRST_PAUSE, LONGEST_PAUSE, CALM_AFTER = 0.5, 30.0, 60.0
PATIENCE = 10.0
PULSE = 0.2


class Child(Protocol):
    """Something that runs, may die, can be started again and stopped."""

    name: str

    def start(self) -> None:
        """Start it; may raise, then it is tried again later."""

    def dead(self) -> bool:
        """Has it ended by itself?"""

    def ask_to_stop(self) -> None:
        """Ask it to end."""

    def insist(self) -> None:
        """Wait for its end, and force it."""


@dataclass
class Program:
    """A child that is a plain command of ours, tied to this process for life and death."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the command in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            preexec_fn=lifeline.tied_to_parent(),
            start_new_session=True,
        )

    def dead(self) -> bool:
        """Has the process ended?"""
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        if self.process is not None:
            self.process.terminate()

    def insist(self) -> None:
        """Wait, then kill the whole session."""
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Watch:
    """What the supervisor remembers of one child."""

    child: Child
    started: float = field(default_factory=time.monotonic)
    pause: float = FIRST_PAUSE
    again_at: float | None = None


def say(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


class Supervisor:
    """Runs the children in order, stops them in reverse order."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.watches = [Watch(child) for child in children]
        self.stopping = False

    def run(self, ready: Callable[[], None]) -> None:
        """Start all, tell that they run, and keep them so until a signal."""
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, self._stop)
        try:
            for watch in self.watches:
                self._start(watch)
            if not self.stopping:
                ready()
            while not self.stopping:
                for watch in self.watches:
                    self._tend(watch)
                time.sleep(PULSE)
        finally:
            self._end()

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, watch: Watch) -> None:
        watch.again_at = None
        watch.started = time.monotonic()
        watch.child.start()

    def _tend(self, watch: Watch) -> None:
        now = time.monotonic()
        if watch.again_at is not None:
            if now >= watch.again_at:
                self._restart(watch)
        elif watch.child.dead():
            self._put_off(watch, "意外结束")

    def _put_off(self, watch: Watch, why: str) -> None:
        """Later and later while it keeps dying; soon again once it has lived for a while."""
        now = time.monotonic()
        watch.pause = FIRST_PAUSE if now - watch.started > CALM_AFTER else watch.pause
        watch.again_at = now + watch.pause
        say(f"{watch.child.name}{why}，{watch.pause:g} 秒后重新启动")
        watch.pause = min(watch.pause * 2, LONGEST_PAUSE)

    def _restart(self, watch: Watch) -> None:
        try:
            self._start(watch)
        except Exception as error:
            self._put_off(watch, f"未能启动（{error}）")
        else:
            say(f"{watch.child.name}已重新启动")

    def _end(self) -> None:
        for watch in reversed(self.watches):
            with contextlib.suppress(Exception):
                watch.child.ask_to_stop()
                watch.child.insist()
