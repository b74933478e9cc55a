"""Bytes a closed matter takes in the database besides its free text (design §9: at most 8 kB, indexes included).

    .venv/bin/python bench/bytes.py [--matters 1000] [--csv FILE --limit 500] [--data DIR]

Lives so many matters by the cards from the citizen's form to the archive, or replays the first rows of a file of
messages, in a simulated city on a data folder of its own. Then VACUUM FULL is *not* run: a plain VACUUM, as on a city
at work; and every table's heap, indexes and toast are divided by the number of matters. Free texts are left out by
their octets as stored (`pg_column_size`); the outbox and the acts' numbers are shown but not counted, since they are
purged; so are tables that do not grow with matters (units, posts, clauses).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
BORN = datetime(2026, 9, 1, tzinfo=UTC)
LIVED = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)
BUDGET = 8000
PURGED = ("procedure_outboxmessage", "procedure_act", "procedure_setaside")
GROWING = ("casework_%", "procedure_ledgerline", "procedure_chainhead", "procedure_personkey", *PURGED)
SIZES = """
SELECT c.relname, pg_relation_size(c.oid), pg_indexes_size(c.oid),
       pg_total_relation_size(c.oid) - pg_relation_size(c.oid) - pg_indexes_size(c.oid), c.reltuples::int8
FROM pg_class c WHERE c.relkind = 'r' AND c.relname LIKE ANY(%s) ORDER BY pg_total_relation_size(c.oid) DESC
"""
INDEXES = """
SELECT i.relname, pg_relation_size(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class c ON c.oid = x.indrelid WHERE c.relname LIKE ANY(%s) AND pg_relation_size(i.oid) > 8192 ORDER BY 2 DESC
"""
TEXTS = "SELECT coalesce(sum(pg_column_size(body)), 0) FROM casework_text"
LIFE = ("phone", "name")


def live(matters: int) -> None:
    """Invented matters, to the archive."""
    from support import many

    many.write(matters, LIVED, until="archive")


def replay(data: str, csv: str, limit: int) -> None:
    """Messages of a file, by the command that people use."""
    command = [str(ROOT / "hotline"), "replay", csv, "--limit", str(limit), "--data", data]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def measured() -> int:
    """Print the tables; bytes a matter, free text left out."""
    from django.db import connections

    with connections["owner"].cursor() as cur:
        cur.execute("VACUUM (ANALYZE)")
        cur.execute("SELECT count(*) FROM casework_matter")
        matters = cur.fetchone()[0]
        cur.execute(SIZES, [list(GROWING)])
        tables = cur.fetchall()
        cur.execute(INDEXES, [list(GROWING)])
        indexes = cur.fetchall()
        cur.execute(TEXTS)
        texts = cur.fetchone()[0]
    print(f"{matters} matters; bytes a matter\n{'table':28}{'rows':>8}{'heap':>8}{'indexes':>9}{'toast':>8}{'all':>8}")
    total = -texts
    for name, heap, index, toast, rows in tables:
        if heap + index + toast >= matters * 2:
            each = [round(n / matters) for n in (heap, index, toast, heap + index + toast)]
            note = "  (not counted)" if name in PURGED else ""
            print(f"{name:28}{rows / matters:8.1f}{each[0]:8}{each[1]:9}{each[2]:8}{each[3]:8}{note}")
        total += 0 if name in PURGED else heap + index + toast
    print(f"{'free texts in it':28}{'':33}{-round(texts / matters):8}")
    print("\n" + "\n".join(f"{name:44}{round(size / matters):6}" for name, size in indexes))
    return round(total / matters)


def main() -> int:
    """Fill, measure, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--matters", type=int, default=1000)
    parser.add_argument("--csv", default="")
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--data", default="")
    parser.add_argument("--loaded", action="store_true", help="measure what is there already (--data), add nothing")
    args = parser.parse_args()
    data = args.data or tempfile.mkdtemp(prefix="hotline-bytes-")
    os.environ["HOTLINE_DATA"] = data
    from hotline.config import birth, boot

    if args.csv:
        replay(data, args.csv, args.limit)
    with boot.city(Path(data), born=birth.SIMULATED, at=BORN):
        if not args.csv and not args.loaded:
            live(args.matters)
        each = measured()
    print(f"\nbytes={each} budget={BUDGET}")
    return int(each > BUDGET)


if __name__ == "__main__":
    raise SystemExit(main())
