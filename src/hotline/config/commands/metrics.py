"""`hotline metrics`: numbers for Prometheus on a port of their own; `up --metrics-port` starts it."""

import argparse

from hotline.config.zh_argparse import port

HELP = "只运行监控指标（Prometheus）的端口，缺省只供本机。指标里没有个人信息，也没有事项编号。"
PORT = 9345


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（缺省 127.0.0.1，只供本机）")
    parser.add_argument("--port", type=port, default=PORT, metavar="端口", help=f"监听端口（缺省 {PORT}）")


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM. The database need not answer all the time: that is one of the numbers."""
    from hotline.config import boot, lifeline, loops, wiring

    lifeline.tie_this_process()
    stop = loops.until_signalled()
    boot.configure(args.data)
    wiring.wire()
    from django.conf import settings
    from prometheus_client import start_http_server

    from hotline.config import exporter

    made = exporter.registry(settings.DATA)
    server, thread = start_http_server(args.port, args.host, made)
    while not stop.wait(3600):
        pass
    server.shutdown()
    thread.join()
    return 0
