"""The shift leader's desk at the browser: a refusal is decided where it stands, what was left lying is taken over, the
shift is handed over by a note that the next leader confirms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_keyboard import Keys
from hotline.procedure import times
from hotline.surfaces.models import Draft
from surfaces.city import put_clock, quick_passwords, status_of
from surfaces.walk import GIST, Walk

REFUSAL = {"refusal": "三（二）6", "reason": "邻里之间的私事，没有涉及部门的职责。"}


def test_a_shift(people: People) -> None:
    walk = Walk()
    walk.report()
    assert walk.post("propose_refusal", REFUSAL, "operator").status_code == 303
    walk.client("operator").post("/staff/desk/intake/", {"act_id": "5d1f3f0e-6f0d-4d55-9d3b-0f6f8f0a7c12", "do": "save",
                                                        "cause": "没有录完的"})  # fmt: skip
    Draft.objects.update(saved_at=times.wall() - timedelta(minutes=25))
    people.sign_in("shift")
    people.go("班长台")
    people.sees("1 件等您决定", GIST, REFUSAL["reason"], "放下 20 分钟以上的 1 份")
    page = people.page
    page.locator(".shift-no summary").first.click()
    page.get_by_label("理由或意见").fill("同意，请受理员说明渠道。")
    page.get_by_role("button", name="批准不予受理", exact=True).click()
    people.sees("没有等您决定的")
    assert status_of(walk.number) == "declined"
    page.get_by_label("交给下一班").fill("两件等回电。")
    page.get_by_role("button", name="写交接班记录").click()
    people.sees("两件等回电。", "还没有人接班")
    page.get_by_role("button", name="接过来").click()
    expect(page.locator("[name=cause]")).to_have_value("没有录完的")


def test_every_proposal_has_its_keys(page: Any, city: str) -> None:
    """They lie on the one that is chosen, which is seen; on to the next by keys, and the second is granted."""
    put_clock()
    first, second = Walk(), Walk()
    for walk, gist in ((first, GIST), (second, "门口的树倒了")):
        walk.report(gist=gist)
        assert walk.post("propose_refusal", REFUSAL, "operator").status_code == 303
    with quick_passwords():
        People(page).sign_in("shift")
    page.goto("/staff/desk/shift/")
    keys, rows = Keys(page), page.locator("[data-pick=proposed] > form")
    expect(rows.nth(0).locator("[accesskey]")).to_have_count(3)
    expect(rows.nth(1).locator("[accesskey]")).to_have_count(0)
    keys.alt("J")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    keys.alt("J")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    expect(rows.nth(0).locator("[accesskey], kbd")).to_have_count(0)
    expect(rows.nth(1).locator("kbd").first).to_have_text("1")
    chosen = rows.nth(1).get_attribute("data-row")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    keys.alt("1")
    page.wait_for_url("**/?done=approve_refusal")
    assert status_of(str(chosen)) == "declined"
    assert sorted(status_of(one.number) for one in (first, second)) == ["declined", "refusal_proposed"]
