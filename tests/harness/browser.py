"""Chromium, where there is one. A desk without it skips the browser tests and counts them; .ci/run insists."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from hotline.config.tour import chromium

MISSING = "缺少 Chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-site-isolation-trials",  # one renderer for all pages: they are of one site
    "--renderer-process-limit=1",
]
FIXTURES = {"chromium", "browser", "page", "page_without_scripts"}


def insist() -> str:
    """The path, or this test is skipped; with HOTLINE_REQUIRE_BROWSER=1 it fails."""
    found = chromium.find()
    if found:
        return found
    if os.environ.get("HOTLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{MISSING}，而 HOTLINE_REQUIRE_BROWSER=1", pytrace=False)
    pytest.skip(MISSING)


class _Shared:
    """The process's browser; playwright allows one driver a thread."""

    def __init__(self) -> None:
        self.users = 0
        self.started = False
        self.driver: Any = None
        self.browser: Any = None

    def join(self, path: str) -> Any:
        from playwright.sync_api import sync_playwright

        self.users += 1
        if self.browser is None:
            self.started = True
            self.driver = sync_playwright().start()
            self.browser = self.driver.chromium.launch(executable_path=path, args=FLAGS)
        return self.browser

    def leave(self) -> None:
        self.users -= 1
        if self.users == 0 and self.browser is not None:
            self.browser.close()
            self.driver.stop()
            self.driver = self.browser = None


_shared = _Shared()


def driven() -> bool:
    """Whether this process has driven a browser: it then holds threads that a fork does not survive."""
    return _shared.started


def launch(path: str) -> Iterator[Any]:
    """One browser a process, whoever asks for it; the last to leave closes it."""
    try:
        yield _shared.join(path)
    finally:
        _shared.leave()


def open_page(browser: Any, address: str, *, scripts: bool) -> Iterator[Any]:
    """A page of its own context; relative addresses lead to the live site."""
    context = browser.new_context(
        base_url=address, java_script_enabled=scripts, locale="zh-CN", viewport={"width": 1366, "height": 850}
    )
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def serious(page: Any, *rules: str) -> list[Any]:
    """What axe calls serious or critical, by all its rules or by these: which rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    only = {"runOnly": [*rules]} if rules else {}  # what passes is not told: that would be half of the time
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found
            if one["impact"] in ("serious", "critical")]  # fmt: skip
