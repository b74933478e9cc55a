"""An operator types, finds an entry of the knowledge base, puts it into the answer by one key, and answers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_keyboard import Keys
from support import entries
from surfaces.city import WEDNESDAY, put_clock, quick_passwords

TEXTS = (("phone", "13955700033"), ("name", "许小满"), ("time", "今天上午"), ("place", "梧桐里小区"), ("people", "本人"),
         ("cause", "居住证怎样办理"), ("course", "刚来务工，想问要带什么材料。"), ("outcome", "想知道到哪里办。"))  # fmt: skip


def test_typed_found_inserted_answered(page: Any, city: str) -> None:
    put_clock()
    entries.confirmed(entries.somebody("clerk", "201"), WEDNESDAY)
    with quick_passwords():
        People(page).sign_in("shift")
    page.goto("/staff/desk/intake/")
    keys = Keys(page)
    for name, text in TEXTS:
        keys.to(name)
        keys.write(text)
    expect(page.locator("#entries")).to_contain_text("居住证怎样办")  # by what is written already
    page.locator("#find").fill("没有这回事")
    expect(page.locator("#entries")).to_contain_text("没有说这件事的")
    page.locator("#find").fill("派出所")
    expect(page.locator("#entries")).to_contain_text("居住证怎样办")  # as one types
    page.get_by_label("咨询").check()
    page.locator("#f-item").select_option(index=1)
    expect(page.locator("#limit")).to_contain_text("还剩")
    keys.alt("5")
    page.wait_for_url("**/answer_at_once/**")
    expect(page.locator("#f-answer")).to_have_value(entries.GOOD["body"])
    page.locator("#f-answer").fill("您好。")
    keys.alt("5")  # once more, at the end of what is written
    expect(page.locator("#f-answer")).to_have_value(f"您好。\n{entries.GOOD['body']}")
    page.locator(".verb-form .verb-primary").click()
    page.wait_for_url("**/?done=answer_at_once")
    expect(page.locator("body")).to_contain_text("第 1 版")
