"""`hotline test`: the tests, on two workers, with a throw-away database of their own; `--long` for all of them."""

import argparse
import os
import sys

from hotline.config.paths import REPO

HELP = (
    "运行测试；缺少 Chromium 时跳过浏览器测试并计数，要一分钟以上的测试只在 --long 时运行。"
    "其余参数原样交给 pytest，例如 ./hotline test tests/rules -k 期限 -x。"
)
PASS_ON = True
WORKERS = ["-n", "2", "--dist", "loadgroup"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much; everything unknown goes to pytest."""
    told = "连同要一分钟以上的测试（整份真实数据的回放、不用脚本的其余走查）一起运行"
    parser.add_argument("--long", action="store_true", help=told)


def run(args: argparse.Namespace) -> int:
    """Become pytest."""
    for name in ("HOTLINE_DATA", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.chdir(REPO)
    sys.stdout.flush()
    os.execv(sys.executable, command(args))


def command(args: argparse.Namespace) -> list[str]:
    """pytest as it is started."""
    long = ["--long"] if args.long else []
    return [sys.executable, "-m", "pytest", *WORKERS, *long, *args.rest]
