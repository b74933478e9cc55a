"""样张：每个模板都画得出来，严格内容策略下无碍，用键盘和读屏的人也能用。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from harness import browser as chrome
from surfaces.gallery import SURFACES, pages, write

NAMES = sorted(pages())
LARGE_ENOUGH = 48
TARGETS = (
    "main button, main textarea, main .option, main .door, .emergency a, .type-size button, "
    "main input:not([type=hidden], [type=radio], [type=checkbox])"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("gallery")
    write(place)
    return place


POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


class Shown(SimpleHTTPRequestHandler):
    """The folder as a site, under the strict content policy."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def end_headers(self) -> None:
        """The policy; what all pages share is fetched once."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Shown, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def sheet(site: str) -> Iterator[Any]:
    """One sheet for all pages: a new one for each would take longer than looking at it."""
    with contextmanager(chrome.launch)(chrome.insist()) as looker:
        page = looker.new_page(base_url=site)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        page.context.close()


def open_at(sheet: Any, name: str, width: int) -> Any:
    """The page in daylight; what the browser complains of is kept in `page.complaints`."""
    sheet.complaints.clear()
    sheet.emulate_media(color_scheme="light")
    sheet.set_viewport_size({"width": width, "height": 844})
    sheet.goto(f"{name}.html")
    return sheet


def test_every_page_template_is_in_the_gallery() -> None:
    shown = {template for template, _ in pages().values()}
    bases = {"portal/base.html", "portal/form.html", "portal/emergency.html"}
    templates = {
        str(path.relative_to(SURFACES / room / "templates"))
        for room in ("portal", "workbench")
        for path in (SURFACES / room / "templates" / room).glob("*.html")
    }
    assert templates - bases - shown == set()


@pytest.mark.parametrize("name", NAMES)
def test_markup(folder: Path, name: str) -> None:
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert html.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! type=\"module\" src=)", html)
    for form in re.findall(r'<form[^>]*method="post".*?</form>', html, re.S):
        assert 'name="csrfmiddlewaretoken"' in form
    references = {one for many in re.findall(r'aria-describedby="([^"]+)"', html) for one in many.split()}
    assert references - set(ids) == set()
    assert "None" not in html


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("portal-")])
def test_citizens_read_no_office_words(folder: Path, name: str) -> None:
    text = re.sub(r"<[^>]+>", "", (folder / f"{name}.html").read_text(encoding="utf-8"))
    assert not re.search(r"工单|签收|签批|转办|呈办|督办|派单|反馈件|办结", text)


def test_a_closed_verb_is_reached_by_keyboard_and_says_why(sheet: Any) -> None:
    page = open_at(sheet, "matter", 1440)
    closed = page.locator(".verb-bar > .verb-closed .verb").first
    page.locator(".verb-bar > .verb-now .verb").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert closed.evaluate("one => one === document.activeElement")
    assert page.locator("#why-return").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "clause"


def test_leaving_a_field_says_what_the_server_would(sheet: Any) -> None:
    page = open_at(sheet, "portal-submit", 390)
    page.locator("#f-phone").fill("1391234567")
    page.locator("#f-name").focus()
    assert page.locator("#f-phone-error").inner_text() == "电话少一位，手机号是 11 位。"


def too_small(page: Any) -> list[str]:
    measured = page.locator(TARGETS).evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 80)])"
    )
    return [what for height, what in measured if 0 < height < LARGE_ENOUGH - 0.5]


@pytest.mark.parametrize("name", NAMES)
def test_everyone_can_use_it(sheet: Any, name: str) -> None:
    """axe in both themes, nothing cut off on a phone or at double size, citizens' targets large, no complaint."""
    page = open_at(sheet, name, 1440)
    assert chrome.serious(page) == []
    page.emulate_media(color_scheme="dark")
    for width in (720, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert chrome.serious(page, "color-contrast") == [], "all else is the same page"
    if name.startswith("portal-"):
        assert too_small(page) == []
    assert page.complaints == []
