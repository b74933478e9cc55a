"""The lifecycle of design §9 over HTTP: twelve durable steps by several clients with signed-in sessions.

    .venv/bin/python bench/lifecycle.py [--lifecycles 200] [--clients 8] [--pages] [--data DIR] [--port 8190] [--json]

Starts `./hotline up` on a data folder of its own (kept, so that a second run measures a fuller database), signs in,
warms up, and lives matters from the citizen's form to the archive. Prints lifecycles/s, the spread of each verb, and
CPU per lifecycle of application, database, job loops and client, read from /proc. `--pages` fetches the matter's page
after each step. Sign-in is not counted.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from wire import Wire

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
PASSWORD = "minsheng"
POSTS = {"operator": "operator", "dispatcher": "dispatcher", "clerk": "yongqiao-clerk", "deputy": "yongqiao-deputy",
         "reviewer": "reviewer", "follow_up": "follow"}  # fmt: skip
REGISTER = {
    "kind": "complaint", "gist": "楼道灯三个月不亮", "words": "六层楼的灯三个月没亮过，报修两回都说等配件。" * 4, "time": "三个月前",
    "place": "某小区六栋", "people": "全体住户", "cause": "路灯损坏", "course": "报修过两次", "outcome": "仍然不亮",
    "name": "测试甲", "phone": "13900001234", "publish_wish": "yes", "channel": "phone",
}  # fmt: skip
DRAFT = {
    "reply": "经查，楼道灯共八盏损坏，已督促物业更换，逐层试亮。" * 4, "answer": "楼道灯已经换好八盏，逐层试亮。", "publishable": "楼道灯已更换。",
    "responds": "1", "citations": "物业管理条例 | 国务院令第000号", "contact_means": "电话", "contact_summary": "已当面告知结果",
    "satisfaction": "满意", "truthful": "属实", "solved": "yes", "publish_opinion": "公开", "responsible_unit": "某区人民政府",
    "responsible_name": "责任甲", "handler_name": "承办乙", "handler_unit": "某区人民政府", "handler_phone": "05570000000",
}  # fmt: skip
STEPS = (
    ("register", "operator", REGISTER),
    ("accept", "operator", {"item": "三（一）6", "category": "公共照明"}),
    ("dispatch", "dispatcher", {"kind": "complaint"}),
    ("sign_for", "clerk", {}),
    ("record_contact", "clerk", {"outcome": "reached", "means": "phone", "note": "问清了位置"}),
    ("draft_reply", "clerk", DRAFT),
    ("answer_citizen", "clerk", {"means": "phone"}),
    ("sign_off", "deputy", {}),
    ("file", "clerk", {}),
    ("approve", "reviewer", {}),
    ("follow_up", "follow_up", {"means": "phone", "reached": "1", "solved": "yes", "result": "1"}),
    ("archive", "reviewer", {}),
)  # fmt: skip


class Session:
    """One signed-in browser on one connection; a fixed token stands for the hidden field of a real form."""

    def __init__(self, port: int, login: str):
        self.wire = Wire(port)
        self.token = secrets.token_hex(16)
        self.cookie = f"csrftoken={self.token}"
        status, _, headers = self.post("/staff/sign-in/", {"login": login, "password": PASSWORD, "next": "/staff/"})
        if status != 302:
            raise SystemExit(f"cannot sign in as {login}: {status}")
        for header in headers:
            name, _, value = header.partition("=")
            if name == "csrftoken":
                self.token = value.split(";")[0]
        self.wire.close()  # an idle connection may be dropped while others sign in; the next request opens a new one
        kept = [h.split(";")[0] for h in headers]
        self.cookie = "; ".join([*(k for k in kept if not k.startswith("csrftoken")), f"csrftoken={self.token}"])

    def request(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, list[str], bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
        if body is not None:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        status, headers, content = self.wire.ask(f"{head}\r\n".encode() + (body or b""))
        where = next((value.decode() for name, value in headers if name == b"location"), "")
        return status, where, [value.decode() for name, value in headers if name == b"set-cookie"], content

    def post(self, path: str, data: dict[str, str]) -> tuple[int, str, list[str]]:
        body = urlencode({**data, "csrfmiddlewaretoken": self.token, "act_id": str(uuid4())}).encode()
        status, where, cookies, content = self.request("POST", path, body)
        if status == 422:
            print(re.findall(r'class="error"[^>]*>([^<]+)<', content.decode())[:3], file=sys.stderr)
        return status, where, cookies


class Client(threading.Thread):
    """One client living matters one after the other, with a session for each post."""

    def __init__(self, port: int, unit: str, share: int, pages: bool, log: dict[str, list[float]]):
        super().__init__()
        self.sessions = {role: Session(port, login) for role, login in POSTS.items()}
        self.unit, self.share, self.pages, self.log, self.failed = unit, share, pages, log, 0

    def run(self) -> None:
        for _ in range(self.share):
            self.live()

    def live(self) -> None:
        number = ""
        for name, role, form in STEPS:
            number = self.step(name, self.sessions[role], form, number) or number

    def step(self, name: str, session: Session, form: dict[str, str], number: str) -> str:
        path = "/staff/register/" if name == "register" else f"/staff/m/{number}/{name}/"
        extra = {"unit": self.unit} if name == "dispatch" else {}
        began = time.perf_counter()
        status, where, _ = session.post(path, {**form, **extra})
        self.log[name].append(time.perf_counter() - began)
        if status != 303:
            self.failed += 1
            raise SystemExit(f"{name}: {status}")
        found = re.search(r"/staff/m/([\d-]+)/", where)
        if self.pages:
            began = time.perf_counter()
            page, _, _, _ = session.request("GET", f"/staff/m/{found[1] if found else number}/")
            self.log["page"].append(time.perf_counter() - began)
            self.failed += page != 200
        return found[1] if found else ""


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(p) for p in children.read_text().split()] if children.exists() else []
    return [pid, *(q for p in below for q in tree(p))]


def cpu(pids: list[int]) -> float:
    """CPU seconds, user and system, of these processes and of children they have waited for."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(fields[i]) for i in (11, 12, 13, 14))
    return total / TICK


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def groups(root: int) -> dict[str, list[int]]:
    """The processes of a running platform by what they are: web workers, job loops and database."""
    found: dict[str, list[int]] = defaultdict(list)
    for pid in tree(root):
        said = command(pid)
        if "postgres" in said:
            found["database"].append(pid)
        elif " web " in said:
            found["application"].append(pid)
        elif " loops" in said:
            found["loops"].append(pid)
    return found


