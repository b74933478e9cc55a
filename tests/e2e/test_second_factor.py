"""A second factor at the browser: the picture is scanned, the code typed, the recovery codes read, and one signs in by
both steps."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from e2e.people import People
from hotline.network import factors
from hotline.procedure import times
from hotline.surfaces import second_step
from surfaces.city import PASSWORD


def code(secret: str) -> str:
    """What the telephone shows just now."""
    return factors.code(secret, int(times.wall().timestamp()) // factors.PERIOD)


def test_enrolling_and_signing_in_with_a_second_factor(people: People) -> None:
    people.sign_in("reviewer")
    people.page.locator(".top-mine a[href='/staff/security/']").click()
    people.sees("登录安全", "没有启用", "就是这一处")
    people.go("启用第二步验证")
    expect(people.page.get_by_role("img", name="给验证器扫的二维码")).to_be_visible()
    secret = people.page.locator("main b.number").inner_text().replace(" ", "")
    first = code(secret)
    people.write(口令=PASSWORD, 六位验证码=first)
    people.submit("启用第二步验证")
    people.sees("请把恢复码抄下来", "8 个，每个只能用一次")
    spare = people.page.locator("main li").first.inner_text()
    assert re.fullmatch(r"([a-z2-9]{4}-?){3}", spare)
    people.go("记下了")
    people.sees("还剩 8 个没用过")
    people.press("退出")
    people.write(登录名="reviewer", 口令=PASSWORD)
    people.press("登录")
    people.sees("第二步验证")
    people.write(验证码=first)  # used already; on a slow machine too old by now besides
    people.press("登录")
    assert people.errors()[0] in (second_step.USED, second_step.WRONG)
    people.write(验证码=spare)
    people.press("登录")
    expect(people.page).to_have_url(re.compile("/staff/(desk/.*)?$"))
