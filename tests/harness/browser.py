"""Chromium, where there is one. A desk without it skips the browser tests and counts them; .ci/run insists."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

MISSING = "缺少 Chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
FIXTURES = {"chromium", "browser", "page", "page_without_scripts"}


def find() -> str | None:
    """The program's path: HOTLINE_CHROMIUM, else what PATH offers."""
    named = os.environ.get("HOTLINE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def insist() -> str:
    """The path, or this test is skipped; with HOTLINE_REQUIRE_BROWSER=1 it fails."""
    found = find()
    if found:
        return found
    if os.environ.get("HOTLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{MISSING}，而 HOTLINE_REQUIRE_BROWSER=1", pytrace=False)
    pytest.skip(MISSING)


def launch(path: str) -> Iterator[Any]:
    """One browser a worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


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
