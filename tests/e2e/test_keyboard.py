"""By keys alone (issue 6 §1): from an empty desk a record with all its elements is registered, taken in and dispatched;
what is not the text itself is counted."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from e2e.people import People
from surfaces.city import client_of, put_clock, quick_passwords
from surfaces.test_intake import TOWNSHIP, in_hand, near, sent
from surfaces.walk import Walk

MOST = 40
TEXTS = (("phone", "13955700033"), ("name", "许小满"), ("time", "昨天夜里十点起，到现在"), ("place", "梧桐里小区 3 栋"),
         ("people", "同栋约四十户"), ("cause", "小区二次供水停水"), ("course", "物业说水泵烧了，配件要等三天。"),
         ("outcome", "希望今天先送水上楼。"))  # fmt: skip


class Keys:
    """Ten fingers: every key and every chord counts as one; text as it is spoken does not."""

    def __init__(self, page: Page):
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def alt(self, key: str) -> None:
        """The key of a button; a driver's own chord does not reach access keys, so it is sent as the system does."""
        code = f"{'Digit' if key.isdigit() else 'Key'}{key}"
        said = {"modifiers": 1, "key": key, "code": code, "text": key, "unmodifiedText": key,
                "windowsVirtualKeyCode": ord(key)}  # fmt: skip
        session = self.page.context.new_cdp_session(self.page)
        for what in ("keyDown", "keyUp"):
            session.send("Input.dispatchKeyEvent", {"type": what, **said})
        self.count += 1

    def at(self) -> str:
        """The field under the cursor."""
        return str(self.page.evaluate("document.activeElement.name ?? ''"))

    def to(self, name: str) -> None:
        """On to a field, by Tab."""
        for _ in range(8):
            if self.at() == name:
                return
            self.press("Tab")
        assert self.at() == name

    def write(self, text: str) -> None:
        """Text, as an input method gives it."""
        self.page.keyboard.insert_text(text)

    def chosen(self) -> str:
        """What is chosen in the list under the cursor."""
        return str(self.page.evaluate("document.activeElement.selectedOptions[0].label"))


def recorded(page: Any, who: str, way: str) -> Keys:
    """An empty desk filled by keys, all elements and what is sorted out of them, up to the way of handling."""
    with quick_passwords():
        People(page).sign_in(who)
    page.goto("/staff/desk/intake/?new=1")
    keys = Keys(page)
    for name, text in TEXTS:
        if name == "time":
            keys.alt("E")  # past the caller's other matters and what was begun
        keys.to(name)
        keys.write(text)
    expect(page.locator("#complete")).to_have_text("六要素齐全")
    keys.to("kind")
    keys.press("ArrowRight")  # 求助
    keys.to("item")
    keys.press(*"yx")
    assert "影响正常生产生活" in keys.chosen()
    keys.to("category")
    keys.press(*"shgl")
    assert keys.chosen() == "社会管理"
    keys.press(*["Backspace"] * 4, *"gs")
    assert keys.chosen() == "城乡建设 › 供水"
    expect(page.locator("#limit")).to_contain_text("还剩 5 个工作日")  # the date is shown before it is dispatched
    keys.alt("3")
    page.wait_for_url(way)
    return keys


def test_a_record_is_dispatched_by_forty_keys(page: Any, city: str) -> None:
    """By the shift leader, the one post that does both (ADR 0034); however much was begun and came before."""
    put_clock()
    busy = client_of("shift")
    for at in range(5):
        Walk().until("register", phone=TEXTS[0][1])
        sent(busy, "save", cause=f"写到一半 {at}")
    keys = recorded(page, "shift", "**/dispatch/")
    assert keys.at() == "unit"
    keys.press(*"yqqrmzf")
    assert keys.chosen() == "埇桥区人民政府"
    keys.press("Control+Enter")
    page.wait_for_url("**/?done=dispatch")
    expect(page.locator("body")).to_contain_text("转办埇桥区")
    expect(page.locator("body")).to_contain_text("查询码")
    assert keys.count <= MOST, keys.count


