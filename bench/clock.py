"""The clock at its worst instant (design §9): so many open orders on each of which one thing falls due at once.

    .venv/bin/python bench/clock.py [--orders 50000] [--sweepers N] [--kill] [--poisonous 20] [--data DIR]

Makes a simulated city on a data folder of its own, lives the orders in memory by the very cards and writes them in
bulk: nine in ten signed for and not contacted, one in ten urgent and signed by nobody. What the clock owes is asked of
the pure model before. Besides, some orders are poisonous: half of them in memory (pinned to rules that nobody has),
half in the database (their next line's place is taken); these must be set aside and hold nobody up. Then it is swept
until nothing is due, and what was written is held against what was owed. By default it is swept as `./hotline loops`
does it: by one clock, which calls helpers onto the other cores when it is behind (their start counts). `--sweepers N`:
by so many clocks without helpers. `--kill`: the first sweeper is killed (SIGKILL) in the middle, and another begun.

The last line says seconds, performed, lost and doubled; exit code 1 when anything was lost or doubled, a poisonous
order was not set aside, or it took longer than the budget.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
BORN = datetime(2026, 9, 1, tzinfo=UTC)
DELIVERED = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)
URGENTLY = datetime(2026, 9, 19, 1, tzinfo=UTC)
DUE = datetime(2026, 9, 19, 2, tzinfo=UTC)
BUDGET = 10.0
CHUNK = 500
KILLED_AFTER = 0.4  # of the orders due
URGENT = {"urgent": "1", "urgent_reason": "伤人"}
LINES = """
SELECT {} FROM procedure_ledgerline WHERE chain_kind = 1 AND at >= %s AND procedure_person(rest) IS NULL
"""
# Of a partial index, a few ms: to count lines would read the whole ledger over and over, on a core that sweeps.
LEFT = "SELECT count(*) FROM casework_order WHERE next_decision_at <= %s"
Owed = Counter[tuple[int, str, str]]  # chain, line kind, cause


def build(orders: int) -> Owed:
    """Live and write the orders; what the clock will owe on them, by the pure model."""
    from hotline.procedure import store
    from hotline.procedure.card import REGISTRY
    from hotline.procedure.perform import raw
    from hotline.procedure.world import current
    from support import many

    world, receiving, owed = current(), many.a_unit(), Owed()
    with raw().transaction(), raw().cursor() as cur:
        for start in range(0, orders, CHUNK):
            world.ids.refill(cur, many.IDS_EACH * CHUNK)
            entries = []
            for serial in range(start, min(start + CHUNK, orders)):
                until, at, more = ("dispatch", URGENTLY, {"dispatch": URGENT}) if serial % 10 == 0 else (
                    "sign_for", DELIVERED, {})  # fmt: skip
                dossier, entry = many.lived(world, receiving, serial + 1, at, "complaint", until, **more)
                fallen = [d for d in dossier.decisions(world.book) if d.at <= DUE]
                owed.update((entry.chain.id, REGISTRY[d.card].ledger.kind, d.form.get("cause", "")) for d in fallen)
                entries.append(entry)
            store.write(cur, entries)
    return owed


def poison(owed: Owed, how_many: int) -> list[int]:
    """Make some orders poisonous, spread among the others, and owe nothing on them; their chains."""
    from hotline.procedure.perform import raw

    chains = sorted({chain for chain, _, _ in owed})
    bad = chains[:: max(1, len(chains) // how_many)][:how_many] if how_many else []
    with raw().cursor() as cur:
        cur.execute("UPDATE casework_matter SET rulebook = 'nobody-has-it' WHERE id = ANY(%s)", (bad[::2],))
        cur.execute("UPDATE procedure_chainhead SET seq = seq - 1 WHERE chain_kind = 1 AND chain_id = ANY(%s)",
                    (bad[1::2],))  # fmt: skip
    for key in [key for key in owed if key[0] in set(bad)]:
        del owed[key]
    return bad


def worker(data: str, begin: Any, ready: Any, helped: bool) -> None:
    """A clock in a process of its own, as the loops keep it; without helpers where several are compared."""
    from hotline.config import boot, catching_up, wiring

    boot.configure(Path(data))
    wiring.wire()
    from hotline.jobs.loops import Clock

    clock, helpers = Clock(), catching_up.Helpers()
    if helped:
        clock.behind = helpers.call
    ready.release()
    begin.wait()
    while clock.turn():
        pass
    helpers.wait()


def left() -> int:
    """How many orders are still due."""
    from hotline.procedure.perform import raw

    with raw().cursor() as cur:
        return int(cur.execute(LEFT, (DUE,)).fetchone()[0])  # type: ignore[index]


def timed(data: str, sweepers: int, kill: bool) -> float:
    """Seconds until all found nothing more; the start of the first is not counted, that of helpers and of one after a
    kill is. `sweepers`: 0 for one clock with its helpers."""
    context = multiprocessing.get_context("spawn")
    begin, ready = context.Event(), context.Semaphore(0)
    asked = (data, begin, ready, not sweepers)
    several = [context.Process(target=worker, args=asked) for _ in range(sweepers or 1)]
    for one in several:
        one.start()
    for _ in several:
        ready.acquire()
    then = left() * (1 - KILLED_AFTER)
    start = time.monotonic()
    begin.set()
    if kill:
        while left() > then:
            time.sleep(0.1)
        several[0].kill()
        several.append(context.Process(target=worker, args=asked))
        several[-1].start()
    for one in several:
        one.join()
    return time.monotonic() - start


def found() -> Owed:
    """What the clock wrote."""
    from hotline.procedure.card import LINES as KINDS
    from hotline.procedure.ledger import LineMeta
    from hotline.procedure.perform import raw

    counted = Owed()
    with raw().cursor() as cur:
        for row in cur.execute(LINES.format(", ".join(LineMeta.COLUMNS)), (DUE,)):
            line = LineMeta(*row)
            facts = dict(zip(KINDS[line.kind].ledger.facts, line.read().facts, strict=False))
            counted[line.chain_id, line.kind, facts.get("cause", "")] += 1
    return counted


def aside() -> set[int]:
    """The chains set aside."""
    from hotline.procedure.perform import raw

    with raw().cursor() as cur:
        return {row[0] for row in cur.execute("SELECT chain_id FROM procedure_setaside").fetchall()}


def main() -> int:
    """Build, sweep, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=50_000)
    parser.add_argument("--sweepers", type=int, default=0, help="so many clocks without helpers")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--poisonous", type=int, default=20)
    parser.add_argument("--data", default="")
    args = parser.parse_args()
    data = args.data or tempfile.mkdtemp(prefix="hotline-clock-")
    os.environ["HOTLINE_DATA"], os.environ["PYTHONPATH"] = data, str(ROOT / "src")
    from hotline.config import birth, boot
    from hotline.procedure import times

    with boot.city(Path(data), born=birth.SIMULATED, at=BORN):
        start = time.monotonic()
        owed = build(args.orders + args.poisonous)
        bad = poison(owed, args.poisonous)
        print(f"built {args.orders} orders, {len(bad)} poisonous ones, {owed.total()} decisions owed,"
              f" in {time.monotonic() - start:.1f} s", flush=True)  # fmt: skip
        times.set_simulated(DUE)
        seconds = timed(data, args.sweepers, args.kill)
        done, waiting = found(), aside()
    lost, doubled = (owed - done).total(), (done - owed).total()
    print(f"set aside {len(waiting)} of {len(bad)} poisonous")
    print(f"seconds={seconds:.2f} performed={done.total()} lost={lost} doubled={doubled}")
    return int(bool(lost or doubled or waiting != set(bad) or seconds > BUDGET))


if __name__ == "__main__":
    raise SystemExit(main())
