"""走一遍 (walking): a browser goes from stop to stop, takes a picture of each, and asks axe what keeps people out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotline.config.complaint import Complaint
from hotline.config.tour import chromium
from hotline.config.tour.stops import Stop
from hotline.network.seed import DEMO_PASSWORD

FLAGS = ["--no-sandbox", "--disable-gpu"]
MISSING = "没有找到 Chromium。Debian 上：apt install chromium fonts-noto-cjk；装在别处的，用环境变量 HOTLINE_CHROMIUM 指出来。"
SERIOUS = ("serious", "critical")
QUALITY = 62  # of a picture, in per cent: small enough to be kept with the sources
SETTLED = 400  # ms that scripts are given to come to rest

# Texts of one row (or line, or bar) whose boxes intersect; what is not seen, or floats above, is left out.
OVERLAPS = """() => {
  const rows = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const floats = (one) => ["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position);
  while (walker.nextNode()) {
    const text = walker.currentNode, within = text.parentElement;
    const row = within.closest("tr, li, dl, header, .verb-bar, .record-line, p");
    if (!text.data.trim() || !row || within.closest("script, style, option, .unseen")) continue;
    if (!within.checkVisibility({ visibilityProperty: true })) continue;
    let inside = within;
    while (inside !== row && !floats(inside)) inside = inside.parentElement;
    if (inside !== row) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = rows.get(row) ?? [];
    const clip = [within, within.parentElement].find((one) => getComputedStyle(one).overflowX === "hidden");
    const cut = clip ? clip.getBoundingClientRect().right : Infinity;
    for (const { left, right, top, bottom } of range.getClientRects())
      boxes.push([{ left, right: Math.min(right, cut), top, bottom }, text]);
    rows.set(row, boxes);
  }
  const found = [];
  for (const boxes of rows.values()) boxes.forEach(([a, said], i) => {
    for (const [b, other] of boxes.slice(i + 1)) {
      if (other === said) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 5) found.push(`${said.data.trim()} ⨯ ${other.data.trim()}`);
    }
  });
  return found.slice(0, 6);
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """一处毛病: on which page, which rule of axe (or what else is wrong), and where."""

    stop: str
    rule: str
    where: str


def program() -> str:
    """Where the browser is. Raises Complaint."""
    found = chromium.find()
    if found is None:
        raise Complaint(MISSING)
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """A browser without a window, for as long as it is needed. Raises Complaint."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def walk(opened: Any, site: str, stops: Iterable[Stop], folder: Path | None, *, check: bool) -> Iterator[Finding]:
    """Stop after stop; a picture of each into the folder, if there is one; what is wrong with each."""
    seats: dict[str, Any] = {}
    try:
        for stop in stops:
            if stop.login not in seats:
                seats[stop.login] = _seat(opened, site, stop.login)
            yield from _look(seats[stop.login], site, stop, folder, check=check)
    finally:
        for page in seats.values():
            page.context.close()


def _seat(opened: Any, site: str, login: str) -> Any:
    """A page of somebody's own: signed in, or a citizen's."""
    page = opened.new_context(locale="zh-CN").new_page()
    if login:
        page.goto(f"{site}/staff/sign-in/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.click("main button[type=submit]")
    return page


def _look(page: Any, site: str, stop: Stop, folder: Path | None, *, check: bool) -> Iterator[Finding]:
    page.set_viewport_size({"width": stop.size[0], "height": stop.size[1]})
    answer = page.goto(f"{site}{stop.path}")
    for link in stop.follow:
        if page.locator(link).count() == 0:
            yield Finding(stop.name, "没有可点的", link)
            return
        page.locator(link).first.click()
    page.wait_for_timeout(SETTLED)
    if answer.status != 200 or ("/sign-in/" in page.url and "/sign-in/" not in stop.path):
        yield Finding(stop.name, f"状态 {answer.status}", page.url.removeprefix(site))
    if page.evaluate("document.documentElement.scrollWidth") > stop.size[0]:
        yield Finding(stop.name, "要左右滚动", f"{stop.size[0]} 像素")
    if folder is not None:
        page.screenshot(path=str(folder / f"{stop.name}.jpg"), type="jpeg", quality=QUALITY)
    if check:
        yield from (Finding(stop.name, "字压着字", both) for both in page.evaluate(OVERLAPS))
        yield from _kept_out(page, stop)


def _kept_out(page: Any, stop: Stop) -> Iterator[Finding]:
    from axe_playwright_python.sync_playwright import Axe

    for one in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
        if one["impact"] in SERIOUS:
            yield Finding(stop.name, one["id"], str(one["nodes"][0]["target"]))
