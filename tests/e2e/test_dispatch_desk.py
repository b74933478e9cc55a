"""The dispatcher's desk at the browser, by its keys: one given to whom the catalogue names, one put before the
government since nobody's it is; nothing is given away by Enter."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_keyboard import Keys
from hotline.casework.models import Matter
from surfaces.walk import Walk


def test_two_matters_one_after_the_other(people: People) -> None:
    first, second = Walk().until("accept"), Walk().until("accept", gist="埇桥区的井盖缺了一半")
    Matter.objects.update(area="341302")
    people.sign_in("dispatcher")
    people.go("派单台")
    page, keys = people.page, Keys(people.page)
    people.sees(first.number, "待派单 2", "市城管局", "《城市照明管理规定》（住房和城乡建设部令第4号）", "还剩 15 个工作日")
    page.get_by_role("textbox", name="协办单位").press("Enter")
    assert people.errors() == ["请按下面的一个办法。"]
    expect(page.get_by_label("协办：埇桥区")).to_be_checked()
    keys.alt("S")
    assert people.errors() == ["请选择“另选单位”。"]  # as its field is called here
    keys.alt("1")
    people.sees("已转办", "井盖缺了一半", "待派单 1")
    page.locator("details.keys summary").click()
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):  # else only what every page has
        expect(page.locator("details.keys [data-here] dd", has_text="另选单位")).to_have_text("另选单位（选填）")
    page.locator("details.keys summary").click()
    keys.alt("G")
    people.sees("请填写“意见”。")
    keys.alt("E")
    keys.write("井盖归谁，三家都说不是。")
    keys.alt("U")
    assert keys.at() == "unit"
    page.get_by_label("另选单位").select_option(label="宿州市城市管理局")
    keys.alt("G")
    people.sees("已提请指定", "现在没有等着办的件")
    people.go("待指定 1")
    people.sees(second.number, "热线办 提请指定 市城管局", "井盖归谁，三家都说不是。", "待市领导指定")
    page.goto(first.url)
    people.sees("市城管局", "埇桥区")
