"""样张：每个模板都画得出来，严格内容策略下无碍，用键盘和读屏的人也能用。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
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


@pytest.fixture(scope="module")
def looker() -> Iterator[Any]:
    yield from chrome.launch(chrome.insist())


POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
SITE = "http://gallery.invalid/"


def open_at(looker: Any, folder: Path, name: str, width: int, **options: Any) -> Any:
    """The page under the strict content policy; what the browser complains of is kept in `page.complaints`."""
    page = looker.new_page(viewport={"width": width, "height": 844}, **options)
    headers = {"Content-Security-Policy": POLICY}
    page.route("**/*", lambda route: route.fulfill(path=folder / route.request.url.removeprefix(SITE), headers=headers))
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{SITE}{name}.html")
    return page


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


def test_a_closed_verb_is_reached_by_keyboard_and_says_why(folder: Path, looker: Any) -> None:
    page = open_at(looker, folder, "matter", 1440)
    closed = page.locator(".verb-bar > .verb-closed .verb").first
    page.locator(".verb-bar > .verb-now .verb").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert closed.evaluate("one => one === document.activeElement")
    assert page.locator("#why-return").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "clause"
    page.close()


def test_leaving_a_field_says_what_the_server_would(folder: Path, looker: Any) -> None:
    page = open_at(looker, folder, "portal-submit", 390)
    page.locator("#f-phone").fill("1391234567")
    page.locator("#f-name").focus()
    assert page.locator("#f-phone-error").inner_text() == "电话少一位，手机号是 11 位。"
    page.close()


def too_small(page: Any) -> list[str]:
    measured = page.locator(TARGETS).evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 80)])"
    )
    return [what for height, what in measured if 0 < height < LARGE_ENOUGH - 0.5]


@pytest.mark.parametrize("name", NAMES)
def test_everyone_can_use_it(folder: Path, looker: Any, name: str) -> None:
    """axe in both themes, nothing cut off on a phone or at double size, citizens' targets large, no complaint."""
    page = open_at(looker, folder, name, 1440)
    assert chrome.serious(page) == []
    page.emulate_media(color_scheme="dark")
    for width in (720, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert chrome.serious(page, "color-contrast") == [], "all else is the same page"
    if name.startswith("portal-"):
        assert too_small(page) == []
    assert page.complaints == []
    page.close()
