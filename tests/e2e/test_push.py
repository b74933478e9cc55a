"""推送在浏览器里: a page that is open shows what is new without being loaded again; another tab of the same browser too."""

from __future__ import annotations

from typing import Any

from django.test import override_settings
from playwright.sync_api import expect

from harness.front import front
from hotline.surfaces.push.app import Push
from surfaces.city import client_of, put_clock
from surfaces.walk import GIST, Walk


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
