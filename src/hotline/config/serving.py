"""网站与推送的服务 (serving): granian, as `hotline web` and `hotline push` start it."""

from __future__ import annotations

import argparse
import os
from typing import Any


def serve(application: str, interface: str, args: argparse.Namespace, **more: Any) -> int:
    """Serve an application at the address asked for until SIGTERM; the process ends with whoever started it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from hotline.config import lifeline

    lifeline.tie_this_process()
    os.environ["DJANGO_SETTINGS_MODULE"] = "hotline.config.settings"
    os.environ["HOTLINE_WORKER"] = "1"
    Granian(
        application, address=args.host, port=args.port, interface=Interfaces(interface), websockets=False,
        log_level=LogLevels.error, respawn_failed_workers=True, process_name=None, **more,
    ).serve()  # fmt: skip
    return 0
