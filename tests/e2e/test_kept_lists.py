"""What the office keeps by itself, at the browser by keys alone: how messages read, which unit answers for what, the
categories, which the operator's desk finds at once; and a file whose fault is told by its row and column."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_keyboard import Keys
from network.sheet_files import book_of

AT = "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || ''"
HEADS = ["类别", "县区", "牵头", "协办", "依据", "起用", "状态"]


class Tab(Keys):
    """On by Tab alone, to whatever says this."""

    def on(self, words: str) -> None:
        """To a link, a button or a field by its words."""
        for _ in range(60):
            self.press("Tab")
            if str(self.page.evaluate(AT)).strip().startswith(words):
                return
        raise AssertionError(f"no way to {words} by keys")

    def follow(self, words: str) -> None:
        """On to it, and press it."""
        self.on(words)
        self.send("Enter")

    def send(self, key: str = "Control+Enter") -> None:
        """What leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def over(self, label: str, text: str) -> None:
        """In the place of what stands in a field."""
        self.on(label)
        self.press("Control+a")
        self.write(text)

    def find(self, label: str, text: str) -> None:
        """By the box of the list."""
        self.over(label, text)
        self.send("Enter")


def seated(people: People, login: str, url: str) -> Tab:
    """At a page, as somebody."""
    people._send_the_form(login)
    people.page.goto(url)
    return Tab(people.page)


def test_words_of_a_message(people: People) -> None:
    keys = seated(people, "admin", "/staff/network/wordings/")
    keys.find("找什么时候", "已经收到")
    people.sees("登记以后", "原文")
    keys.follow("修改")
    people.sees("给谁", "可用的空", "（必须有）")
    keys.over("用语", "收到您的来电。")
    keys.follow("保存")
    people.sees("事项编号")
    assert people.errors()
    keys.over("用语", "您的来电收到了，编号 {number}。{promise}")
    keys.on("先看样子")
    keys.press("Space")
    keys.follow("保存")
    people.sees("您的来电收到了，编号 20261118-0017-4", "没有改过")
    keys.follow("保存")
    people.done("已经照这样说")
    people.sees("1 版")
    keys.follow("恢复原文")
    keys.follow("恢复原文")
    people.sees("您反映的事已经收到")
    keys.find("找什么时候", "已经收到")
    expect(people.page.locator("tbody tr").first).to_contain_text("原文")


def test_the_duty_catalogue(people: People) -> None:
    keys = seated(people, "admin", "/staff/network/catalogue/")
    keys.follow("目录增项")
    keys.on("类别")
    keys.press(*"gs")
    assert keys.chosen() == "城乡建设 › 供水"
    keys.on("县区")
    keys.press(*"yqq")
    assert keys.chosen() == "埇桥区"
    keys.over("牵头单位", "市城管局")
    keys.send()
    people.done("已")
    row = people.page.locator("tbody tr", has_text="埇桥区")
    expect(row).to_contain_text("市城管局")
    keys.find("找类别", "供水")
    keys.on("停用")  # the whole city's
    keys.follow("停用")
    keys.on("停用日")
    keys.send()
    people.done("已")
    expect(people.page.locator("h2", has_text="已停用")).to_contain_text("1 条")
    keys.find("找类别", "供水")
    keys.follow("恢复")
    keys.on("起用日")
    keys.send()
    people.done("已")
    expect(people.page.locator("tbody tr", has_text="埇桥区")).to_have_count(2)
    _by_a_file(people)


def _by_a_file(people: People) -> None:
    people.go("导入")
    for lead, words in (("没有的局", ("有 1 处要改", "职责目录", "没有的局")), ("市城管局", ("导入会改这些",))):
        rows = [["供热", "埇桥区", lead, "", "", "", ""]]
        file: Any = {"name": "目录.xlsx", "mimeType": "application/octet-stream", "buffer": book_of(职责目录=(HEADS, rows))}
        people.page.set_input_files("input[type=file]", files=[file])
        people.press("看看会改什么")
        people.sees(*words)
        if lead == "没有的局":
            cells = people.page.locator("tbody tr").first.locator("td").all_inner_texts()
            assert cells[:3] == ["职责目录", "2", "牵头"], cells
    people.press("确认导入")
    people.done("已")


def test_categories_and_the_operators_desk(people: People) -> None:
    keys = seated(people, "admin", "/staff/network/categories/")
    keys.follow("增设类别")
    keys.over("名称", "犬只管理")
    keys.on("上级类别")
    keys.press(*"cxjs")
    assert keys.chosen() == "城乡建设"
    keys.send()
    people.done("已")
    people.sees("qzgl")
    keys.follow("改名")
    keys.over("名称", "养犬登记")
    keys.send()
    people.done("已")
    assert _found(people, "yqdj") == "城乡建设 › 养犬登记"
    keys = seated(people, "admin", "/staff/network/categories/?q=养犬登记")
    keys.follow("停用")
    keys.on("停用日")
    keys.send()
    people.done("已")
    assert "养犬登记" not in _found(people, "yqdj")


def _found(people: People, letters: str) -> str:
    """What the operator's desk finds by letters."""
    keys = seated(people, "operator", "/staff/desk/intake/?new=1")
    people.page.locator("#f-category").focus()
    keys.press(*letters)
    return keys.chosen()
