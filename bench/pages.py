"""Every page of every desk on a filled city: each list, its first page and one far behind by keyset, matters, search.

    ./hotline load --matters 200000 --data DIR
    .venv/bin/python bench/pages.py --data DIR [--times 40] [--clients 1] [--plans] [--port 8191] [--json]

Starts `./hotline up` on the folder and asks over HTTP, as the people of the busiest units and of the office, each
page in turn, so that a disturbance falls on all of them; `--named staff`: only those whose name holds the word.
Printed for each: p50, p95, p99 in ms; `cpu`, the median ms of web workers and database together, which others on the
machine disturb less; statements as the server counts them (the least of a few askings, for the job loops ask too);
bytes. `search`: a matter by number, a person by telephone (blind index), with hits and without; what `searching.py`
lists, frequent and rare, with conditions and without, far behind.
`--plans` asks each page once more in this process, after `up` has gone, and has the server explain every statement
with its values and without: no large table may be read from end to end, nothing may look at more than `--most` rows.
Exit code 1 when a list's p95 is above 50 ms, a search's above 150, a page takes more than 8 statements, or a plan is
bad.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import RemoteDisconnected
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

import searching  # noqa: E402
from lifecycle import Session, groups, postgres, start, tree  # noqa: E402

from harness import plans  # noqa: E402
from harness.statements import Statements  # noqa: E402
from hotline.casework.statuses import OPEN_ORDERS  # noqa: E402
from hotline.config import embedded, pg_cluster, sockets  # noqa: E402
from hotline.config.paths import DataFolder  # noqa: E402

LIMITS = {"list": 50.0, "deep": 50.0, "search": 150.0, "matter": 50.0}  # p95, ms
MOST_STATEMENTS, PAGES_DEEP, LOOKS = 8, 20, 3
OFFICE = {name: name for name in ("operator", "dispatcher", "reviewer", "follow", "shift", "inspector", "leader")}
BUSIEST = """
    SELECT u.id FROM network_unit u JOIN casework_order o ON u.id = CASE u.level WHEN 2 THEN o.level2_unit_id ELSE
    o.unit_id END WHERE u.level = %s AND o.status = ANY(%s) GROUP BY u.id ORDER BY count(*) DESC, u.id LIMIT 1
"""
LOGIN = """
    SELECT p.login FROM network_person p JOIN network_post t ON t.person_id = p.id
    WHERE t.unit_id = %s AND t.role = %s AND t.status = 'open' ORDER BY t.began_at, t.id LIMIT 1
"""
MATTERS = {
    "closed": "SELECT m.number FROM casework_matter m JOIN casework_order o ON o.matter_id = m.id WHERE o.{0}"
              " AND o.status = 'approved' AND m.status = 'archived' ORDER BY m.id DESC LIMIT 1",
    "long": "SELECT m.number FROM casework_matter m JOIN casework_order o ON o.matter_id = m.id"
            " JOIN procedure_chainhead h ON h.chain_kind = 1 AND h.chain_id = m.id WHERE o.{0}"
            " AND o.status = 'approved' ORDER BY h.seq DESC LIMIT 1",
}  # fmt: skip


@dataclass(slots=True)
class Asked:
    """One page: who asks it, of which sort, and what was found."""

    who: str
    sort: str
    name: str
    url: str
    form: dict[str, str] | None = None
    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bytes: int = 0
    statements: int = 0

    def said(self) -> dict[str, Any]:
        cut = statistics.quantiles(self.ms, n=100, method="inclusive")
        return {"who": self.who, "sort": self.sort, "page": self.name, "p50": round(cut[49], 1),
                "p95": round(cut[94], 1), "p99": round(cut[98], 1),
                "cpu": round(statistics.median(self.cpu), 1) if self.cpu else None, "statements": self.statements,
                "bytes": self.bytes}  # fmt: skip

    def bad(self) -> bool:
        return bool(self.said()["p95"] > LIMITS[self.sort] or self.statements > MOST_STATEMENTS)


def people(socket: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Who asks, by what they are; and matters that each may see."""
    with embedded.superuser(socket, pg_cluster.DATABASE) as db:
        units = {level: db.execute(BUSIEST, [level, list(OPEN_ORDERS)]).fetchone()[0] for level in (2, 3)}
        posts = {"clerk": (2, "clerk"), "deputy": (2, "deputy"), "clerk 3": (3, "clerk")}
        logins = {name: db.execute(LOGIN, [units[level], role]).fetchone()[0] for name, (level, role) in posts.items()}
        held = {name: f"{'level2_unit_id' if level == 2 else 'unit_id'} = {units[level]}"
                for name, (level, _) in posts.items()} | {"operator": "lead", "shift": "lead"}  # fmt: skip
        seen = {name: {sort: (db.execute(question.format(where)).fetchone() or [""])[0]
                       for sort, question in MATTERS.items()} for name, where in held.items()}  # fmt: skip
        searching.WORDS["a sentence"] = {"q": searching.sentence(db)}
    return logins | OFFICE, seen


