"""From the citizen's form to the answer on the citizen's page, through every desk of the line."""

from __future__ import annotations

from e2e.people import People

GIST = "楼道灯三个月不亮"
WORDS = "我们单元从一楼到六楼，灯三个月没亮过。\n报了两回物业，都说等配件。"
ANSWER = "楼道灯已经换好 8 盏，请您晚上再看看。"


def submits(people: People) -> None:
    people.home()
    people.sees("110", "119", "120", "12345")
    people.go("我要反映")
    people.press("下一步，核对")
    assert people.errors() == [
        "请选择“您要”。",
        "请填写“一句话，是什么事”。",
        "请填写“详细说说”。",
        "请选择“办理结果能放到网上吗”。",
    ]
    people.tick("投诉", "可以公开（不写您的姓名和电话）")
    people.write(一句话=GIST, 详细说说=WORDS, 在哪里="某小区 6 栋", 怎么称呼您="周女士", 您的电话="没有")
    people.press("下一步，核对")
    assert people.errors() == ["“您的电话”只能是数字，例如 13912345678；座机请加区号。"]
    assert people.page.get_by_label("详细说说").input_value() == WORDS
    assert people.page.get_by_label("投诉").is_checked()
    people.write(您的电话="13912342716")
    people.press("下一步，核对")


def checks_and_sends(people: People) -> None:
    people.sees("请您核对", GIST, "报了两回物业，都说等配件。", "某小区 6 栋", "投诉", "13912342716")
    people.press("^改 ?在哪里")
    assert people.page.get_by_label("详细说说").input_value() == WORDS
    people.write(在哪里="某小区 6 栋 2 单元")
    people.press("下一步，核对")
    people.sees("某小区 6 栋 2 单元")
    people.press("交上来")
    people.receipt()
    people.sees("12月10日（周四）24:00 前答复您", "五（二）4", "投诉，15 个工作日内答复")


def accepts(people: People) -> None:
    people.sign_in("web")
    people.open_first(GIST)
    people.sees("报了两回物业，都说等配件。", "投诉", "待受理")
    people.sees_no("13912342716", "周女士")
    people.verb("受理")
    people.choose(受理项="三（一）6 影响正常生产生活的诉求")
    people.submit("受理")
    assert people.errors() == [f"缺少“{one}”，也没有说明缺少的原因" for one in ("时间", "人物", "事由", "经过", "结果")]
    assert people.page.get_by_label("地点").input_value() == "某小区 6 栋 2 单元"
    people.write(时间="三个月前", 人物="6 栋 2 单元住户", 事由="楼道灯全部不亮", 缺要素的原因="诉求人没有说明")
    people.submit("受理")
    people.done("已受理")
    people.sign_out()


def dispatches(people: People) -> None:
    people.sign_in("dispatcher")
    people.open_first(GIST)
    people.verb("转办")
    unit = people.page.locator("#f-unit option", has_text="埇桥区人民政府").first
    people.page.get_by_label("承办单位").select_option(value=unit.get_attribute("value"))
    people.submit("转办")
    people.done("已转办")
    people.open_whole()
    people.sees("12月9日（周三）24:00", "为什么是 12月9日（周三）24:00", "埇桥区")
    people.sign_out()


def handles(people: People) -> None:
    people.sign_in("yongqiao-clerk")
    people.open_first(GIST)
    people.verb("签收")
    people.done("已签收")
    people.verb("记联系")
    people.choose(结果="联系上了", 方式="电话")
    people.write(情况="问清了是 2 单元一到六楼")
    people.submit("记联系")
    people.done("已记联系")
    people.verb("写反馈件")
    people.write(
        反馈件正文="经查，2 单元楼道灯 8 盏损坏，已督促物业更换。", 给诉求人的答复=ANSWER, 可公开的文字="楼道灯已更换。"
    )
    people.submit("写反馈件")
    people.done("已写反馈件")
    people.sees("还缺")


def completes(people: People) -> None:
    people.verb("写反馈件")
    people.page.get_by_role("group", name="对诉求的正面回应").get_by_label("是").check()
    people.write(
        政策法规引用的文号和出处="物业管理条例 | 国务院令第698号", 与诉求人沟通反馈的情况="已告知结果",
        办理责任单位名称="埇桥区人民政府", 责任人姓名="沈明礼", 承办责任人联系电话="05570000002",
    )  # fmt: skip
    people.choose(与诉求人沟通的联系方式="电话", 诉求人的满意程度="满意", 是否属实="属实", 是否解决="是", 单位的公开意见="公开")
    people.submit("写反馈件")
    people.sees("要素齐全")
    people.verb("答复诉求人")
    people.choose(答复方式="电话")
    people.submit("答复诉求人")
    people.done("已答复诉求人")
    people.sign_out()


def signs_off(people: People) -> None:
    people.sign_in("yongqiao-deputy")
    people.open_first(GIST)
    people.verb("签批")
    people.submit("签批")
    people.done("已签批")
    people.sign_out()


def files(people: People) -> None:
    people.sign_in("yongqiao-clerk")
    people.go("待报送")
    people.open_first(GIST)
    people.verb("报送反馈件")
    people.done("已报送反馈件")
    people.sees("按时")
    people.sign_out()


def approves(people: People) -> None:
    people.sign_in("reviewer")
    people.open_first(GIST)
    people.sees(ANSWER)
    people.verb("审核通过")
    people.submit("审核通过")
    people.done("已审核通过")
    people.sign_out()


def follows_up(people: People) -> None:
    people.sign_in("follow")
    people.page.goto(f"/staff/m/{people.number}/")
    people.verb("回访")
    assert people.page.get_by_role("group", name="联系上了").get_by_label("是").is_checked()
    people.choose(事情解决了吗="解决了", 结果="非常满意")
    people.submit("回访")
    people.done("已回访")
    people.sign_out()


def rates(people: People) -> None:
    people.follow()
    people.sees("给您的答复", ANSWER, "埇桥区人民政府", "您的事解决了吗")
    people.press("没有解决")
    assert people.page.get_by_label("没有解决").is_checked()
    people.tick("解决了")
    people.press("交评价")
    assert people.errors() == ["请选对结果的评价。"]
    people.page.get_by_role("group", name="对办事的结果").get_by_label("满意", exact=True).check()
    people.press("交评价")
    people.sees("您评价了办理结果", ANSWER)
    people.sees_no("您的事解决了吗")


def archives(people: People) -> None:
    people.sign_in("reviewer")
    people.go("到日自动归档")
    people.open_first(GIST)
    people.verb("归档")
    people.done("已归档")
    people.sees("归档，台账定稿")


STEPS = (submits, checks_and_sends, accepts, dispatches, handles, completes, signs_off, files, approves, follows_up,
         rates, archives)  # fmt: skip


def test_a_citizens_words_come_back_as_an_answer(people: People) -> None:
    for step in STEPS:
        step(people)
