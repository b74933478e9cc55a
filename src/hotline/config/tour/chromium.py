"""浏览器的程序 (chromium): where it is on this machine. Nothing of Django: the tests ask before it is set up."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The program's path: HOTLINE_CHROMIUM, else what PATH offers."""
    return os.environ.get("HOTLINE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
