"""推送在浏览器里: a page that is open shows what is new without being loaded again; another tab of the same browser too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings
from playwright.sync_api import expect

from harness.front import front
from hotline.surfaces.push.app import Push
from surfaces.city import client_of, put_clock
from surfaces.walk import GIST, Walk


@contextmanager
def sitting(browser: Any, live: str, login: str) -> Iterator[tuple[Any, str]]:
    """A browser of somebody signed in, before a site and its push process; and where these are."""
    token = client_of(login).cookies["minsheng_session"].value
    with override_settings(HOTLINE_PUSH_PORT=1, HOTLINE_PROXIED=True), front(live, Push()) as address:
        context = browser.new_context()
        context.add_cookies([{"name": "minsheng_session", "value": token, "url": address}])
        yield context, address
        context.close()


def test_danger_shows_at_a_desk_that_is_open(city: str, live: str, browser: Any) -> None:
    """The banner comes by itself, and what is pressed in it works."""
    put_clock()
    with sitting(browser, live, "web") as (context, address):
        page = context.new_page()
        page.goto(f"{address}/staff/desk/web/")
        expect(page.locator(".alarms")).to_have_count(0)
        Walk().report(words="爸爸在井边说不想活了，救命")
        expect(page.locator(".alarms")).to_contain_text("险情待接手 1", timeout=10_000)
        page.get_by_role("button", name="接手险情").click()
        expect(page.locator(".alarms")).to_have_count(0)


def test_what_came_while_nobody_told_is_looked_for_once_somebody_does(city: str, live: str, browser: Any) -> None:
    """The push process is not there when the page opens; the page goes on, and looks when the process is back."""
    put_clock()
    walk = Walk().until("sign_off")
    with sitting(browser, live, "reviewer") as (context, address):
        context.route("**/push/", lambda route: route.abort("connectionrefused"))
        page = context.new_page()
        with page.expect_event("requestfailed"):
            page.goto(f"{address}/staff/")
        walk.act("file")
        expect(page.locator("#home-waiting")).not_to_contain_text("审核台")
        context.unroute("**/push/")
        expect(page.locator("#home-waiting")).to_contain_text("审核台", timeout=15_000)


def test_something_new_shows_in_open_pages(city: str, live: str, browser: Any) -> None:
    put_clock()
    walk = Walk().until("sign_off")
    token = client_of("reviewer").cookies["minsheng_session"].value
    with override_settings(HOTLINE_PUSH_PORT=1, HOTLINE_PROXIED=True), front(live, Push()) as address:
        context = browser.new_context()
        context.add_cookies([{"name": "minsheng_session", "value": token, "url": address}])
        home, other = context.new_page(), context.new_page()
        wrong: list[str] = []
        for page, url in ((home, "/staff/"), (other, "/staff/desk/to-review/")):
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(address + url)
        home.bring_to_front()
        expect(home.locator(".bell")).to_have_text("消息 ")
        expect(home.locator("#home-waiting")).not_to_contain_text("审核台")
        home.evaluate("window.stays = true")
        walk.act("file")
        expect(home.locator(".bell")).to_have_text("消息 1", timeout=10_000)
        expect(home.locator("#home-waiting")).to_contain_text("审核台")
        expect(home.locator("#home-side")).to_contain_text(GIST)
        assert home.evaluate("window.stays"), "it was not loaded again"
        other.bring_to_front()
        expect(other.locator(".bell")).to_have_text("消息 1")
        assert wrong == []
        context.close()


def test_the_queue_of_what_came_in_writing_grows_by_itself(city: str, live: str, browser: Any) -> None:
    """What came shows at the web desk, as does the button that takes it; what is ticked and typed there stays. Whoever
    is in a row just now has it once they leave."""
    put_clock()
    with sitting(browser, live, "web") as (context, address):
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/staff/desk/web/")
        rows = page.locator("tr.desk-row")
        expect(rows).to_have_count(0)
        page.evaluate("window.stays = true")
        first, second, third = Walk(), Walk(), Walk()
        first.report(words="楼下的井盖没了。")
        expect(rows).to_have_count(1, timeout=10_000)
        expect(page.get_by_role("button", name="取下一件")).to_be_visible()
        page.locator(f"#row-{first.number} input").check()
        page.locator("input[name=reason]").fill("内容是广告")
        page.locator("h1").click()
        second.report()
        expect(rows).to_have_count(2, timeout=10_000)
        expect(page.locator(f"#row-{first.number} input")).to_be_checked()
        expect(page.locator(f"#row-{second.number} input")).not_to_be_checked()
        expect(page.locator("input[name=reason]")).to_have_value("内容是广告")
        page.locator(f"#row-{second.number} input").focus()
        third.report()
        expect(page.locator("#desk-filters")).to_contain_text("书面来件3", timeout=10_000)
        expect(rows).to_have_count(2)
        page.locator("h1").click()
        page.evaluate("document.activeElement.blur()")
        expect(rows).to_have_count(3, timeout=10_000)
        expect(page.locator(f"#row-{first.number} input")).to_be_checked()
        assert page.evaluate("window.stays"), "it was not loaded again"
        assert wrong == []
