"""A city under load whose processes and database are killed at random; then it is counted what was lost or doubled.

    python tests/jobs/killing.py --data DIR [--kills 60] [--open 40] [--seed 1]

A process of its own, because it forks. People at browsers live matters over HTTP and press again until answered; the
clock sweeps orders long due; the outbox delivers. Victims are the clock, one of two outbox workers, one of two web
workers (granian's, as `hotline web` runs them), and the database with every process of its. A victim is frozen
(SIGSTOP) at a random instant and the server asked what it has open (where it has nothing it is mostly let go on until
another instant); then it is killed: what was open then can not have been committed. Of the database, the clock is
frozen. What must be there is told by the pure cards (`expecting.py`). The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ.pop("DATABASE_URL", None)
os.environ["HOTLINE_TESTING"] = "1"  # static files from their sources

BORN = datetime(2026, 9, 1, tzinfo=UTC)
DELIVERED = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)
NOW = datetime(2027, 3, 1, 1, tzinfo=UTC)
CLIENTS, SIGNED = 6, 20  # people, and how many orders long due each of them signs for
SET = 5  # chains a sweep takes here, so that there are as many transactions as kills
WEIGHTS = {"clock": 30, "web": 30, "outbox": 28, "database": 12}
PAUSE, MOMENT, LOOKS = (0.02, 0.2), (0.0, 0.02), 12
WORK, MORE = 80, 60  # with fewer matters due than that, so many more are brought in
STILL_DUE = "SELECT count(*) FROM casework_order WHERE next_decision_at <= %s"
PATIENCE = 120.0


@dataclass
class Struck:
    """Kills by victim, those that hit an open transaction, and one that had written already."""

    kills: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)


class City:
    """The running city, and who of it can be killed."""

    def __init__(self, server: Any, seed: int) -> None:
        from django.db import connections

        from harness import mortals
        from hotline.config import wsgi  # loaded here once, for all workers that will be copies of this process

        assert callable(wsgi.application)
        connections.close_all()
        self.server, self.dice, self.struck = server, random.Random(seed), Struck()
        self.port = _free_port()
        serving = mortals.serving(self.port)
        self.works: dict[str, Callable[[], Any]] = {
            "clock": mortals.looping("clock"), "outbox-1": mortals.looping("outbox"),
            "outbox-2": mortals.looping("outbox"), "web-1": serving, "web-2": serving,
        }  # fmt: skip
        self.pids: dict[str, int] = {}
        self.servers: dict[str, int] = {}  # of the web workers
        self.due: list[Any] = []
        self.watch = mortals.Watch(server)

    def start(self, name: str) -> None:
        """A worker of that name."""
        from harness import mortals

        self.pids[name] = mortals.fork(name, self.works[name])
        if name.startswith("web"):
            self.servers[name] = self.pids[name]
            self.pids[name] = mortals.worker_of(self.servers[name])

    def busy(self) -> None:
        """See to it that the clock has work, and the outbox with it."""
        if self.watch.ask(STILL_DUE, NOW)[0][0] < WORK:
            from django.db import connections

            from jobs.expecting import write_due

            self.due += write_due(MORE, DELIVERED, len(self.due))
            connections.close_all()  # a child must not have it

    def tend(self) -> None:
        """Start servers anew that have ended by themselves, as the supervisor would: a worker that begins while there
        is no database ends, and its server with it."""
        for name, pid in list(self.servers.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                self.start(name)

    def strike(self) -> None:
        """Kill somebody at a random instant."""
        self.busy()
        self.tend()
        time.sleep(self.dice.uniform(*PAUSE))
        victim = self.dice.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
        which = f"{victim}-{self.dice.choice((1, 2))}"
        name = {"database": "clock", "clock": "clock"}.get(victim, which)
        with suppress(ProcessLookupError):  # a worker that found no database when it began, and ended
            self._kill(victim, name)

    def _kill(self, victim: str, name: str) -> None:
        from harness import mortals

        pid = self.pids[name]
        found = self._frozen(pid, name)
        if victim == "database":
            self.watch.shut()
            mortals.kill_database(self.server)
            os.kill(pid, signal.SIGCONT)
        else:
            self._end(name)
            self.start(name)
        self.struck.kills[victim] += 1
        self.struck.open[victim] += found.transactions > 0
        self.struck.written[victim] += found.written

    def _end(self, name: str) -> None:
        from harness import mortals

        if name in self.servers:
            mortals.kill_with_server(self.pids[name], self.servers.pop(name))
        else:
            mortals.kill_9(self.pids[name])

    def _frozen(self, pid: int, name: str) -> Any:
        """Frozen at a random instant; at one with nothing open, mostly let go on until another."""
        from harness import mortals

        for _ in range(LOOKS):
            mortals.freeze(pid)
            found = mortals.open_transactions(self.watch, name)
            if found.transactions or self.dice.random() < 1 / LOOKS:
                return found
            os.kill(pid, signal.SIGCONT)
            time.sleep(self.dice.uniform(*MOMENT))
        mortals.freeze(pid)
        return mortals.open_transactions(self.watch, name)

    def end(self) -> None:
        """Kill whoever is left, uncounted."""
        for pid in (*self.servers.values(), *self.pids.values()):
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def born(data: Path) -> Iterator[Any]:
    """A simulated city on a durable server of its own, at a time at which a lot is long due."""
    from hotline.config import boot, embedded, wiring
    from hotline.config.paths import DataFolder

    folder = DataFolder(data).prepare()
    server = embedded.Server(folder)
    server.own()
    try:
        boot.set_up(folder, "simulated")
        boot.begin("simulated", BORN)
        from hotline.procedure import sweeping, times

        times.set_simulated(NOW)
        wiring.wire()
        sweeping.SET, sweeping.AHEAD = SET, 4 * SET
        yield server
    finally:
        boot.disconnect()
        server.halt()
        server.owner.release()


def storm(city: City, kills: int, hits: int) -> None:
    """At least so many kills, and among them so many that hit an open transaction."""
    end = time.monotonic() + PATIENCE + 4 * kills
    while city.struck.kills.total() < kills or city.struck.open.total() < hits:
        assert time.monotonic() < end, city.struck
        city.strike()


def left() -> str:
    """What clock and outbox have left to do: when the clock's next is, or how many messages wait; empty for nothing."""
    from django.db import OperationalError, connections

    from hotline.casework import clock
    from hotline.procedure import outbox, times

    try:
        now, next_at = times.now(), clock.next_at()
        if next_at is not None and next_at <= now:
            return f"the clock has something due at {next_at}"
        waiting = outbox.waiting(now)
        return f"messages wait: {waiting}" if waiting else ""
    except OperationalError:
        return "no database"
    finally:
        connections.close_all()


