"""Runs the job loops that exist, each in a thread of its own, until asked to stop.

`hotline.jobs.loops.LOOPS` maps a name to a `Loop`-like object: `.every` seconds between turns and `.turn() -> bool`,
true when there is more to do at once. A turn that fails is logged and tried again after a growing pause. Housekeeping
stands here, since it clears away in rooms that the jobs room does not know.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

log = logging.getLogger("hotline.jobs")
LONGEST_PAUSE = 60.0
ACTS_KEPT = timedelta(days=30)  # a form sent again later than this meets a matter that has moved on


class Loop(Protocol):
    """One recurring job."""

    every: float

    def turn(self) -> bool:
        """Do one portion; true when more waits."""


class Housekeeping:
    """清理: removes sessions that are over, tries long past, and numbers of forms that nobody will send again."""

    every = 3600.0

    def turn(self) -> bool:
        """Once through; never more at once. Sessions go by the wall clock, acts by the city's."""
        from hotline.casework.attachments import keeping
        from hotline.procedure import times
        from hotline.procedure.models import Act
        from hotline.surfaces import sessions

        over, swept = sessions.purge(times.wall()), keeping.sweep(times.now())
        acts, _ = Act.objects.filter(at__lt=times.now() - ACTS_KEPT).delete()
        log.info("已清理 %s 个会话、%s 个提交号、%s 个没有用上的文件", over, acts, swept)
        return False


def existing() -> Mapping[str, Loop]:
    """The loops of the jobs room, housekeeping, and the look for new calendars."""
    from hotline.config import catching_up
    from hotline.config.freshness import Calendars
    from hotline.jobs.loops import LOOPS, Clock

    clock = Clock()
    clock.behind = catching_up.Helpers().call
    return {**LOOPS, "clock": clock, "housekeeping": Housekeeping(), "calendars": Calendars()}


def beat(folder: Path, name: str, every: float) -> None:
    """心跳: leave the mark of a good turn, for `doctor` and `metrics`: a file's time, and in it the seconds between
    turns. A disk that takes no more marks stops no loop."""
    file = folder / name
    try:
        os.utime(file)
    except FileNotFoundError:
        file.write_text(f"{every:g}")
    except OSError as error:
        log.warning("loop %s left no mark: %s", name, type(error).__name__)


def keep(name: str, loop: Loop, stop: threading.Event, done: Callable[[], None] = lambda: None) -> None:
    """Turn after turn until stopped; `done` hears of each good one."""
    pause = 0.0
    while not stop.wait(pause):
        try:
            pause = 0.0 if loop.turn() else loop.every
            done()
        except Exception:
            log.exception("loop %s failed", name)
            _disconnect()
            pause = min(max(pause * 2, 1.0), LONGEST_PAUSE)


def _disconnect() -> None:
    """A broken connection is replaced at the next turn."""
    from django.db import connections

    connections.close_all()


def clear(folder: Path) -> None:
    """Marks of an earlier run, perhaps of loops that are no more, tell nothing of this one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()


def run(stop: threading.Event) -> None:
    """All loops, until `stop`."""
    from django.conf import settings

    clear(folder := settings.DATA.beats)
    threads = [
        threading.Thread(target=keep, args=(name, loop, stop, partial(beat, folder, name, loop.every)), name=name)
        for name, loop in existing().items()
    ]
    for thread in threads:
        thread.start()
    while not stop.wait(3600):
        pass
    for thread in threads:
        thread.join()


def until_signalled() -> threading.Event:
    """An event that SIGTERM or SIGINT sets."""
    stop = threading.Event()
    for sig in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sig, lambda signum, frame: stop.set())
    return stop
