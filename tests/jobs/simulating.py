"""A city that is lived while its process, and now and then its whole database, is killed at random.

    python tests/jobs/simulating.py --data DIR [--kills 1000] [--seed 1]

A process of its own, because it forks. Each child goes on from what is recorded until it is killed; one that comes to
the end of its course is followed by one that lives further. Afterwards nobody is killed any more, and it is counted
what was lost (a matter that is not there, a step that was still to be taken), and what was doubled. The last line is
JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ.pop("DATABASE_URL", None)
os.environ["HOTLINE_TESTING"] = "1"

FIRST, DAYS, PER_DAY = date(2018, 6, 4), 40, 3  # a quick machine, too, ends within the calendars
WITH_DATABASE = 0.05  # so many of the kills are of the database, too
PAUSE = (0.2, 1.2)
ONCE = ("registered", "archived")  # lines that a matter has once


@contextmanager
def born(data: Path) -> Iterator[Any]:
    """A simulated city on a durable server of its own."""
    from hotline.config import boot, embedded, wiring
    from hotline.config.paths import DataFolder

    folder = DataFolder(data).prepare()
    server = embedded.Server(folder)
    server.own()
    try:
        boot.set_up(folder, "simulated")
        boot.begin("simulated", course_of(0).begins(course_of(0).until.tzinfo))
        wiring.wire()
        yield server
    finally:
        boot.disconnect()
        server.halt()
        server.owner.release()


def course_of(number: int) -> Any:
    """The course that ends after so many earlier ones; all begin with the first day."""
    from zoneinfo import ZoneInfo

    from hotline.jobs.simulate.course import Course

    last = FIRST + timedelta(days=DAYS * (number + 1) - 1)
    until = datetime(last.year, last.month, last.day, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Course("killed", FIRST, until, PER_DAY, DAYS)


def storm(server: Any, data: Path, kills: int, dice: random.Random) -> tuple[int, Counter[str]]:
    """Live and kill; the number of the course at which it ended, and the kills."""
    from harness import mortals
    from hotline.jobs.simulate import course

    struck, number = Counter[str](), 0
    while struck["living"] < kills:
        one = course_of(number)
        pid = mortals.fork("living", lambda one=one: ended(course.live(data, data / "seals", one, lambda day: None)))
        time.sleep(dice.uniform(*PAUSE))
        mortals.freeze(pid)  # else it may come to its end just before it is killed
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            assert status == 0, "a child failed by itself"
            number += 1
            continue
        if dice.random() < WITH_DATABASE:
            mortals.kill_database(server)
            struck["database"] += 1
        mortals.kill_9(pid)
        struck["living"] += 1
        if struck["living"] % 100 == 0:
            sys.stderr.write(f"{dict(struck)}\n")
    return number, struck


def ended(outcome: Any) -> None:
    """The child's end, unkilled."""
    os._exit(1 if outcome.refused else 0)


def count(data: Path, number: int) -> dict[str, Any]:
    """What is there when it was lived to the end at last."""
    from hotline.casework import models
    from hotline.jobs.simulate import course, people, plots
    from hotline.jobs.simulate.chance import Chance
    from hotline.procedure.models import LedgerLine
    from hotline.procedure.verify import verify
    from hotline.procedure.world import current

    one = course_of(number)
    last = course.live(data, data / "seals", one, lambda day: None)
    again = course.live(data, data / "seals", one, lambda day: None)
    city = people.find(current().book, Chance(one.seed))
    planned = {plot.at for plot in plots.plots(city, one.first, one.until.date(), one.per_day, one.until)}
    there = Counter(models.Matter.objects.values_list("registered_at", flat=True))
    twice = Counter(LedgerLine.objects.filter(kind__in=ONCE).values_list("chain_id", "kind"))
    report = verify(data / "seals")
    return {"matters": there.total(), "lost": len(planned - set(there)) + again.acts + again.registered,
            "doubled": sum(n - 1 for n in there.values()) + sum(n - 1 for n in twice.values()),
            "unknown": len(set(there) - planned), "refused": [f"{r.key} {r.term} {r.because}" for r in last.refused],
            "broken": [str(one) for one in report.broken], "lines": report.lines,
            "seals": len(list((data / "seals").iterdir()))}  # fmt: skip


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    with born(args.data) as server:
        from hotline.config import boot

        boot.disconnect()
        number, struck = storm(server, args.data, args.kills, random.Random(args.seed))
        told = {"kills": dict(struck), "courses": number, **count(args.data, number)}
    told["seconds"] = round(time.monotonic() - began, 1)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