def until(nothing: Callable[[], str], patience: float = PATIENCE) -> None:
    """Wait until nothing is said to be left."""
    end = time.monotonic() + patience
    while what := nothing():
        assert time.monotonic() < end, f"the city does not come to rest: {what}"
        time.sleep(0.2)


def run(data: Path, kills: int, hits: int, seed: int) -> dict[str, Any]:
    """The whole: load, kills, rest, count."""
    from hotline.config import boot

    with born(data) as server:
        from jobs import expecting  # Django is set up now

        steps, logs = expecting.steps(), [data / f"client-{i}.jsonl" for i in range(CLIENTS)]
        city, began = City(server, seed), time.monotonic()
        city.due += expecting.write_due(SIGNED * CLIENTS, DELIVERED)
        boot.disconnect()
        try:
            _with_load(city, steps, logs, data / "stop", lambda: storm(city, kills, hits))
            stormy = time.monotonic() - began
            until(left, PATIENCE + kills)
        finally:
            city.end()
        struck = {name: dict(getattr(city.struck, name)) for name in ("kills", "open", "written")}
        told = {"seconds": round(stormy, 1), "rested": round(time.monotonic() - began - stormy, 1), **struck}
        return {**told, **expecting.count(city.due, steps, logs, data / "outbox" / "sms.jsonl")}


def _with_load(city: City, steps: Any, logs: list[Path], stop: Path, during: Callable[[], None]) -> None:
    from harness import clients, mortals

    for name in city.works:
        city.start(name)
    cookies, people = clients.signed_in(city.port, sorted({login for _, login, _ in steps})), []
    for i, log in enumerate(logs):
        log.touch()
        theirs = [one.number for one in city.due[i::CLIENTS]]

        def work(log: Path = log, theirs: list[str] = theirs) -> None:
            clients.live(clients.Browser(city.port, cookies), steps, theirs, log, stop)
            os._exit(0)

        people.append(mortals.fork(f"client-{i}", work))
    try:
        until(lambda: "" if all(log.stat().st_size for log in logs) else "somebody has done nothing yet")
        during()
    finally:
        stop.touch()
        ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in people]
    assert ended == [0] * len(ended), "a client was answered with a refusal"


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--open", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    told = run(args.data, args.kills, args.open, args.seed)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
