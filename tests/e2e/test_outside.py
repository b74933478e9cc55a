"""紧急移交与省级交办 walked: an emergency is handed over with who took it, never only declined; what the province passed on
bears its number and day, and its emergency is reported within minutes."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.people import People

WORDS = "桥墩掉下石块，砸伤了人。"


def reported(people: People, gist: str, login: str) -> None:
    """A citizen writes, somebody of the office opens it."""
    people.report("投诉", gist, WORDS)
    people.sign_in(login)
    people.open_first(gist)
    people.open_whole()


def test_an_emergency_is_handed_over(people: People) -> None:
    reported(people, "有人被困电梯", "web")
    people.verb("移交紧急救助")
    people.choose(移交给="119 火警")
    people.submit("移交紧急救助")
    assert people.errors() == ["请写明对方是谁接的。"]
    people.write(谁接的="2 号席")
    people.submit("移交紧急救助")
    people.done("已移交紧急救助")
    people.sees("移交 119，对方接下了", "接的人：2 号席")
    people.sign_out()
    people.follow()
    people.sees("情况紧急，我们转给了紧急救助", "119")


def test_what_the_province_passed_on_and_an_emergency_in_it(people: People) -> None:
    reported(people, "桥墩裂缝伤人", "shift")
    people.page.locator(".verb-more summary").click()
    people.verb("记来源")
    people.choose(从哪里来="省级平台")
    people.write(来源的编号="省转 77", 来源要求的日子="2026-11-24")
    people.submit("记来源")
    people.done("已记来源")
    people.sees("省级平台 省转 77", "11月24日（周二）24:00 前", "来源的期限")
    people.page.locator(".verb-more summary").click()
    people.verb("认定紧急信息")
    people.sees("报送期限")
    people.choose(哪一类="事故灾难")
    people.write(凭什么认定="有人受伤")
    people.submit("认定紧急信息")
    people.sees("还没有报")
    expect(people.page.locator(".verb-bar .verb-primary").first).to_contain_text("紧急信息报送")
    people.verb("紧急信息报送")
    people.choose(报送方式="电话")
    people.write(值班室谁接的="总值班室甲", 报送的内容="一人受伤，已送医")
    people.submit("紧急信息报送")
    people.done("已紧急信息报送")
    people.sees("紧急信息报总值班室", "接的人：总值班室甲")
