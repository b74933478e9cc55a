"""`hotline sweep`: do what has fallen due, then end; the clock calls for it on other cores when it is behind."""

import argparse
import json
import threading

HELP = "把已经到期的事项（视同接受、提醒、亮牌等）办完就结束。平时由后台循环在积压时自动启动，也可单独执行。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own but the form of the answer."""
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Sweep until nothing is due or SIGTERM. The database must be running already; 1 when something was set aside."""
    from hotline.config import boot, lifeline, loops, wiring

    lifeline.tie_this_process()
    stop = loops.until_signalled()
    boot.configure(args.data)
    wiring.wire()
    performed, aside = _sweep(stop)
    if args.json:
        print(json.dumps({"performed": performed, "set_aside": aside}))
    return 1 if aside else 0


def _sweep(stop: threading.Event) -> tuple[int, int]:
    from hotline.casework import clock
    from hotline.procedure import times

    performed = aside = 0
    while not stop.is_set() and (swept := clock.sweep(times.now())).claimed:
        performed, aside = performed + swept.performed, aside + len(swept.aside)
    return performed, aside
