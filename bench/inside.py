"""CPU of POSTs and pages in one process and one thread, quiet of the network: the WSGI application called directly.

    .venv/bin/python bench/inside.py [--lifecycles 60] [--data DIR] [--lists] [--profile pages|posts|lists] [--json]
    .venv/bin/python bench/inside.py --beside OTHER_CHECKOUT [--rounds 5]

A simulated city on a data folder of its own; matters live through the twelve steps of `lifecycle.py`, after each the
matter's page as the post sees it that acted. What is said of each step is the least of all lifecycles, so that others'
work on the same processors disturbs it little; sums are sums of these. `database` is the CPU of the one server process
that serves us, an average. `--lists` asks each post's lists besides, `--profile` says by cProfile where it goes (the
profiler makes everything dearer, small functions most). `--beside` measures this checkout and another one in turn and
prints both, with the load.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(os.environ.get("HOTLINE_CHECKOUT", Path(__file__).resolve().parents[1]))
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).resolve().parent)]

from lifecycle import PASSWORD, POSTS, REGISTER, STEPS  # noqa: E402

EMPTY_STEPS = 3_000_000
WARM = 5


class Browser:
    """A signed-in person's browser: cookies, and requests as a WSGI server hands them over."""

    def __init__(self, application: Callable[..., Any], login: str):
        self.application, self.cookies = application, {"csrftoken": uuid4().hex}
        self.post("/staff/sign-in/", {"login": login, "password": PASSWORD, "next": "/staff/"})

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """One request: status, headers, content."""
        told: list[Any] = []
        where, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": where, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True,
            "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        answer = self.application(environ, lambda status, headers, _=None: told.extend((status, headers)))
        content = b"".join(answer)
        answer.close()
        for name, value in told[1]:
            if name == "Set-Cookie":
                key, _, kept = value.strip().partition("=")
                self.cookies[key] = kept.split(";")[0]
        return int(told[0][:3]), dict(told[1]), content

    def post(self, path: str, form: dict[str, str]) -> str:
        """A form, and where one is sent then."""
        sent = {**form, "csrfmiddlewaretoken": self.cookies["csrftoken"], "act_id": str(uuid4())}
        status, headers, content = self.ask("POST", path, urlencode(sent).encode())
        if status not in (302, 303):
            raise SystemExit(f"{path}: {status} {re.findall(r'class=.error[^>]*>([^<]+)<', content.decode())[:3]}")
        return headers["Location"]

    def page(self, path: str) -> str:
        """A page."""
        status, _, content = self.ask("GET", path)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        return content.decode()


class Meter:
    """CPU, statements' round trips and database CPU, by what was done."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.trips: dict[str, list[int]] = defaultdict(list)
        self.database: dict[str, list[float]] = defaultdict(list)
        self.profiles: dict[str, cProfile.Profile] = {}
        self._trips = _count_trips()

    @contextmanager
    def of(self, what: str, name: str) -> Iterator[None]:
        """Measure a block."""
        profile = self.profiles.get(what)
        trips, backend, began = self._trips[0], _backend_cpu(), time.process_time()
        if profile:
            profile.enable()
        yield
        if profile:
            profile.disable()
        self.spent[f"{what} {name}"].append((time.process_time() - began) * 1000)
        self.database[what].append(_backend_cpu() - backend)
        self.trips[what].append(self._trips[0] - trips)

    def least(self, what: str) -> dict[str, float]:
        """The least of each step, ms."""
        return {key.removeprefix(f"{what} "): min(values) for key, values in self.spent.items()
                if key.startswith(f"{what} ")}  # fmt: skip

    def forget(self) -> None:
        """What was measured while things warmed up."""
        for kept in (self.spent, self.trips, self.database):
            kept.clear()


def _count_trips() -> list[int]:
    """A count that goes up at each wait for the server."""
    import psycopg

    count, wait = [0], psycopg.Connection.wait

    def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        return wait(self, *args, **kwargs)

    psycopg.Connection.wait = counted  # type: ignore[method-assign]
    return count


def _backend_cpu() -> float:
    """CPU of the server process behind our connection, ms; 0 where it is on another machine."""
    from django.db import connection

    if connection.connection is None:
        return 0.0
    try:
        said = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(said.split()[0]) / 1e6


def unit_of(operator: Browser, dispatcher: Browser) -> str:
    """The id of the clerk's unit, read from the dispatch form."""
    number = re.search(r"/staff/m/([\d-]+)/", operator.post("/staff/register/", REGISTER))[1]  # type: ignore[index]
    operator.post(f"/staff/m/{number}/accept/", {"item": "三（一）6"})
    found = re.search(r'value="(\d+)"[^>]*>[^<]*埇桥区人民政府', dispatcher.page(f"/staff/m/{number}/dispatch/"))
    return found[1] if found else sys.exit("no unit to dispatch to")


