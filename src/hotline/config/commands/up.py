"""`hotline up`: the whole platform under one supervisor."""

import argparse
import contextlib
import errno
import hashlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hotline.config import archiving, database, embedded
from hotline.config.complaint import Complaint
from hotline.config.locks import Lock
from hotline.config.paths import DataFolder
from hotline.config.supervisor import Child, Program, Supervisor, say
from hotline.config.zh_argparse import port

HELP = "启动平台：数据库、网站与后台循环。按 Ctrl-C 全部停止。第一次启动会建一座模拟城市（过完近三个月）并给出演示账号。"
ENVIRONMENT = (
    "环境变量：DATABASE_URL 改用外部 PostgreSQL（15 或更新）；HOTLINE_PG_BIN 指明内置数据库程序的 bin 目录；"
    "HOTLINE_HOSTS 为对外的域名（空格分隔），HOTLINE_HTTPS=1 表示由 https 代理转来；"
    "HOTLINE_DEBUG=1 显示全部错误（只可在自己的机器上用）。"
)
PUSH_VARIABLE = "HOTLINE_PUSH_PORT"
TAKEN = "端口 {0} 已被占用。请关闭占用它的程序，或用 --port 另选端口。"
FORBIDDEN = "不能监听 {0}:{1}：{2}。请用 --port 另选端口。"
ALREADY = "数据目录 {0} 上已有一个 up 在运行。要再开一个，请用 --data 另选目录并用 --port 另选端口。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and which kind of city to begin."""
    parser.epilog = ENVIRONMENT
    parser.add_argument("--port", type=port, default=8000, metavar="端口", help="网站端口（缺省 8000）")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（缺省 127.0.0.1，只供本机）")
    parser.add_argument(
        "--metrics-port", type=port, metavar="端口", help="另开一个只供本机的端口，给 Prometheus 读监控指标（缺省不开）"
    )
    parser.add_argument(
        "--push-port", type=int, metavar="端口", help="推送的端口（缺省：网站端口加一，被占用时另取一个）；0 表示不要推送"
    )
    parser.add_argument("--no-demo", action="store_true", help="新建的模拟城市只要单位和账号，不要近三个月的事项")
    parser.add_argument(
        "--no-loops", action="store_true", help="不运行后台循环：多机部署时，除一台外的网站机器这样启动"
    )
    parser.add_argument(
        "--real", action="store_true", help="建一座正式城市：只有一个管理员和一次性口令，没有演示账号，时间取自本机时钟"
    )


def run(args: argparse.Namespace) -> int:
    """Prepare, run, stop."""
    began = time.monotonic()
    data = DataFolder(args.data).prepare()
    with only_one(data), port_checked(args), database_here(data) as servers:
        kind = "real" if args.real else "simulated"
        told = prepare(data, kind, demo=not args.no_demo)
        children = [*servers, *programs(args)]
        Supervisor(children).run(lambda: announce(args, told, began))
    say("已停止。")
    return 0


@contextlib.contextmanager
def port_checked(args: argparse.Namespace) -> Iterator[None]:
    """Refuse a taken port before anything is started, and keep one's own until they are served: another `up` finds
    them taken even while this one still makes its city."""
    insist_on_port(args.host, args.port)
    if args.metrics_port:
        insist_on_port("127.0.0.1", args.metrics_port)
    push = push_port(args)
    os.environ[PUSH_VARIABLE] = str(push)  # the site says on its pages where they are told
    with kept(args.host, args.port), kept(args.host, push):
        yield


