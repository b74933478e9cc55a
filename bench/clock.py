"""The clock at its worst instant: so many open orders on which everything falls due at once (design §9).

    .venv/bin/python bench/clock.py [--orders 50000] [--due sign|all] [--sweepers 1] [--data DIR]

Makes a simulated city on a data folder of its own, lives the orders in memory by the very cards and writes them in
bulk, then sweeps until nothing is due. The last line says seconds, performed, lost and doubled; exit code 1 when
anything was
lost or doubled, or it took longer than the budget.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
BORN = datetime(2026, 9, 1, tzinfo=UTC)
DELIVERED = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)
BUDGET = 10.0
WANTED = "SELECT count(*) FROM casework_order"
LINES = """
SELECT count(*), count(DISTINCT (chain_id, kind, facts)), count(DISTINCT chain_id) FROM (
  SELECT chain_id, kind, (text::json -> 11 ->> 1) AS facts FROM procedure_ledgerline
  WHERE chain_kind = 1 AND kind = ANY(%s)) AS l
"""
KINDS = {"sign": ["deemed_accepted", "yellow_given"],
         "all": ["deemed_accepted", "yellow_given", "red_given", "reminded"]}  # fmt: skip


def sweep_all(now: datetime) -> int:
    """Until nothing is due; how many acts were performed."""
    from hotline.casework import clock

    performed = 0
    while (swept := clock.sweep(now)).claimed:
        performed += swept.performed
    return performed


def worker(data: str, now: datetime, out: Any, begin: Any) -> None:
    """A sweeper in a process of its own."""
    from hotline.config import boot, wiring

    boot.configure(Path(data))
    wiring.wire()
    out.put("ready")
    begin.wait()
    out.put(sweep_all(now))


def timed(data: str, now: datetime, sweepers: int) -> tuple[float, int]:
    """Seconds and acts, by one sweeper here or by several in processes of their own (their start not counted)."""
    if sweepers == 1:
        start = time.monotonic()
        done = sweep_all(now)
        return time.monotonic() - start, done
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    go = [context.Event() for _ in range(sweepers)]
    several = [context.Process(target=worker, args=(data, now, out, begin)) for begin in go]
    for one in several:
        one.start()
    assert [out.get() for _ in several] == ["ready"] * sweepers
    start = time.monotonic()
    for begin in go:
        begin.set()
    answers = [out.get() for _ in several]
    return time.monotonic() - start, sum(answers)


def instant(due: str) -> datetime:
    """When the orders' dates for signing have passed, or all of them."""
    return DELIVERED + timedelta(days=2 if due == "sign" else 60)


def counted(due: str) -> tuple[int, int, int]:
    """What should have been done, what was left out, what was done twice."""
    from hotline.procedure.perform import raw

    with raw().cursor() as cur:
        orders = cur.execute(WANTED).fetchone()[0]
        lines, distinct, _ = cur.execute(LINES, (KINDS[due],)).fetchone()
    each = {"sign": 2, "all": 6}[due]
    return lines, orders * each - distinct, lines - distinct


def main() -> int:
    """Build, sweep, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=50_000)
    parser.add_argument("--due", choices=sorted(KINDS), default="sign")
    parser.add_argument("--sweepers", type=int, default=1)
    parser.add_argument("--data", default="")
    args = parser.parse_args()
    data = args.data or tempfile.mkdtemp(prefix="hotline-clock-")
    os.environ["HOTLINE_DATA"] = data
    from hotline.config import birth, boot

    with boot.city(Path(data), born=birth.SIMULATED, at=BORN):
        from support import many

        start = time.monotonic()
        many.write(args.orders, DELIVERED)
        print(f"built {args.orders} orders in {time.monotonic() - start:.1f} s", flush=True)
        seconds, performed = timed(data, instant(args.due), args.sweepers)
        lines, lost, doubled = counted(args.due)
    print(f"seconds {seconds:.2f} performed {performed} lost {lost} doubled {doubled}")
    return int(bool(lost or doubled or lines != performed or seconds > BUDGET))


if __name__ == "__main__":
    raise SystemExit(main())
