"""`hotline push`: tells open pages that something is new at their desk; `up` starts it."""

import argparse

from hotline.config.zh_argparse import port

HELP = "只运行推送（有新事时告诉开着的页面）。平时由 up 启动；多机部署时可单独运行，一台就够。"
PORT = 8001
MOST = 6000  # connections at once, some more than the pages that may listen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（缺省 127.0.0.1，只供本机）")
    parser.add_argument("--port", type=port, default=PORT, metavar="端口", help=f"监听端口（缺省 {PORT}）")


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM. The database must be running already; it may go and come again."""
    from hotline.config import serving

    return serving.serve("hotline.config.asgi:application", "asgi", args, workers=1, backpressure=MOST)