def postgres(data: Path) -> int:
    """The embedded server's own process: it may not be a child of the supervisor."""
    for pid_file in data.rglob("postmaster.pid"):
        return int(pid_file.read_text().splitlines()[0])
    raise SystemExit("no embedded PostgreSQL found")


def start(data: Path, port: int) -> subprocess.Popen[str]:
    """`./hotline up`, until it answers."""
    up = subprocess.Popen([str(ROOT / "hotline"), "up", "--no-demo", "--data", str(data), "--port", str(port)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
    for _ in range(1200):
        try:
            probe = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            probe.request("GET", "/-/alive")
            if probe.getresponse().status == 200:
                return up
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the platform did not come up")


def unit_of(session: Session, number: str) -> str:
    """The id of the clerk's unit, read from the dispatch form like a dispatcher would."""
    _, _, _, page = session.request("GET", f"/staff/m/{number}/dispatch/")
    found = re.search(r'value="(\d+)"[^>]*>[^<]*埇桥区人民政府', page.decode())
    if not found:
        raise SystemExit("no unit to dispatch to")
    return found[1]


def unit(port: int) -> str:
    operator, dispatcher = Session(port, "operator"), Session(port, "dispatcher")
    _, where, _ = operator.post("/staff/register/", REGISTER)
    number = re.search(r"/staff/m/([\d-]+)/", where)[1]  # type: ignore[index]
    operator.post(f"/staff/m/{number}/accept/", {"item": "三（一）6"})
    return unit_of(dispatcher, number)


def spread(values: list[float]) -> dict[str, float]:
    cut = statistics.quantiles(values, n=100) if len(values) > 1 else values * 99
    return {"p50": round(cut[49] * 1000, 2), "p95": round(cut[94] * 1000, 2), "p99": round(cut[98] * 1000, 2)}


def measure(args: argparse.Namespace, root: int, database: int) -> dict[str, object]:
    """Warm up, then measure one run."""
    to = unit(args.port)
    warm = Client(args.port, to, 3, args.pages, defaultdict(list))
    warm.run()
    log: dict[str, list[float]] = defaultdict(list)
    share = args.lifecycles // args.clients
    clients = [Client(args.port, to, share, args.pages, log) for _ in range(args.clients)]
    found = groups(root)
    app, loops = found["application"], found["loops"]
    before = cpu(app), cpu(tree(database)), cpu(loops), time.process_time()
    began = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = time.perf_counter() - began
    count = share * args.clients
    now = cpu(app), cpu(tree(database)), cpu(loops), time.process_time()
    spent = [b - a for a, b in zip(before, now, strict=True)]
    steps = sum(len(v) for k, v in log.items() if k != "page")
    return {
        "lifecycles": count, "clients": args.clients, "pages": args.pages, "seconds": round(seconds, 2),
        "lifecycles_per_second": round(count / seconds, 1),
        "failed": sum(c.failed for c in clients) + count * 12 - steps,
        "cpu_ms_per_lifecycle": {k: round(v / count * 1000, 1) for k, v in
                                 zip(("application", "database", "loops", "client"), spent, strict=True)},
        "verbs_ms": {name: spread(values) for name, values in log.items()},
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lifecycles", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    up = start(args.data, args.port)
    try:
        result = measure(args, up.pid, postgres(args.data))
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(30)
    print(json.dumps(result, ensure_ascii=False, indent=None if args.json else 1))
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
