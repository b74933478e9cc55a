"""`hotline test`: the tests, on two workers, with a throw-away database of their own."""

import argparse
import os
import sys

from hotline.config.paths import REPO

HELP = (
    "运行全部测试；缺少 Chromium 时跳过浏览器测试并计数。"
    "其余参数原样交给 pytest，例如 ./hotline test tests/rules -k 期限 -x。"
)
PASS_ON = True
WORKERS = ["-n", "2", "--dist", "loadgroup"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything unknown goes to pytest."""


def run(args: argparse.Namespace) -> int:
    """Become pytest."""
    for name in ("HOTLINE_DATA", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.chdir(REPO)
    words = [sys.executable, "-m", "pytest", *WORKERS, *args.rest]
    sys.stdout.flush()
    os.execv(sys.executable, words)
