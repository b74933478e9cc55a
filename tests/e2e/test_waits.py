"""顶栏上的件数: a page that has not counted asks once; after an own act, and when something new is told, it is counted anew;
an old number is not shown."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from hotline.casework.models import Order
from surfaces.city import put_clock, quick_passwords
from surfaces.walk import Walk

WAITS = ".waits >> nth=0"


def test_what_waits_is_counted_on_every_page(page: Any, city: str) -> None:
    put_clock()
    first, second = Walk().until("file"), Walk().until("file")
    late = Order.objects.using("owner").filter(matter__number=second.number)
    late.update(status="signed_off")
    with quick_passwords():
        People(page).sign_in("reviewer")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/staff/waits/" in one.url else None)
    page.goto("/staff/")
    expect(page.locator(WAITS)).to_have_text("等我处理 1")
    assert asked == [], "this page counts by itself"
    page.goto(first.url)
    expect(page.locator(WAITS)).to_have_text("等我处理 1")
    assert asked == [], "it was counted a moment ago"
    late.update(status="filed")
    page.evaluate("document.dispatchEvent(new Event('minsheng:news'))")
    expect(page.locator(WAITS)).to_have_text("等我处理 2")
    assert "数的" in str(page.locator(".all-waits").get_attribute("title"))
    page.goto("/staff/desk/review/")
    page.get_by_role("button", name="审核通过").first.click()
    page.wait_for_url("**done=approve**")
    page.goto(first.url)
    expect(page.locator(WAITS)).to_have_text("等我处理 1")


def test_an_old_number_is_not_shown(page: Any, city: str) -> None:
    """Where nobody answers, no number stands there rather than an old one."""
    put_clock()
    walk = Walk().until("file")
    with quick_passwords():
        People(page).sign_in("reviewer")
    page.goto("/staff/")
    page.evaluate("""() => { const [post, at, html] = JSON.parse(sessionStorage.getItem("minsheng-waits"));
        sessionStorage.setItem("minsheng-waits", JSON.stringify([post, at - 11000, html.replace(">1<", ">77<")])); }""")
    page.route("**/staff/waits/", lambda route: route.abort())
    page.goto(walk.url)
    page.wait_for_load_state("networkidle")
    expect(page.locator(WAITS)).to_have_text("等我处理 ")
