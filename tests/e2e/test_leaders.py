"""呈办 walked: the office submits with its opinion, a unit begins meanwhile, the leader instructs, the office dispatches
as instructed and reports; another leader sees nothing, the citizen reads plain words."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_return import taken_in
from surfaces.test_leaders_desk import OPINION as PROPOSED
from surfaces.test_leaders_desk import submitted as put_before
from surfaces.walk import WORDS as TOLD

GIST, OPINION, WORDS = "三条路口的积水", "几个部门都沾边，拟请市住建局牵头", "请埇桥区牵头，本月内办好"
REPORT = "三处积水点已经改造，诉求人满意"


def unit(people: People, label: str, name: str) -> None:
    """A unit from a list that sets those of level 3 off."""
    option = people.page.get_by_label(label).locator("option", has_text=name).first
    people.page.get_by_label(label).select_option(value=option.get_attribute("value"))


def opened(people: People, login: str, desk: str) -> None:
    """Somebody goes to one of their lists and opens the matter there."""
    people.sign_in(login)
    people.go(desk)
    people.open_first(GIST)


def submitted(people: People) -> None:
    """Without an opinion it does not go; then it does, to one of the two leaders."""
    opened(people, "dispatcher", "待派单")
    people.verb("呈办")
    people.choose(呈报的理由="跨部门", 呈报的领导="赵知远（市政府）")
    people.submit("呈办")
    assert len(people.errors()) == 1
    people.write(拟办意见=OPINION)
    unit(people, "拟由哪个单位办", "市住房和城乡建设局")
    people.submit("呈办")
    people.done("已呈办")
    people.sign_out()


def begun_meanwhile(people: People) -> None:
    """The form begins with the unit proposed."""
    opened(people, "dispatcher", "呈报待批示")
    people.verb("先行交办")
    expect(people.page.get_by_label("承办单位").locator("option:checked")).to_contain_text("市住房和城乡建设局")
    people.submit("先行交办")
    people.done("已先行交办")
    people.sign_out()


def instructed(people: People) -> None:
    """Only the leader it was submitted to has it on the list."""
    people.sign_in("leader2")
    people.sees("现在没有待批示的件")
    people.sign_out()
    people.sign_in("leader")
    people.open_first(GIST)
    people.open_whole()
    people.sees(OPINION, "市住建局")
    people.verb("批示")
    people.write(批示内容=WORDS)
    unit(people, "交哪个单位办", "埇桥区人民政府")
    people.submit("批示")
    people.done("已批示")
    people.sign_out()


def carried_out(people: People) -> None:
    """Another unit holds it: it is taken back, and goes where the leader said."""
    opened(people, "dispatcher", "批示待落实")
    people.page.locator(".verb-more summary").click()
    people.verb("收回改派")
    people.write(理由="照批示改派")
    people.submit("收回改派")
    people.open_whole()
    people.sees("与拟办的不同：市住建局")
    people.verb("照批示交办")
    people.sees(WORDS)
    unit(people, "承办单位", "市城市管理局")
    people.submit("照批示交办")
    assert any("请写明理由" in said for said in people.errors())
    unit(people, "承办单位", "埇桥区人民政府")
    people.submit("照批示交办")
    people.done("已照批示交办")
    people.sign_out()


def handled(people: People) -> None:
    """The unit reads the instruction and not the office's opinion; its head signs."""
    people.sign_in("yongqiao-clerk")
    people.open_first(GIST)
    people.open_whole()
    people.sees(WORDS)
    people.sees_no(OPINION)
    people.verb("签收")
    people.sign_out()


def test_submitted_instructed_dispatched(people: People) -> None:
    taken_in(people, GIST)
    submitted(people)
    begun_meanwhile(people)
    instructed(people)
    carried_out(people)
    handled(people)
    people.follow()
    people.sees("报给市领导看", "市领导批示了", "转给埇桥区办")
    people.sees_no(WORDS, OPINION)


def test_two_on_a_telephone(people: People) -> None:
    """Opened, read, instructed on; the next one comes, and goes back with a reason; what became of both is below."""
    first, second = put_before(), put_before(gist="井盖缺了一半")
    people.page.set_viewport_size({"width": 390, "height": 844})
    people.sign_in("leader")
    people.go("呈办")
    people.sees(first.number, TOLD, PROPOSED, "还没有交给单位", "等批示 2")
    bar = people.page.locator(".verb-bar")
    expect(bar.get_by_role("button", name="批示")).to_be_in_viewport()
    bar.get_by_role("button", name="批示").click()
    assert any("请填写“批示内容”" in said for said in people.errors())
    people.write(批示内容=WORDS, 协办单位="")
    unit(people, "交哪个单位办", "埇桥区人民政府")
    bar.get_by_role("button", name="批示").click()
    people.sees("已批示", second.number, "待批示 1", WORDS, "还没有照批示交办")
    assert people.page.evaluate("document.documentElement.scrollWidth") <= 390
    people.write(批示内容="先由两局商量")
    bar.get_by_role("button", name="退回呈件").click()
    people.sees("已退回呈件", "现在没有等您批示的", "先由两局商量")