def live(people: dict[str, Browser], unit: str, meter: Meter) -> None:
    """One matter from the citizen's form to the archive, a page after each step."""
    number = ""
    for name, role, form in STEPS:
        path = "/staff/register/" if name == "register" else f"/staff/m/{number}/{name}/"
        with meter.of("posts", name):
            where = people[role].post(path, {**form, **({"unit": unit} if name == "dispatch" else {})})
        found = re.search(r"/staff/m/([\d-]+)/", where)
        number = found[1] if found else number
        with meter.of("pages", name):
            people[role].page(f"/staff/m/{number}/")


def lists(people: dict[str, Browser], meter: Meter) -> None:
    """The first list of each post."""
    for role, browser in people.items():
        where = browser.ask("GET", "/staff/desk/")[1]["Location"]
        with meter.of("lists", role):
            browser.page(where)


def measured(args: argparse.Namespace) -> dict[str, Any]:
    """All of it, in a city that runs."""
    from hotline.config.commands import up
    from hotline.config.paths import DataFolder

    up.collect_static(DataFolder(args.data))
    from hotline.config.wsgi import application

    meter = Meter()
    people = {role: Browser(application, login) for role, login in POSTS.items()}
    unit = unit_of(people["operator"], people["dispatcher"])
    for turn in range(WARM + args.lifecycles):
        if turn == WARM:
            meter.forget()
            meter.profiles = {args.profile: cProfile.Profile()} if args.profile else {}
        live(people, unit, meter)
        if args.lists:
            lists(people, meter)
    for profile in meter.profiles.values():
        pstats.Stats(profile).sort_stats(args.sort).print_stats(args.rows)
    return said(meter, args.lifecycles)


def said(meter: Meter, count: int) -> dict[str, Any]:
    """What was found: ms of one lifecycle by kind, and of each step."""
    kinds = [what for what in ("posts", "pages", "lists") if meter.trips[what]]
    return {
        **{what: round(sum(meter.least(what).values()), 2) for what in kinds},
        "database": {what: round(sum(meter.database[what]) / count, 2) for what in kinds},
        "round_trips": {what: round(statistics.mean(meter.trips[what]), 2) for what in kinds},
        "steps": {what: {name: round(ms, 2) for name, ms in meter.least(what).items()} for what in kinds},
        "loop_ms": round(loop() * 1000, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def loop() -> float:
    """How quick the machine is just now: CPU of a loop of empty steps, the least of three."""
    def once() -> float:
        began = time.process_time()
        for _ in range(EMPTY_STEPS):
            pass
        return time.process_time() - began

    return min(once() for _ in range(3))


def beside(args: argparse.Namespace) -> int:
    """This checkout and another, in turn; each says the least of its rounds."""
    found: dict[Path, list[dict[str, Any]]] = {ROOT: [], args.beside.resolve(): []}
    for _ in range(args.rounds):
        for tree, said_of in found.items():
            given = ["--lifecycles", str(args.lifecycles), "--json", *(["--lists"] if args.lists else [])]
            with tempfile.TemporaryDirectory() as folder:
                done = subprocess.run([sys.executable, __file__, "--data", folder, *given], check=True, text=True,
                                      stdout=subprocess.PIPE,
                                      env={**os.environ, "HOTLINE_CHECKOUT": str(tree)})  # fmt: skip
            said_of.append(json.loads(done.stdout.splitlines()[-1]))
            print(tree, {k: v for k, v in said_of[-1].items() if k != "steps"}, flush=True)
    for tree, rounds in found.items():
        print(tree, {k: min(r[k] for r in rounds) for k in ("posts", "pages", "lists") if k in rounds[0]})
    return 0


def main() -> int:
    """Measure; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lifecycles", type=int, default=60)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--lists", action="store_true")
    parser.add_argument("--profile", choices=("pages", "posts", "lists"))
    parser.add_argument("--sort", default="tottime")
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.beside:
        return beside(args)
    with ExitStack() as stack:
        args.data = args.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        from hotline.config import boot

        stack.enter_context(boot.city(args.data, born="simulated"))
        result = measured(args)
    print(json.dumps(result, ensure_ascii=False, indent=None if args.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
