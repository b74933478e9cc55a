"""`hotline shots`: the tour of the demonstration city, with pictures; `--check` looks for what keeps people out."""

import argparse
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from hotline.config.complaint import Complaint
from hotline.config.paths import REPO
from hotline.config.zh_argparse import port

HELP = (
    "看一遍：在一座新的演示城市里逐页拍图，写成 docs/tour.md。\n"
    "--check 另在每一页上运行 axe，有严重的无障碍问题、打不开的页、要左右滚动的页，就逐条列出并以 1 结束。"
    "需要 Chromium 和测试所需的软件包（./hotline test 装过就有）。"
)
FOLDER = REPO / "docs"
PATIENCE = 180.0  # seconds that a new city may take until it is served
WRONG = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it is written, and whether pages are looked through."""
    parser.add_argument("--check", action="store_true", help="在每一页上运行 axe，有严重问题就失败")
    parser.add_argument("--only-check", action="store_true", help="只检查，不写图和文字")
    parser.add_argument("--port", type=port, help="演示城市的端口（缺省任选一个空着的）")


def run(args: argparse.Namespace) -> int:
    """All stops; 1 where something is wrong."""
    from hotline.config.tour import walking, writing
    from hotline.config.tour.stops import BESIDES, STOPS

    pictures = None if args.only_check else FOLDER / "tour"
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    check = args.check or args.only_check
    with _served(args.port or _free_port()) as site, walking.browser() as opened:
        found = list(walking.walk(opened, site, STOPS, pictures, check=check))
        found += walking.walk(opened, site, BESIDES, None, check=True) if check else []
    if pictures:
        (FOLDER / "tour.md").write_text(writing.tour(), encoding="utf-8")
    for one in found:
        sys.stdout.write(f"{one.stop}：{one.rule}，{one.where}\n")
    seen = len(STOPS) + (len(BESIDES) if check else 0)
    sys.stdout.write(f"看了 {seen} 页，{len(found)} 处有问题。\n")
    return WRONG if found else 0


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _served(at: int) -> Iterator[str]:
    """A new demonstration city, for as long as it is needed. Raises Complaint."""
    with tempfile.TemporaryDirectory(prefix="hotline-tour-") as folder:
        up = [sys.executable, "-m", "hotline.config", "up", "--data", folder, "--port", str(at)]
        city = subprocess.Popen(up, stdout=subprocess.DEVNULL)
        try:
            yield _when_it_answers(city, f"http://127.0.0.1:{at}")
        finally:
            city.terminate()
            city.wait(PATIENCE)


def _when_it_answers(city: subprocess.Popen[bytes], site: str) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and city.poll() is None:
        try:
            with urlopen(f"{site}/-/alive", timeout=2):
                return site
        except (URLError, OSError):
            time.sleep(0.5)
    raise Complaint("演示城市没有起来。")