@contextlib.contextmanager
def kept(host: str, port: int) -> Iterator[None]:
    """A port that only servers of one's own, which share theirs, may listen at; nothing for port 0."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as holder:
        if port:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            holder.bind((host, port))
        yield


def push_port(args: argparse.Namespace) -> int:
    """The port that was named, and must be free; else the one behind the site's, or any that is free."""
    if args.push_port is not None:
        if args.push_port:
            insist_on_port(args.host, args.push_port)
        return int(args.push_port)
    with contextlib.suppress(Complaint, OverflowError):
        insist_on_port(args.host, args.port + 1)
        return int(args.port + 1)
    with socket.socket(_family(args.host), socket.SOCK_STREAM) as probe:
        probe.bind((args.host, 0))
        return int(probe.getsockname()[1])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def insist_on_port(host: str, port: int) -> None:
    """Say now, in Chinese, what the web server would say later in English."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            text = TAKEN.format(port) if taken else FORBIDDEN.format(host, port, error.strerror)
            raise Complaint(text) from error


@contextlib.contextmanager
def only_one(data: DataFolder) -> Iterator[None]:
    """One `up` a data folder."""
    lock = Lock(data.run / "up.lock")
    if not lock.take(wait=False):
        raise Complaint(ALREADY.format(data.root))
    try:
        yield
    finally:
        lock.release()


class Postgres:
    """The embedded server as a child of the supervisor; it is already running when the supervisor begins."""

    name = "数据库"

    def __init__(self, server: embedded.Server) -> None:
        self.server = server

    def start(self) -> None:
        """Start it again after it died."""
        if self.server.exited():
            self.server.start()

    def dead(self) -> bool:
        """Has the server process ended?"""
        return self.server.exited()

    def ask_to_stop(self) -> None:
        """Its stop is orderly and waits by itself; see `insist`."""

    def insist(self) -> None:
        """Stop it."""
        self.server.halt()


@contextlib.contextmanager
def database_here(data: DataFolder) -> Iterator[list[Child]]:
    """The database this `up` works on: none of ours when an external one is named."""
    if database.external():
        database.prepare_external()
        yield []
        return
    if not data.postgres.exists():
        say("第一次启动：正在建立数据库 ……")
    archiving.remember(data)
    server = embedded.Server(data)
    server.own()
    try:
        yield [Postgres(server)]
    finally:
        server.halt()
        server.owner.release()


def prepare(data: DataFolder, kind: str, *, demo: bool) -> "object":
    """Keys, tables, city, its history, static files."""
    from hotline.config import birth, boot

    fresh = birth.look(data) is None
    boot.set_up(data, kind)
    told = demonstrated(data, fresh=fresh) if demo and kind == birth.SIMULATED else boot.begin(kind)
    collect_static(data)
    boot.disconnect()
    return told


def demonstrated(data: DataFolder, *, fresh: bool) -> "object":
    """The demonstration: made with its months of history; one that was broken off goes on. Nobody is served before."""
    from django.conf import settings

    from hotline.config import birth, boot, simulation, wiring

    owed = simulation.owed(data, fresh=fresh)
    begins = owed.begins(wiring.load_book(settings.HOTLINE_RULEBOOK).tz) if owed else None
    told = boot.begin(birth.SIMULATED, begins)
    if owed is None:
        return told
    wiring.wire()
    say(simulation.LIVING.format(owed.days, owed.per_day))
    try:
        outcome = simulation.live(data, owed)
        say(simulation.LIVED.format(outcome.found + outcome.registered, outcome.acts))
    except Complaint as error:  # a city without its history is still a city
        say(simulation.NOT_LIVED.format(error))
    return told


def collect_static(data: DataFolder) -> None:
    """Hash-named copies of the static files; skipped while the sources are what they were."""
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    found = [Path(store.path(name)) for finder in finders.get_finders() for name, store in finder.list([])]
    listing = "\n".join(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sorted(found))
    digest, stamp = hashlib.sha256(listing.encode()).hexdigest(), data.run / "static-digest"
    if stamp.exists() and stamp.read_text() == digest and data.static.exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest)


def programs(args: argparse.Namespace) -> list[Child]:
    """Web server and loops, as commands of ours on the same data folder."""
    base = [sys.executable, "-m", "hotline.config"]
    made: list[Child] = [Program("网站", [*base, "web", "--host", args.host, "--port", str(args.port)])]
    if os.environ.get(PUSH_VARIABLE, "0") != "0":
        made.append(Program("推送", [*base, "push", "--host", args.host, "--port", os.environ[PUSH_VARIABLE]]))
    if not args.no_loops:
        made.append(Program("后台循环", [*base, "loops"]))
    if args.metrics_port:
        made.append(Program("监控指标", [*base, "metrics", "--port", str(args.metrics_port)]))
    return made


def announce(args: argparse.Namespace, told: object, began: float) -> None:
    """Wait until the site answers, then print the address and how to sign in."""
    from hotline.config import greeting

    greeting.announce(args.host, args.port, told, began)
