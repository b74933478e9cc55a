"""A return granted and dispatched anew, and one refused: the clerk asks, the deputy agrees, the office decides, and the
citizen reads who has it now."""

from __future__ import annotations

from e2e.people import People

NOT_THEIRS, THEIRS = "国道边的护栏撞坏了", "小区门口的路灯不亮"
WORDS = "从桥头往东一百米，坏了半个月，没有人管。"
REASON, BASIS = "国道由交通部门管理养护，不归我区。", "某府发〔2017〕12号第三条"
REFUSED = "三定规定写明这段路灯由你区管护。"


def taken_in(people: People, gist: str) -> None:
    """Reported and accepted."""
    people.report("投诉", gist, WORDS)
    people.sign_in("web")
    people.open_first(gist)
    people.verb("受理")
    people.choose(受理项="三（一）6 影响正常生产生活的诉求")
    people.write(时间="半个月前", 人物="过往行人", 事由="设施损坏", 缺要素的原因="诉求人没有说明")
    people.submit("受理")
    people.done("已受理")
    people.sign_out()


def dispatched(people: People, gist: str, unit: str) -> None:
    """To a unit by its name."""
    people.sign_in("dispatcher")
    people.open_first(gist)
    people.verb("转办")
    option = people.page.locator("#f-unit option", has_text=unit).first
    people.page.get_by_label("承办单位").select_option(value=option.get_attribute("value"))
    people.submit("转办")
    people.done("已转办")
    people.sign_out()


def asked(people: People, gist: str) -> None:
    """By the clerk: the basis must be a document with its number."""
    people.sign_in("yongqiao-clerk")
    people.open_first(gist)
    people.open_whole()
    people.sees("可退回至", "11月19日（周四）24:00")
    people.verb("申请退回")
    people.sees("可申请至", "11月19日（周四）24:00")
    people.write(理由=REASON, 法规政策依据="历来不归我们管")
    people.submit("申请退回")
    assert people.errors() == ["法规政策依据须写明文号或条款号。"]
    assert people.page.get_by_label("理由").input_value() == REASON
    people.write(法规政策依据=BASIS)
    people.submit("申请退回")
    people.done("已申请退回")
    people.sees("待本单位负责同志同意", REASON)
    people.sign_out()


def agreed(people: People, gist: str) -> None:
    """By the deputy, on a list of the deputy's own."""
    people.sign_in("yongqiao-deputy")
    people.go("退回待同意")
    people.open_first(gist)
    people.open_whole()
    people.sees(REASON, BASIS)
    people.verb("同意申请退回")
    people.done("已同意申请退回")
    people.sees("待热线办决定", "11月19日 24:00 前决定", "蒋立言同意")
    people.sign_out()


def before_the_office(people: People, gist: str) -> None:
    """The office opens it from the list of what is to be decided."""
    people.sign_in("dispatcher")
    people.go("待决退回")
    people.open_first(gist)
    people.open_whole()
    people.sees(REASON, BASIS, "蒋立言同意")


def test_a_return_granted_and_dispatched_anew(people: People) -> None:
    taken_in(people, NOT_THEIRS)
    dispatched(people, NOT_THEIRS, "埇桥区人民政府")
    people.follow()
    people.sees("转给埇桥区办", "12月9日（周三）24:00 前答复")
    asked(people, NOT_THEIRS)
    agreed(people, NOT_THEIRS)
    before_the_office(people, NOT_THEIRS)
    people.verb("同意退回")
    people.sees("决定期限", "11月19日（周四）24:00")
    people.submit("同意退回")
    people.done("已同意退回")
    people.sees("已退回", "热线办同意退回，已收回", "等待重新派单")
    people.sign_out()
    people.follow()
    people.sees("这件事不归埇桥区管，我们另找单位", "12月9日（周三）24:00 前答复")
    people.sees_no("谁在办", "五（六）")
    dispatched(people, NOT_THEIRS, "交通运输局")
    people.follow()
    people.sees("原来转给埇桥区，现在换成", "12月9日（周三）24:00 前答复")
    people.sign_in("jiaotong-clerk")
    people.open_first(NOT_THEIRS)
    people.verb("签收")
    people.done("已签收")


def test_a_return_refused(people: People) -> None:
    taken_in(people, THEIRS)
    dispatched(people, THEIRS, "埇桥区人民政府")
    asked(people, THEIRS)
    agreed(people, THEIRS)
    before_the_office(people, THEIRS)
    people.verb("不同意退回")
    people.submit("不同意退回")
    assert people.errors() == ["请填写“理由”。"]
    people.sees("办理期限", "12月9日（周三）24:00")
    people.write(理由=REFUSED)
    people.submit("不同意退回")
    people.done("已不同意退回")
    people.sees("热线办不同意，由本单位办理", REFUSED)
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.open_first(THEIRS)
    people.open_whole()
    people.sees(REFUSED, "12月9日（周三）24:00")
    people.verb("签收")
    people.done("已签收")
    people.sign_out()
    people.follow()
    people.sees("埇桥区接到了")
    people.sees_no("退回")
