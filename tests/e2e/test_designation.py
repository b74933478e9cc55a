"""A dispute between two units: the office proposes whom the city's leaders may designate. Withdrawn, the return it had
answered lies before the office again; designated, who is named has a full limit of its own and the other gives way."""

from __future__ import annotations

from e2e.people import People
from e2e.test_return import agreed, asked, before_the_office, dispatched, taken_in

GIST, WHY, OPINION = "桥下的涵洞积水", "两家已经商量好，由区里先办", "区里和住建都沾边，建议由市住建局承办"
DOCUMENT = "宿政办明电〔2020〕11号"


def more(people: People) -> None:
    """What one seldom does stands behind the others."""
    people.page.locator(".verb-more summary").click()


def proposed(people: People) -> None:
    """By the office, in answer to the unit's return."""
    more(people)
    people.verb("提请指定")
    option = people.page.locator("#f-unit option", has_text="市住房和城乡建设局").first
    people.page.get_by_label("建议的承办单位").select_option(value=option.get_attribute("value"))
    people.write(意见和理由=OPINION)
    people.submit("提请指定")
    people.done("已提请指定")


def withdrawn(people: People) -> None:
    """A reason is owed."""
    more(people)
    people.verb("撤回提请")
    people.submit("撤回提请")
    assert len(people.errors()) == 1
    people.write(理由=WHY)
    people.submit("撤回提请")
    people.done("已撤回提请")
    people.sees("撤回提请，不再请市政府指定", WHY)
    people.sign_out()


def designated(people: People) -> None:
    """By a leader, by a document."""
    people.sign_in("leader")
    people.go("待指定")
    people.open_first(GIST)
    people.open_whole()
    people.verb("指定承办单位")
    people.sees(OPINION)
    option = people.page.locator("#f-unit option", has_text="市住房和城乡建设局").first
    people.page.locator("#f-unit").select_option(value=option.get_attribute("value"))
    people.submit("指定承办单位")
    assert people.errors() == ["请填写“文件”。"]
    people.write(文件=DOCUMENT)
    people.submit("指定承办单位")
    people.done("已指定承办单位")
    people.sign_out()


def disputed(people: People) -> None:
    """Taken in, dispatched, asked to be taken back, and put before the leaders."""
    taken_in(people, GIST)
    dispatched(people, GIST, "埇桥区人民政府")
    asked(people, GIST)
    agreed(people, GIST)
    before_the_office(people, GIST)
    proposed(people)


def test_a_designation_proposed_and_made(people: People) -> None:
    disputed(people)
    people.sign_out()
    designated(people)
    people.sign_in("dispatcher")
    people.page.goto(f"/staff/m/{people.number}/")
    people.sees("市住建局", DOCUMENT, "五（二）4", "12月9日（周三）24:00")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    assert people.page.goto(f"/staff/m/{people.number}/").status == 404, "whoever held it gave way"


def test_a_designation_proposed_and_withdrawn(people: People) -> None:
    disputed(people)
    withdrawn(people)
    before_the_office(people, GIST)
    people.sees("待热线办决定")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.open_first(GIST)
    people.open_whole()
    people.sees(WHY)