def lists_of(get: Any, who: str) -> Iterator[Asked]:
    """All lists of a desk as its navigation shows them, and a page far behind of each that has more than one."""
    home = get("/staff/")
    for url in dict.fromkeys(re.findall(r'href="(/staff/(?:desk/[\w-]+/)?)"', home)):
        name = url.split("/")[-2]
        yield Asked(who, "list", name, url)
        steps, html = 0, get(url)
        while steps < PAGES_DEEP and (found := re.search(r'class="desk-next" href="([^"]+)"', html)):
            steps, last = steps + 1, found[1].replace("&amp;", "&")
            html = get(last)
        if steps:
            yield Asked(who, "deep", f"{name} +{steps}", last)


def pages_of(get: Any, who: str, seen: dict[str, str]) -> list[Asked]:
    """What somebody asks: lists, matters, and search by number and telephone."""
    found = list(lists_of(get, who))
    opened = next(iter(re.findall(r'id="row-([\d-]+)"', get(found[-1].url))), "")
    there = [(sort, number) for sort, number in {"open": opened, **seen}.items() if number]
    found += [Asked(who, "matter", sort, f"/staff/m/{number}/") for sort, number in there]
    found += [Asked(who, "search", "number", f"/staff/m/{opened}/")] if opened else []
    if who in searching.WHO:
        found += [Asked(who, "search", *one) for one in searching.searches(get)]
    return found + [Asked(who, "search", *one) for one in searching.telephones(who)]


class Person:
    """Somebody signed in, over HTTP."""

    def __init__(self, port: int, login: str):
        self.session = Session(port, login)

    def _asked(self, url: str) -> tuple[int, str, list[str], bytes]:
        try:
            return self.session.request("GET", url)
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):  # idle for too long: a new connection
            self.session.wire.close()
            return self.session.request("GET", url)

    def get(self, url: str) -> str:
        """A page, where it leads followed once."""
        status, where, _, body = self._asked(url)
        if status in (302, 303):
            status, _, _, body = self._asked(where)
        if status != 200:
            raise SystemExit(f"{url}: {status}")
        return str(body.decode())

    def ask(self, asked: Asked) -> float:
        """One page, in ms."""
        began = time.perf_counter()
        if asked.form:
            self.session.wire.close()
            status, _, _ = self.session.post(asked.url, asked.form)
        else:
            status, _, _, body = self._asked(asked.url)
            asked.bytes = len(body)
        if status != 200:
            raise SystemExit(f"{asked.url}: {status}")
        return (time.perf_counter() - began) * 1000


def cpu(pids: list[int]) -> float:
    """CPU of these processes' threads so far, ms, as the kernel counts it in nanoseconds."""
    spent = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):
                spent += int(task.read_text().split()[0])
    return spent / 1e6


