"""`hotline web`: the web server as a process of its own; `up` starts it."""

import argparse
import os
from pathlib import Path

from hotline.config.zh_argparse import port, whole

HELP = "只运行网站服务（granian）。平时由 up 启动；多机部署时可单独运行。"
# Each further thread of a worker waits for the same interpreter lock and keeps a database process of its own warm: with
# four of them everything costs a quarter more than with two (bench/README.md, “Threads”). Two let a slow request of a
# worker hold up no other. A machine with more cores wants more workers.
WORKERS, THREADS = 2, 2
MOST = 256  # of either


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens and with how much."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（缺省 127.0.0.1，只供本机）")
    parser.add_argument("--port", type=port, default=8000, metavar="端口", help="监听端口（缺省 8000）")
    parser.add_argument("--workers", type=whole(MOST), default=WORKERS, metavar="数", help="进程数（缺省 2）")
    parser.add_argument("--threads", type=whole(MOST), default=THREADS, metavar="数", help="每个进程的线程数（缺省 2）")


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM. The database must be running already."""
    from hotline.config import serving
    from hotline.config.paths import DataFolder

    count_in(DataFolder(args.data).counts)
    return serving.serve("hotline.config.wsgi:application", "wsgi", args, workers=args.workers,
                         blocking_threads=args.threads)  # fmt: skip


def count_in(folder: Path) -> None:
    """Let the workers count requests in a folder. The library reads its setting when it is first imported, and workers
    are copies of this process: so the setting comes first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    from hotline.config import exporter

    exporter.sweep_counts(folder)