def test_the_same_by_an_operator_and_a_dispatcher(page: Any, city: str) -> None:
    """Two people, each at their own desk: together no more keys than one."""
    put_clock()
    taken_in = recorded(page, "operator", "**/?done=accept")
    page.context.clear_cookies()
    with quick_passwords():
        People(page).sign_in("dispatcher")
    page.goto("/staff/desk/dispatch/")
    expect(page.locator("body")).to_contain_text("小区二次供水停水")
    dispatched = Keys(page)
    dispatched.alt("1")
    expect(page.locator("body")).to_contain_text("已转办")
    assert taken_in.count + dispatched.count <= MOST, (taken_in.count, dispatched.count)


def test_the_keys_are_shown_and_a_reload_loses_nothing(page: Any, city: str) -> None:
    put_clock()
    with quick_passwords():
        People(page).sign_in("operator")
    page.goto("/staff/desk/intake/")
    who, record, beside = (page.locator(f".matter-{part}").bounding_box() for part in ("facts", "story", "orders"))
    assert who["y"] == record["y"] == beside["y"]  # three columns, side by side
    assert who["x"] < record["x"] < beside["x"]
    page.keyboard.insert_text("139557")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("已保存在服务器")
    page.get_by_label("事由").fill("路灯不亮")
    expect(page.locator(".squares .given")).to_have_count(1)
    with page.expect_response(lambda answer: answer.status == 204):
        pass
    page.reload()
    expect(page.get_by_label("事由")).to_have_value("路灯不亮")
    page.locator("#f-secrecy").focus()
    page.keyboard.press("?")
    shown = page.locator("details.keys dl")
    for words in ("Alt 3", "转办，交派单员", "Alt 7", "Ctrl 回车"):
        expect(shown).to_contain_text(words)
    page.keyboard.press("?")
    expect(shown).not_to_be_visible()


def test_what_is_joined_is_what_the_keys_have_chosen(page: Any, city: str) -> None:
    """Nearby entries are gone through by Alt and arrows while one types on; what was chosen stays chosen."""
    put_clock()
    first, second = in_hand(TOWNSHIP, "梧桐里小区停水"), in_hand(TOWNSHIP, "梧桐里小区停水两天", category="物业服务")
    assert near(client_of("operator"), area=TOWNSHIP, cause="梧桐里小区停水", category="供水") == [first, second]
    with quick_passwords():
        People(page).sign_in("operator")
    page.goto("/staff/desk/intake/")
    keys, rows = Keys(page), page.locator("#near .near")
    expect(rows.nth(0).locator("kbd")).to_have_text("J")
    expect(rows.nth(1).locator("kbd")).to_have_count(0)
    page.locator("#f-cause").focus()
    for _ in range(2):
        page.keyboard.press("Alt+ArrowDown")
    assert keys.at() == "cause"
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    expect(rows.nth(1).locator("kbd")).to_have_text("J")
    expect(rows.nth(0).locator("kbd")).to_have_count(0)
    with page.expect_response(lambda answer: "draft=" in answer.url and answer.status == 200):
        page.get_by_label("经过").fill("水泵烧了")
        page.get_by_label("经过").press("Tab")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    for name, text in TEXTS:
        if name not in ("cause", "course"):
            page.locator(f"#f-{name}").fill(text)
    page.get_by_label("求助").check()
    page.locator("#f-item").select_option(index=6)
    keys.alt("J")
    page.wait_for_url(re.compile(rf"/join_matter/\?number={second}"))
    expect(page.get_by_role("button", name="并入另一件")).to_be_focused()  # all is filled in: read, and one key
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("Control+Enter")  # wherever the cursor is
    page.wait_for_url("**/?done=join_matter*")


def test_what_is_no_number_is_said_while_one_types_on(page: Any, city: str) -> None:
    put_clock()
    with quick_passwords():
        People(page).sign_in("operator")
    page.goto("/staff/desk/intake/")
    page.get_by_label("联系电话").fill("138abc")
    page.keyboard.press("Tab")
    expect(page.locator("#f-phone-error")).to_contain_text("只能是数字")
    expect(page.locator("#caller")).to_contain_text("这不是一个电话号码")
    page.get_by_label("联系电话").fill("13955704444")
    page.keyboard.press("Tab")
    expect(page.locator("#f-phone-error")).to_have_text("")
    expect(page.locator("#caller")).to_contain_text("以前没有来过电话")