def measure(args: argparse.Namespace, socket: Path, root: int) -> list[Asked]:
    """Everything over HTTP: found, warmed up, its statements counted, timed."""
    logins, seen = people(socket)
    everybody = {who: Person(args.port, login) for who, login in logins.items()}
    pages = [one for who, person in everybody.items() for one in pages_of(person.get, who, seen.get(who, {}))
             if (one.sort == "search" or not args.search) and args.named in one.name]  # fmt: skip
    counting = Statements(SimpleNamespace(socket=socket), pg_cluster.DATABASE)  # type: ignore[arg-type]
    for one in pages:
        counts = []
        for _ in range(LOOKS):
            with counting:
                everybody[one.who].ask(one)
            counts.append(counting.count)
        one.statements = min(counts)
    clients = [threading.Thread(target=_ask_all, args=(args, logins, pages, root)) for _ in range(args.clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return pages


def _ask_all(args: argparse.Namespace, logins: dict[str, str], pages: list[Asked], root: int) -> None:
    mine = {who: Person(args.port, login) for who, login in logins.items()}
    for _ in range(args.times):
        pids = [*groups(root)["application"], *tree(postgres(args.data))] if args.clients == 1 else []
        for one in pages:
            before = cpu(pids)
            one.ms.append(mine[one.who].ask(one))
            if pids:
                one.cpu.append(cpu(pids) - before)


def explain(args: argparse.Namespace) -> list[dict[str, Any]]:
    """Each page in this process, its statements explained: what they take in the server, what is wrong with them."""
    from hotline.config import boot
    from hotline.config.commands import up

    with boot.city(args.data):
        up.collect_static(DataFolder(args.data))
        from inside import Browser

        from hotline.config.wsgi import application
        from hotline.procedure.perform import raw

        logins, seen = people(sockets.socket_folder(DataFolder(args.data)))
        tables, told = plans.large(raw()), []
        for who, login in logins.items():
            browser = Browser(application, login)

            def get(url: str, browser: Browser = browser) -> str:
                _, headers, content = browser.ask("GET", url)
                return browser.page(headers["Location"]) if "Location" in headers else content.decode()

            for one in pages_of(get, who, seen.get(who, {})):
                with plans.watched() as asked:
                    browser.ask("GET", one.url)
                found, most = plans.plans_of(raw(), asked), args.most * (searching.MORE if one.sort == "search" else 1)
                wrong = sorted({fault for plan in found for fault in plans.faults(plan, tables, most)})
                rows = max(plans.looked_at(node) for plan in found for node in plan.nodes())
                told.append({"who": who, "sort": one.sort, "page": one.name, "faults": wrong, "rows": rows,
                             "server_ms": round(sum(plan.milliseconds for plan in found), 1)})  # fmt: skip
    return told


def worst(pages: list[Asked]) -> dict[str, dict[str, float]]:
    """The dearest page of each sort, and over all of it."""
    sorts: dict[str, list[Asked]] = defaultdict(list)
    for one in pages:
        sorts[one.sort].append(one)
    return {sort: {"pages": len(some), "worst_p95": max(one.said()["p95"] for one in some),
                   "p95": round(statistics.quantiles([ms for one in some for ms in one.ms], n=100)[94], 1),
                   "statements": max(one.statements for one in some)} for sort, some in sorts.items()}  # fmt: skip


def shown(rows: list[dict[str, Any]]) -> None:
    """As a table."""
    names = list(rows[0])
    width = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in names}
    for row in [dict(zip(names, names, strict=True)), *rows]:
        print("  ".join(str(row[name]).ljust(width[name]) for name in names))


def over_http(args: argparse.Namespace) -> list[Asked]:
    """With `./hotline up` for as long as it takes."""
    up = start(args.data, args.port)
    try:
        return measure(args, sockets.socket_folder(DataFolder(args.data)), up.pid)
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(60)


def main() -> int:
    """Measure; 1 when something is dearer than it may be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--named", default="")
    for number, usual in (("--times", 40), ("--clients", 1), ("--port", 8191), ("--most", plans.MOST_READ)):
        parser.add_argument(number, type=int, default=usual)
    for flag in ("--search", "--plans", "--only-plans", "--json"):  # the first: search alone
        parser.add_argument(flag, action="store_true")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    pages = [] if args.only_plans else over_http(args)
    explained = explain(args) if args.plans or args.only_plans else []
    bad = [one.said() for one in pages if one.bad()] + [row for row in explained if row["faults"]]
    result = {"load": [round(load, 1), round(os.getloadavg()[0], 1)], "worst": worst(pages), "bad": bad,
              "pages": [one.said() for one in pages], "plans": explained}  # fmt: skip
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        for rows in filter(None, (result["pages"], explained)):
            shown(rows)  # type: ignore[arg-type]
        print(json.dumps({k: result[k] for k in ("load", "worst", "bad")}, ensure_ascii=False, indent=1))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
