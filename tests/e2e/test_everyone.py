"""Real pages with real data, for everyone: axe finds nothing serious, nothing is cut off on a phone or a wide screen,
and the keyboard goes from the list to the verb."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness.browser import serious
from surfaces.city import client_of, put_clock
from surfaces.walk import Walk

WIDTHS = (1440, 1920, 390)
CITIZENS = {"/": "您遇到什么事，告诉我们", "/refused/": "哪些事热线不办，该找谁", "/submit/": "我要反映",
            "/follow/": "查办理进度", "/nowhere/": "没有找到"}  # fmt: skip
STAFF = (
    ("yongqiao-clerk", "/staff/desk/open/", "全部未结"),
    ("yongqiao-clerk", "/staff/desk/open/?m={number}&done=draft_reply", "全部未结"),
    ("yongqiao-clerk", "/staff/m/{number}/", "楼道灯三个月不亮"),
    ("yongqiao-clerk", "/staff/m/{number}/draft_reply/", "写反馈件"),
    ("yongqiao-clerk", "/staff/m/{number}/sign_for/", "现在不能签收"),
    ("yongqiao-clerk", "/staff/m/{number}/sign_off/", "现在不能签批"),
    ("web", "/staff/m/{fresh}/accept/", "受理"),
    ("web", "/staff/desk/to-decide/", "待派单"),
    ("operator", "/staff/register/", "登记"),
    ("reviewer", "/staff/rulebook/", "宿州市12345政府热线工作规范"),
    ("reviewer", "/staff/rulebook/duties/", "宿州市12345政府热线工作规范"),
    ("reviewer", "/staff/clause/五（二）4/", "五（二）4"),
    ("reviewer", "/staff/clause/R-01/", "R-01"),
    ("admin", "/staff/", "单位与人员"),
    ("admin", "/staff/m/{number}/", "没有找到"),
    ("shift", "/staff/password/", "改口令"),
)


def cut_off(page: Any) -> list[int]:
    """Widths at which a page must be scrolled sideways."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(width)
    return wrong


def judged(page: Any, heading: str) -> list[Any]:
    """All that is wrong with the page as it stands, which must be the one with this heading."""
    page.set_viewport_size({"width": 1440, "height": 900})
    said = page.locator("h1").inner_text()
    return [*([] if said.startswith(heading) else [said]), *serious(page), *cut_off(page)]


def sit_down(page: Any, login: str) -> None:
    """The browser acts as somebody."""
    token = client_of(login).cookies["minsheng_session"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "minsheng_session", "value": token, "url": page.url_of_site}])


@pytest.fixture
def seen(city: str, page: Any, live: str) -> Any:
    """A browser on a city with one matter in hand and one just come in."""
    put_clock()
    page.url_of_site = live
    page.walk = Walk().until("draft_reply")
    page.fresh = Walk().until("register")
    return page


def test_axe_would_see_a_fault(seen: Any) -> None:
    seen.goto("/submit/")
    seen.evaluate("document.querySelector('label[for=f-gist]').remove()")
    assert "label" in [what for what, _ in serious(seen)]


def test_staff_pages(seen: Any) -> None:
    wrong = {}
    for login, address, heading in STAFF:
        sit_down(seen, login)
        url = address.format(number=seen.walk.number, fresh=seen.fresh.number)
        seen.goto(url)
        wrong[login, address] = judged(seen, heading)
    assert {what: found for what, found in wrong.items() if found} == {}


def test_staff_forms_gone_wrong(seen: Any) -> None:
    sit_down(seen, "web")
    seen.goto(f"/staff/m/{seen.fresh.number}/accept/")
    seen.locator(".form-acts button").click()
    assert seen.locator(".error-summary").is_visible()
    assert judged(seen, "受理") == []
    sit_down(seen, "yongqiao-clerk")
    seen.goto(f"/staff/m/{seen.walk.number}/draft_reply/")
    seen.walk.act("draft_reply")
    seen.locator(".form-acts button.verb-primary").click()
    assert seen.locator(".conflict").is_visible()
    assert judged(seen, "写反馈件") == []


@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_citizens_pages(seen: Any, large: bool) -> None:
    wrong: dict[str, list[Any]] = {}
    seen.goto("/")
    seen.get_by_role("button", name="大字" if large else "标准").click()
    for address, heading in CITIZENS.items():
        seen.goto(address)
        wrong[address] = judged(seen, heading)
    seen.goto("/submit/")
    seen.locator(".form-acts button").click()
    wrong["errors"] = judged(seen, "我要反映")
    seen.get_by_label("投诉").check()
    seen.get_by_label("可以公开").check()
    seen.get_by_label("一句话").fill("楼道灯不亮")
    seen.get_by_label("详细说说").fill("三个月了。")
    seen.locator(".form-acts button").click()
    wrong["check"] = judged(seen, "请您核对")
    seen.get_by_role("button", name="交上来").click()
    wrong["done"] = judged(seen, "收到了")
    follow(seen, wrong)
    assert {what: found for what, found in wrong.items() if found} == {}


