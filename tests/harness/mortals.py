"""Processes that are killed: forked workers of a city, frozen to be looked at, then killed; and the database whole."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from hotline.config import embedded, lifeline, pg_cluster
from hotline.config.commands.web import THREADS

BACKENDS = """
SELECT state, backend_xid IS NOT NULL FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL
"""
PATIENCE = 30.0
FROZEN_SECONDS = 0.2  # so long may a statement take to end that its client cannot follow up any more


@dataclass(frozen=True, slots=True)
class Open:
    """Of a process just frozen: how many of its transactions stand open, and whether one has written already."""

    transactions: int = 0
    written: bool = False


def fork(name: str, work: Callable[[], Any]) -> int:
    """A child that does `work` and never returns. The parent has one thread and no connections of Django's."""
    tie = lifeline.tied_to_parent(signal.SIGKILL)
    pid = os.fork()
    if pid:
        return pid
    try:
        tie()
        from hotline.procedure.world import IdBlocks, current

        os.environ["PGAPPNAME"] = name
        current().ids = IdBlocks()  # numbers drawn by the parent are the parent's
        work()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def looping(name: str) -> Callable[[], Any]:
    """One of the job loops, kept as `hotline loops` keeps it."""

    def work() -> None:
        from hotline.config import loops
        from hotline.jobs.loops import LOOPS

        loops.keep(name, LOOPS[name], threading.Event())

    return work


def serving(port: int) -> Callable[[], Any]:
    """The site as `hotline web` serves it, by one granian worker; several of these share the port."""

    def work() -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        os.environ["DJANGO_SETTINGS_MODULE"] = "hotline.config.settings"
        os.environ["HOTLINE_WORKER"] = "1"
        Granian(
            "hotline.config.wsgi:application",
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.critical,
        ).serve()

    return work


def worker_of(pid: int) -> int:
    """The one child that a server keeps, as soon as it is there; the server itself where that has ended meanwhile."""
    end = time.monotonic() + PATIENCE
    while alive(pid) and not (below := tree(pid)[1:]):
        assert time.monotonic() < end, "no worker appears"
        time.sleep(0.01)
    return below[0] if alive(pid) else pid


def freeze(pid: int) -> None:
    """Stop a process where it is."""
    os.kill(pid, signal.SIGSTOP)
    while Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("T", "t", "Z"):
        time.sleep(0.0005)


class Watch:
    """Eyes of the server's superuser; opened anew after the server died."""

    def __init__(self, server: embedded.Server) -> None:
        self.server = server
        self.connection: psycopg.Connection[Any] | None = None

    def ask(self, query: str, *params: Any) -> list[Any]:
        """All rows."""
        if self.connection is None or self.connection.closed:
            self.connection = embedded.superuser(self.server.socket, pg_cluster.DATABASE)
        return self.connection.execute(query, params).fetchall()

    def shut(self) -> None:
        """Look no longer."""
        if self.connection is not None:
            self.connection.close()


def open_transactions(watch: Watch, name: str) -> Open:
    """What a frozen process has open: once no statement of its runs, nothing of it can change any more."""
    end = time.monotonic() + FROZEN_SECONDS
    while True:
        rows = watch.ask(BACKENDS, name)
        if all(state != "active" for state, _ in rows) or time.monotonic() > end:
            return Open(len(rows), any(written for _, written in rows))
        time.sleep(0.002)


def kill_9(pid: int) -> None:
    """Kill a child, and see that it died of it."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, status


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(q for p in below for q in tree(p))]


def kill_with_server(worker: int, server: int) -> None:
    """Kill a worker that is frozen, and before it the server, which would end by itself at the sight."""
    kill_9(server)
    with contextlib.suppress(ProcessLookupError):  # tied to its server for life and death
        os.kill(worker, signal.SIGKILL)
    while alive(worker):
        time.sleep(0.002)


def alive(pid: int) -> bool:
    """Whether it is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def kill_database(server: embedded.Server) -> None:
    """Postmaster and every process of its, all at once; then start it anew, as the supervisor would."""
    assert server.process is not None
    for pid in tree(server.process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert server.process.wait() == -signal.SIGKILL
    server.start()
