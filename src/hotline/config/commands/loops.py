"""`hotline loops`: the job loops as a process of their own; `up` starts it."""

import argparse

HELP = "只运行后台循环（时限、对外消息等）。平时由 up 启动；多机部署时可单独运行。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM. The database must be running already."""
    from hotline.config import boot, lifeline, loops, wiring

    lifeline.tie_this_process()
    stop = loops.until_signalled()
    boot.configure(args.data)
    wiring.wire()
    loops.run(stop)
    return 0