def follow(page: Any, wrong: dict[str, list[Any]]) -> None:
    """In hand, answered, rated with something forgotten."""
    for verb in ("answer_citizen", "sign_off", "file", "approve"):
        page.walk.act(verb)
    page.goto("/follow/")
    page.get_by_label("编号").fill(page.walk.number)
    page.get_by_label("查询码").fill(page.walk.code)
    page.locator(".form-acts button").click()
    wrong["follow"] = judged(page, "楼道灯三个月不亮")
    page.get_by_role("button", name="没有解决").click()
    page.locator(".form-acts button").click()
    wrong["rate"] = judged(page, "您的评价")


def test_the_keyboard_goes_from_the_list_to_the_verb(seen: Any) -> None:
    sit_down(seen, "yongqiao-clerk")
    seen.goto("/staff/desk/open/")
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.textContent") == "跳到正文"
    seen.locator(".row-gist a").first.focus()
    seen.keyboard.press("Enter")
    seen.wait_for_url("**/staff/desk/open/?m=**")
    seen.locator(".verb-more summary").focus()  # what is open stands first; the rest unfolds
    seen.keyboard.press("Enter")
    closed = seen.locator(".verb-bar .verb-closed .verb").first
    closed.focus()
    assert seen.locator(".verb-why").first.is_visible()
    assert "工单现在“待签批”，不能“签收”。" in seen.locator(".verb-why").first.inner_text()


# What is pressed there; clauses and links within a sentence are read, not pressed.
PRESSED = ("button:not(.clause),summary,select,textarea,.verb,.top-nav a,.top-mine a,.desk-filters a,.counts a,"
           ".desk-foot a,input:not([type=hidden],[type=checkbox],[type=radio]),.tabs a,.back")  # fmt: skip
LOW = """(pressed) => [...document.querySelectorAll(pressed)].filter((one) => one.checkVisibility())
  .map((one) => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 80)])
  .filter(([height]) => height < 43.5)"""
UPSTAIRS = {"yongqiao-deputy": ("", "desk/sign-off/", "desk/open/", "unit/", "search/?q=灯", "notices/"),
            "leader": ("", "desk/leaders/", "desk/leaders/given/", "desk/to-instruct/", "notices/")}  # fmt: skip


def test_leaders_and_heads_hit_everything_with_a_thumb(seen: Any) -> None:
    """On a telephone whatever is pressed is 44 pixels high; a row of a list is one target, as high as it is."""
    seen.walk.act("answer_citizen")
    seen.set_viewport_size({"width": 390, "height": 844})
    low: dict[str, list[Any]] = {}
    for login, pages in UPSTAIRS.items():
        sit_down(seen, login)
        for page in pages:
            seen.goto(f"/staff/{page}")
            low[f"{login} {page}"] = seen.evaluate(LOW, PRESSED)
    assert {page: found for page, found in low.items() if found} == {}
    sit_down(seen, "yongqiao-deputy")
    seen.goto("/staff/desk/open/")
    row = seen.locator(".desk-row").first.bounding_box()
    seen.mouse.click(row["x"] + 8, row["y"] + row["height"] - 6)  # far from the words
    seen.wait_for_url("**m=*")


UNDER = """() => {
  const one = document.activeElement, bar = document.querySelector(".verb-bar");
  if (one === document.body || bar.contains(one)) return "";
  const [own, over] = [one.getBoundingClientRect(), bar.getBoundingClientRect()];
  return own.height < 200 && own.bottom > over.top && own.top < over.bottom ? one.outerHTML.slice(0, 90) : "";
}"""


def test_what_the_keyboard_reaches_is_not_hidden_under_the_bar(seen: Any) -> None:
    seen.walk.act("answer_citizen")
    sit_down(seen, "yongqiao-deputy")
    seen.set_viewport_size({"width": 1000, "height": 500})
    seen.goto("/staff/desk/sign-off/")
    assert seen.evaluate("document.documentElement.scrollHeight > innerHeight")
    hidden = []
    for _ in range(50):
        seen.keyboard.press("Tab")
        hidden.append(seen.evaluate(UNDER))
    assert [one for one in hidden if one] == []
    seen.locator("details.keys").evaluate("one => { one.open = true; }")
    told = seen.locator("details.keys dd").all_inner_texts()
    assert len(told) > 6
    assert [one for one in told if re.search(r" \w$", one)] == [], "a key is not said twice"
